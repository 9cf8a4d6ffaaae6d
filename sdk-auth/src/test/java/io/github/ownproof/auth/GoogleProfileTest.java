package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GoogleProfileTest {

  private static final String ISSUER = "https://accounts.google.com";
  private static final String BARE = "accounts.google.com";
  private static final String CLIENT = "1234987819200.apps.googleusercontent.com";
  private static final String ANDROID = "555-android.apps.googleusercontent.com";
  private static final String SUB = "10769150350006150715113082367";

  private final ProviderRig any = ProviderRig.of(IssuerProfiles.google(CLIENT));
  private final ProviderRig ours =
      ProviderRig.of(IssuerProfiles.googleWorkspace("example.com", CLIENT));

  private static ForgedToken idToken(ProviderRig rig, String issuer) {
    return rig.token(
        issuer,
        "JWT",
        "azp",
        CLIENT,
        "aud",
        CLIENT,
        "sub",
        SUB,
        "hd",
        "example.com",
        "email",
        "alice@example.com",
        "email_verified",
        true,
        "at_hash",
        "HK6E_P6Dh8Y93mRNtsDB1Q",
        "nonce",
        "0394852-3190485-2490358",
        "name",
        "Alice");
  }

  @Test
  void bothSpellingsOfTheIssuer_areTheSameUser() {
    any.accepts(idToken(any, ISSUER), ISSUER, SUB, IdentityKind.USER);
    any.accepts(idToken(any, BARE), ISSUER, SUB, IdentityKind.USER);
    assertThat(any.identity(idToken(any, BARE)))
        .isEqualTo(any.identity(idToken(any, ISSUER)))
        .hasSameHashCodeAs(any.identity(idToken(any, ISSUER)));
    ours.accepts(idToken(ours, BARE), ISSUER, SUB, IdentityKind.USER);
  }

  @Test
  void otherAddressOfTheSameAccount_isTheSameUser() {
    assertThat(any.identity(idToken(any, ISSUER).claim("email", "alice@renamed.example")))
        .isEqualTo(any.identity(idToken(any, ISSUER)));
  }

  @Test
  void sameAddressOfAnotherAccount_isAnotherUser() {
    assertThat(any.identity(idToken(any, ISSUER).subject("10769150350006150715113082368")))
        .isNotEqualTo(any.identity(idToken(any, ISSUER)));
  }

  @Test
  void mobileClient_isAcceptedWhenBothClientsAreNamed() {
    ProviderRig both = ProviderRig.of(IssuerProfiles.google(CLIENT, ANDROID));

    assertThat(both.reason(idToken(both, ISSUER).claim("azp", ANDROID))).isNull();
    assertThat(any.reason(idToken(any, ISSUER).claim("azp", ANDROID))).isEqualTo(Reason.AUDIENCE);
  }

  @TestFactory
  Stream<DynamicTest> refused() {
    ForgedToken valid = idToken(any, ISSUER);
    return Stream.of(
        any.refuses(
            "other client", valid.audience("x.apps.googleusercontent.com"), Reason.AUDIENCE),
        any.refuses("one more audience", valid.audience(CLIENT, "other"), Reason.AUDIENCE),
        any.refuses("no audience", valid.without("aud"), Reason.AUDIENCE),
        any.refuses("empty audience", valid.claim("aud", List.of()), Reason.AUDIENCE),
        // Any Google Cloud service account can mint one for any audience; azp is the account.
        any.refuses(
            "minted by a service account",
            valid
                .claim("azp", "112233445566778899001")
                .claim("email", "evil@project.iam.gserviceaccount.com"),
            Reason.AUDIENCE),
        any.refuses("azp of another client", valid.claim("azp", ANDROID), Reason.AUDIENCE),
        any.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        any.refuses("subject as a number", valid.claimJson("sub", SUB), Reason.CLAIMS),
        any.refuses("e-mail subject", valid.subject("alice@gmail.com"), Reason.EMAIL_SUBJECT),
        any.refuses("no iat", valid.without("iat"), Reason.CLAIMS),
        any.refuses("http issuer", valid.claim("iss", "http://" + BARE), Reason.ISSUER),
        any.refuses("issuer with a slash", valid.claim("iss", ISSUER + "/"), Reason.ISSUER),
        any.refuses("issuer in capitals", valid.claim("iss", "Accounts.google.com"), Reason.ISSUER),
        any.refuses("a security event", valid.claim("events", "x"), Reason.KIND),
        any.refuses("access token type", valid.type("at+jwt"), Reason.TYPE));
  }

  @TestFactory
  Stream<DynamicTest> workspace_refused() {
    ForgedToken valid = idToken(ours, ISSUER);
    return Stream.of(
        ours.refuses("other domain", valid.claim("hd", "example.org"), Reason.TENANT),
        ours.refuses("only the mail's domain", valid.without("hd"), Reason.TENANT),
        ours.refuses("subdomain", valid.claim("hd", "evil.example.com"), Reason.TENANT),
        ours.refuses("longer domain", valid.claim("hd", "example.com.evil.org"), Reason.TENANT),
        ours.refuses("other case", valid.claim("hd", "Example.com"), Reason.TENANT),
        ours.refuses("a list", valid.claim("hd", List.of("example.com")), Reason.TENANT),
        ours.refuses("null", valid.claim("hd", null), Reason.TENANT));
  }
}
