package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.WatchedText;
import io.github.ownproof.core.audit.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the desk signed is told to those who are to know it, and by nothing else. The suite's log
 * fails a test during which a token or a canary was logged.
 */
class GrantRedactionTest {

  private static final String CANARY = "zqCanary-";

  private final CheckRig rig = new CheckRig();

  private static void assertSilent(Object told) {
    assertThat(WatchedText.holdsSecret(told.toString())).as("%s", told).isFalse();
  }

  @Test
  void whatIsMade_tellsNothingByItself() throws GrantDenial {
    String grant = rig.grant();
    VerifiedGrant read = new GrantReader(rig.settings().parts.deskKeys, "support-desk").read(grant);

    assertThat(
            List.of(
                new GrantTokens(CheckRig.signer(rig.deskKey), "support-desk"),
                GrantKey.of("desk-1", rig.deskKey.publicKey()),
                read,
                rig.settings(),
                rig.check(grant),
                rig.check("garbage"),
                CheckRig.READS))
        .allSatisfy(
            told -> {
              assertSilent(told);
              assertThat(told.toString())
                  .doesNotContain("engineer-1", CheckRig.LOGIN, RESOURCE, "acme", "CASE-4711");
            });
  }

  @Test
  void deniedGrant_isInNoLogLineAndNoMessage() {
    String canaries =
        rig.forged()
            .claim("engineer", Map.of("iss", CANARY + "iss", "sub", CANARY + "sub"))
            .claim("customer", CANARY + "customer")
            .claim("ticket", CANARY + "ticket")
            .claim("resources", List.of(CANARY + "resource"))
            .compact();
    VerifiedToken engineer = rig.engineer();
    SupportAccessChecker checker = rig.checker();

    for (String grant : List.of(canaries, canaries + "x", CANARY, "eyJ" + CANARY)) {
      SupportDecision decision = checker.check(engineer, grant, "GET", RESOURCE, READ);

      assertSilent(decision);
      assertThat(catchThrowable(decision::orThrow))
          .isInstanceOf(SupportAccessRefusedException.class)
          .satisfies(thrown -> assertSilent(WatchedText.tellAll(thrown)));
    }
  }

  @Test
  void defaultTrail_logsTheDecisionWithoutTheTokens() {
    SupportAccessChecker checker = rig.checker(rig.settings().audit(AuditTrail.slf4j()));
    long before = WatchedText.lines();

    assertThat(checker.check(rig.engineer(), rig.grant(), "GET", RESOURCE, READ).isPermitted())
        .isTrue();

    assertThat(WatchedText.lines()).isEqualTo(before + 1);
  }

  @Test
  void signersFailure_isNotRepeated() {
    GrantSigner honest = CheckRig.signer(rig.deskKey);
    GrantSigner broken =
        new GrantSigner() {
          @Override
          public String keyId() {
            return honest.keyId();
          }

          @Override
          public PublicKey publicKey() {
            return honest.publicKey();
          }

          @Override
          public byte[] sign(byte[] message) {
            throw new IllegalStateException(
                CANARY + new String(message, StandardCharsets.US_ASCII));
          }
        };

    Throwable thrown =
        catchThrowable(
            () ->
                new GrantTokens(broken, "support-desk")
                    .issue(
                        rig.request(),
                        rig.granted(),
                        rig.engineer(),
                        CheckRig.NOW,
                        rig.granted().until()));

    assertSilent(WatchedText.tellAll(thrown));
  }
}
