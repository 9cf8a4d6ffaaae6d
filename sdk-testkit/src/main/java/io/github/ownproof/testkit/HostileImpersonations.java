package io.github.ownproof.testkit;

import java.util.List;

/** Tokens by which somebody acts as somebody else, in every way providers say so. */
final class HostileImpersonations {

  private static final String ACTOR = "RFC 8693 section 4.1";
  private static final String MAY_ACT = "RFC 8693 section 4.4";
  private static final String PROVIDERS = "no impersonation; what providers write";

  private HostileImpersonations() {}

  static void addTo(HostileFamily family) {
    marker(family, ACTOR, "act", "{\"sub\":\"admin\"}");
    marker(family, ACTOR, "act", "{\"sub\":\"a\",\"act\":{\"sub\":\"b\"}}");
    marker(family, ACTOR, "act", "{\"iss\":\"https://login.example.com\",\"sub\":\"admin\"}");
    marker(family, ACTOR, "act", "{}");
    marker(family, ACTOR, "act", "[]");
    marker(family, ACTOR, "act", "\"admin\"");
    marker(family, ACTOR, "act", "\"\"");
    marker(family, ACTOR, "act", "1");
    marker(family, ACTOR, "act", "true");
    marker(family, ACTOR, "ACT", "{\"sub\":\"admin\"}");
    marker(family, ACTOR, "https://example.com/act", "{\"sub\":\"admin\"}");
    marker(family, ACTOR, "https://example.com/claims/act", "{\"sub\":\"admin\"}");
    marker(family, ACTOR, "urn:example:act", "{\"sub\":\"admin\"}");
    for (String name : List.of("may_act", "mayAct", "may-act", "https://example.com/may_act")) {
      marker(family, MAY_ACT, name, "{\"sub\":\"admin\"}");
    }
    List<String> names =
        List.of(
            "impersonator",
            "Impersonator",
            "IMPERSONATOR",
            "impersonator_id",
            "impersonator-id",
            "impersonatorId",
            "impersonator_uuid",
            "impersonator_user_id",
            "impersonator.id",
            "impersonator_email",
            "impersonated",
            "impersonated_by",
            "impersonatedBy",
            "impersonated-by",
            "impersonated_user",
            "impersonatee",
            "impersonation",
            "impersonation_id",
            "is_impersonated",
            "isImpersonated",
            "is-impersonated",
            "is_impersonation",
            "is_impersonating",
            "IsImpersonatedSession",
            "user_impersonation",
            "https://example.com/impersonator",
            "https://example.com/impersonated_by",
            "https://example.com/impersonation/admin",
            "http://schemas.example.com/identity/claims/impersonator",
            "urn:example:impersonated",
            "on_behalf_of",
            "onBehalfOf",
            "on-behalf-of",
            "https://example.com/on_behalf_of",
            "generated_by",
            "generatedBy",
            "generated-by",
            "https://example.com/generated_by");
    for (String name : names) {
      marker(family, PROVIDERS, name, "\"admin\"");
    }
    for (String name : List.of("is_impersonated", "impersonated", "impersonation")) {
      marker(family, PROVIDERS, name, "true");
      marker(family, PROVIDERS, name, "\"true\"");
      marker(family, PROVIDERS, name, "1");
    }
    // Keycloak's mapper for the session's notes, and Auth0's pair before it was deprecated.
    marker(family, PROVIDERS, "impersonator", "{\"id\":\"1\",\"username\":\"admin\"}");
    family.add(
        "impersonated, with its impersonator",
        PROVIDERS,
        "IMPERSONATION",
        family
            .valid()
            .claim("impersonated", true)
            .claimJson("impersonator", "{\"user_id\":\"auth0|1\",\"email\":\"a@example.com\"}"));
    marker(family, PROVIDERS, "session", "{\"impersonator\":\"admin\"}");
    marker(family, PROVIDERS, "ext", "{\"a\":[{\"impersonated_by\":\"admin\"}]}");
    marker(family, "RFC 8176, as some providers extend it", "amr", "[\"imp\"]");
    marker(family, "RFC 8176, as some providers extend it", "amr", "[\"pwd\",\"imp\",\"mfa\"]");
  }

  private static void marker(HostileFamily family, String rule, String name, String json) {
    family.claim(rule, "IMPERSONATION", name, json);
  }
}
