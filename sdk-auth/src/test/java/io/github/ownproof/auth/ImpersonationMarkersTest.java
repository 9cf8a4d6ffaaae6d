package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.internal.WellKnownName;
import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpersonationMarkersTest {

  private static final String ISSUER = "https://login.example.com";

  private final ProviderRig rig =
      ProviderRig.of(IssuerProfiles.oidc(ISSUER).audience("api").accessTokens());

  private ForgedToken token() {
    return rig.token(ISSUER, "at+jwt", "sub", "user-1", "aud", "api");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "act",
        "ACT",
        "may_act",
        "mayAct",
        "may-act",
        "act_as",
        "actAs",
        "acting_as",
        "actor",
        "actor_id",
        "actorToken",
        "generated_by",
        "generatedBy",
        "GENERATED-BY",
        "obo",
        "on_behalf_of",
        "onBehalfOf",
        "on behalf of",
        "on_behalf_of_user",
        "onBehalfOfId",
        "impersonator",
        "impersonated",
        "impersonatedBy",
        "impersonated_by",
        "IMPERSONATED-BY",
        "impersonator_id",
        "impersonator_uuid",
        "impersonator_user_id",
        "impersonation",
        "impersonating",
        "impersonate",
        "is_impersonated",
        "isImpersonating",
        "session_impersonation",
        "user.impersonated",
        "https://example.com/impersonator",
        "https://example.com/impersonated/",
        "https://example.com/claims#impersonatedBy",
        "https://impersonation.example.com/by",
        "urn:example:impersonation",
        "https://example.com/act",
        "https://example.com/act/",
        "https://example.com/claims#act",
        "urn:example:may_act",
        "example.act",
        "example:act:",
        "custom:generated_by",
        "https://example.com/jwt/claims/on-behalf-of"
      })
  void marker_inAnySpelling_isRefused(String name) {
    assertThat(ImpersonationMarkers.isMarker(name)).isTrue();
    for (Object value :
        List.of("admin", "", 0, true, List.of(), Map.of(), Map.of("sub", "admin"))) {
      assertThat(rig.reason(token().claim(name, value)))
          .as("%s: %s", name, value)
          .isEqualTo(Reason.IMPERSONATION);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"act", "may_act", "generated_by", "impersonated", "is_impersonated", "urn:x:act"})
  void marker_thatSaysNobody_isNone(String name) {
    assertThat(rig.reason(token().claim(name, null))).isNull();
    assertThat(rig.reason(token().claim(name, false))).isNull();
    assertThat(rig.reason(token().claim(name, "false"))).isEqualTo(Reason.IMPERSONATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "activity",
        "actions",
        "action",
        "factor",
        "factors",
        "mfa_factor",
        "contract",
        "contract_id",
        "character",
        "react",
        "active",
        "activated",
        "actual",
        "actuary",
        "acting",
        "generated_at",
        "generated",
        "behalf",
        "on_behalf",
        "acr",
        "acct",
        "acrs",
        "aact",
        "tact",
        "exact",
        "fact",
        "impact",
        "person",
        "personal",
        "persona",
        "imp",
        "obob",
        "hobo",
        "job",
        "may",
        "may_access",
        "extractor",
        "https://example.com/action",
        "https://example.com/act/level",
        "https://act.example.com/role",
        "urn:actor:id"
      })
  void nameThatOnlyLooksSimilar_isAccepted(String name) {
    assertThat(ImpersonationMarkers.isMarker(name)).isFalse();
    assertThat(rig.reason(token().claim(name, "x"))).isNull();
  }

  @Test
  void nested_theWordItselfIsRefused_atAnyDepth() {
    assertThat(rig.reason(token().claim("ext", Map.of("impersonator", "x"))))
        .isEqualTo(Reason.IMPERSONATION);
    assertThat(
            rig.reason(
                token().claim("ext", List.of(List.of(Map.of("a", Map.of("Impersonated-By", 1)))))))
        .isEqualTo(Reason.IMPERSONATION);
    assertThat(rig.reason(token().claim("ext", Map.of("impersonated", false)))).isNull();
    assertThat(rig.reason(token().claimJson("ext", "{\"impersonator\":null}"))).isNull();
    assertThat(rig.reason(token().claimJson("ext", "{\"x\":{\"impersonator\":{}}}")))
        .isEqualTo(Reason.IMPERSONATION);
  }

  @Test
  void nested_shortNamesMayMeanAnything() {
    assertThat(rig.reason(token().claim("play", Map.of("act", 3, "actor", "x")))).isNull();
  }

  @Test
  void valueThatOnlySpeaksOfIt_isAccepted() {
    assertThat(rig.reason(token().claim("scope", "impersonate act"))).isNull();
    assertThat(rig.reason(token().claim("roles", List.of("impersonator")))).isNull();
  }

  @Test
  void amr_withImp_isRefused() {
    assertThat(rig.reason(token().claim("amr", List.of("pwd", "imp"))))
        .isEqualTo(Reason.IMPERSONATION);
    assertThat(rig.reason(token().claim("amr", List.of("pwd", "impact")))).isNull();
  }

  @Test
  void acceptedMarker_isThatSpellingAlone_andNoOther() {
    ProviderRig lax =
        ProviderRig.of(
            IssuerProfiles.oidc(ISSUER)
                .audience("api")
                .accessTokens()
                .acceptImpersonationClaims("agents of ours", "act"));
    ForgedToken token = lax.token(ISSUER, "at+jwt", "sub", "user-1", "aud", "api");

    lax.accepts(token.claim("act", Map.of("sub", "agent")), ISSUER, "user-1", IdentityKind.USER);
    assertThat(lax.reason(token.claim("Act", "x"))).isEqualTo(Reason.IMPERSONATION);
    assertThat(lax.reason(token.claim("may_act", "x"))).isEqualTo(Reason.IMPERSONATION);
    assertThat(lax.reason(token.claim("act", "x").claim("impersonator", "y")))
        .isEqualTo(Reason.IMPERSONATION);
  }

  @Test
  void hasImpersonationMarker_askedAgain_saysTheSame() {
    ProviderRig lax =
        ProviderRig.of(
            IssuerProfiles.oidc(ISSUER)
                .audience("api")
                .accessTokens()
                .acceptImpersonationClaims("agents of ours", "act"));
    ForgedToken token = lax.token(ISSUER, "at+jwt", "sub", "user-1", "aud", "api");
    VerifiedToken without = lax.verify(token);
    VerifiedToken with = lax.verify(token.claim("act", Map.of("sub", "agent")));

    for (int i = 0; i < 3; i++) {
      assertThat(without.hasImpersonationMarker()).isFalse();
      assertThat(with.hasImpersonationMarker()).isTrue();
    }
  }

  @Test
  void namesThatAreNotLookedAt_areNoMarkers() {
    assertThat(WellKnownName.values())
        .filteredOn(ImpersonationMarkers.OTHERS::contains)
        .hasSizeGreaterThan(10)
        .noneMatch(name -> ImpersonationMarkers.isMarker(name.text()));
  }
}
