package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.TokenForge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 8725 section 3.12: what is one kind of token is never another. */
class TokenKindsTest {

  private static final String SHARED = "https://api.example.com";

  /** The client is the API itself, so that the audience tells no kinds apart. */
  private static final TokenForge FORGE = ForgeVerifiers.forge().audience(SHARED).clientId(SHARED);

  private static final ForgedKey HOLDER = ForgedKey.of("ES256", "holder");

  private final TokenVerifier access = ForgeVerifiers.accessTokens(FORGE);
  private final TokenVerifier id = ForgeVerifiers.idTokens(FORGE);

  enum Kind {
    ACCESS("at+jwt"),
    ID("JWT"),
    LOGOUT("logout+jwt"),
    EVENT("secevent+jwt"),
    DPOP("dpop+jwt"),
    STATUS("statuslist+jwt");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    ForgedToken token() {
      return switch (this) {
        case ACCESS -> FORGE.token();
        case ID -> FORGE.idToken();
        case LOGOUT -> FORGE.logoutToken();
        case EVENT -> FORGE.securityEventToken();
        case DPOP -> FORGE.dpopProof(HOLDER, "GET", SHARED);
        case STATUS -> FORGE.statusListToken();
      };
    }

    /** Its claims, with the header of an access token but for the type. */
    ForgedToken under(Kind type) {
      return FORGE.token().type(type.type).rawPayload(token().payloadJson());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tryVerify_tokenAsIssued_isAcceptedAsItsKindOnly(Kind kind) {
    String token = kind.token().compact();

    assertThat(ForgeVerifiers.outcome(access.tryVerify(token)).equals("ACCEPTED"))
        .isEqualTo(kind == Kind.ACCESS);
    assertThat(ForgeVerifiers.outcome(id.tryVerify(token)).equals("ACCEPTED"))
        .isEqualTo(kind == Kind.ID);
  }

  @ParameterizedTest
  @CsvSource({
    "ACCESS, ACCEPTED",
    "ID, KIND",
    "LOGOUT, KIND",
    "EVENT, CLAIMS",
    "DPOP, ISSUER",
    // The issuer itself calls it an access token, and nothing in it says otherwise.
    "STATUS, ACCEPTED",
  })
  void tryVerify_otherClaimsUnderTheTypeOfAccessTokens_areRefusedForWhatTheySay(
      Kind claims, String expected) {
    assertThat(ForgeVerifiers.outcome(access.tryVerify(claims.under(Kind.ACCESS).compact())))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 9068 gives access tokens their type for exactly this: without it, they cannot be told.
    "ACCESS, ACCEPTED",
    "ID, ACCEPTED",
    "LOGOUT, KIND",
    "EVENT, CLAIMS",
    "DPOP, ISSUER",
    "STATUS, ACCEPTED",
  })
  void tryVerify_otherClaimsUnderTheTypeOfIdTokens_areRefusedForWhatTheySay(
      Kind claims, String expected) {
    assertThat(ForgeVerifiers.outcome(id.tryVerify(claims.under(Kind.ID).compact())))
        .isEqualTo(expected);
  }

  @Test
  void tryVerify_anyClaimsUnderAnotherType_areRefusedForIt() {
    for (Kind claims : Kind.values()) {
      for (Kind type : Kind.values()) {
        if (claims == Kind.DPOP) {
          continue; // they have no issuer, which is found first
        }
        String token = claims.under(type).compact();
        if (type != Kind.ACCESS) {
          assertThat(ForgeVerifiers.outcome(access.tryVerify(token)))
              .as("%s under the type of %s, as an access token", claims, type)
              .isEqualTo("TYPE");
        }
        if (type != Kind.ID) {
          assertThat(ForgeVerifiers.outcome(id.tryVerify(token)))
              .as("%s under the type of %s, as an ID token", claims, type)
              .isEqualTo("TYPE");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ACCESS, ACCEPTED",
    "ID, KIND",
    "LOGOUT, TYPE",
    "EVENT, TYPE",
    "DPOP, EMBEDDED_KEY",
    "STATUS, TYPE",
  })
  void tryVerify_untypedAccessTokensAccepted_stillTellsKindsApart(Kind kind, String expected) {
    TokenVerifier untyped =
        ForgeVerifiers.of(
            FORGE, ForgeVerifiers.accessProfile(FORGE).acceptUntypedAccessTokens("a test"));

    assertThat(ForgeVerifiers.outcome(untyped.tryVerify(kind.token().compact())))
        .isEqualTo(expected);
    assertThat(
            ForgeVerifiers.outcome(untyped.tryVerify(FORGE.token().withoutHeader("typ").compact())))
        .isEqualTo("ACCEPTED");
    assertThat(
            ForgeVerifiers.outcome(
                untyped.tryVerify(FORGE.idToken().withoutHeader("typ").compact())))
        .isEqualTo("KIND");
  }
}
