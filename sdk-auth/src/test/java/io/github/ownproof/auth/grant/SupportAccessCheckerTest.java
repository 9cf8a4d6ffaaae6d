package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.Actor;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a checker permits, and who is told of it. */
class SupportAccessCheckerTest {

  private final CheckRig rig = new CheckRig();

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "EdDSA"})
  void check_grantThatStands_permitsTheRead(String algorithm) {
    CheckRig signed = new CheckRig(algorithm);

    SupportDecision.Permitted permitted = signed.check(signed.grant()).orThrow();

    assertThat(permitted.grant()).isEqualTo(CheckRig.GRANT);
    assertThat(permitted.customer()).isEqualTo(CheckRig.ACME);
    assertThat(permitted.engineer()).isEqualTo(new Actor.Identified(CheckRig.LOGIN, "engineer-1"));
    assertThat(permitted.ticket()).isEqualTo("CASE-4711");
    assertThat(permitted.resource()).isEqualTo(RESOURCE);
    assertThat(permitted.permission()).isEqualTo(READ);
    assertThat(permitted.until()).isEqualTo(Instant.parse("2026-11-22T11:00:00Z"));
  }

  @Test
  void check_grantMadeByHandAsTheDeskMakesIt_isPermitted() {
    assertThat(rig.check(rig.forged().compact()).isPermitted()).isTrue();
  }

  @Test
  void checker_settingsMissing_namesThem() {
    assertThatThrownBy(
            () ->
                SupportAccess.checker(
                    SupportAccessChecker.Settings.of(
                        KeySource.pinned(rig.deskKey.kid(), rig.deskKey.publicKey()),
                        "orders-api",
                        "eu")))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContainingAll("customers(", "permissions(", "grants(");
  }
}
