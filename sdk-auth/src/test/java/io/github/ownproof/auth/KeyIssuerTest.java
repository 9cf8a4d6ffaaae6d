package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.TokenForge;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entra's key documents hold keys of other tenants and clouds, told apart by their issuer. */
class KeyIssuerTest {

  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final String ISSUER = "https://login.microsoftonline.com/" + TENANT + "/v2.0";

  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0,",
    "https://login.microsoftonline.com/{tenantid}/v2.0,",
    "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0, UNKNOWN_KEY",
    "https://evil.example.com/{tenantid}/v2.0, UNKNOWN_KEY",
  })
  void key_ofAnotherIssuer_signsNothingForThisOne(String keyIssuer, Reason expected) {
    ForgedKey key = ForgedKey.rs256("entra");
    TokenForge forge = TokenForge.issuer(ISSUER).key(key);
    String jwks = ForgedKey.jwkSet(List.of(key.publicJwkWith(Map.of("issuer", keyIssuer))));
    TokenVerifier verifier =
        TokenVerifier.builder()
            .accept(IssuerProfiles.entra(TENANT, "api").keys(KeySource.pinned(jwks)))
            .build();

    Reason reason =
        verifier
            .tryVerify(
                forge
                    .token()
                    .type("JWT")
                    .audience("api")
                    .claim("tid", TENANT)
                    .claim("oid", "aaaaaaaa-2222-3333-4444-555555555555")
                    .claim("ver", "2.0")
                    .claim("azp", "client")
                    .claim("scp", "read")
                    .compact())
            .fold(accepted -> null, Verification.Rejected::reason);

    assertThat(reason).isEqualTo(expected);
  }
}
