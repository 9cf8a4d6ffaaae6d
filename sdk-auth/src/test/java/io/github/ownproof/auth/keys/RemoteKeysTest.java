package io.github.ownproof.auth.keys;

import static io.github.ownproof.auth.keys.KeyLookup.Absent.UNAVAILABLE;
import static io.github.ownproof.auth.keys.KeyLookup.Absent.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.JwksFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RemoteKeysTest {

  @Test
  void find_published_isGiven() {
    try (Rig rig = new Rig()) {
      rig.server.publish(Jwk.of("one"), Jwk.of("two"));
      rig.warmUp();
      assertThat(rig.finds("one")).isTrue();
      assertThat(rig.finds("two")).isTrue();
      assertThat(rig.server.fetches()).isEqualTo(1);
      assertThat(rig.keys.health().usableKeys()).isEqualTo(2);
    }
  }

  @Test
  void making_noIo() {
    try (Rig rig = new Rig()) {
      assertThat(rig.keys.health().state()).isEqualTo(KeyHealth.State.UNAVAILABLE);
      assertThat(rig.server.fetches()).isZero();
    }
  }

  @Test
  void find_oneBadKeyOfTen_theOthersAreGiven() {
    try (Rig rig = new Rig()) {
      StringBuilder set = new StringBuilder("{\"keys\":[{\"kty\":\"EC\",\"kid\":\"bad\",\"x\":1}");
      for (int i = 0; i < 9; i++) {
        set.append(',').append(Jwk.of("good-" + i));
      }
      rig.server.publishRaw(set.append("]}").toString().getBytes(StandardCharsets.UTF_8));
      rig.warmUp();
      for (int i = 0; i < 9; i++) {
        assertThat(rig.finds("good-" + i)).isTrue();
      }
      Rig.eventually("looked for", () -> rig.keys.find("bad") == UNKNOWN);
      assertThat(rig.keys.health().ignoredKeys()).isEqualTo(1);
    }
  }

  @Test
  void refresh_beforeTheTimeToLiveEnds_inTheBackground() {
    try (Rig rig = Rig.warm()) {
      rig.pass(Duration.ofSeconds(200));
      assertThat(rig.finds("one")).isTrue();
      assertThat(rig.server.fetches()).isEqualTo(1);
      // 75 to 80 % of five minutes.
      rig.pass(Duration.ofSeconds(41));
      rig.server.fault(JwksFault.latency(Duration.ofMillis(200)));
      assertThat(rig.finds("one")).as("and nobody waits").isTrue();
      assertThat(rig.server.notModified()).isZero();
      Rig.eventually("refreshed", () -> rig.server.notModified() == 1);
    }
  }

  @Test
  void refresh_maxAge_isHonouredWithinBounds() {
    try (Rig rig = new Rig()) {
      rig.server.publish(Jwk.of("one"));
      rig.server.cacheControl("public, max-age=864000");
      rig.warmUp();
      rig.pass(Duration.ofMinutes(44));
      assertThat(rig.finds("one")).isTrue();
      assertThat(rig.server.fetches()).isEqualTo(1);
      rig.pass(Duration.ofMinutes(5));
      assertThat(rig.finds("one")).isTrue();
      Rig.eventually("refreshed", () -> rig.server.fetches() == 2);
    }
  }

  @Test
  void refresh_removedKey_isRefusedAndNoLongerTrusted() {
    try (Rig rig = new Rig()) {
      String two = Jwk.of("two");
      rig.server.publish(Jwk.of("one"), two);
      rig.warmUp();
      VerificationKey one = (VerificationKey) rig.keys.find("one");
      VerificationKey other = (VerificationKey) rig.keys.find("two");
      assertThat(rig.keys.trusts(one)).isTrue();
      rig.server.publish(two);
      rig.pass(Rig.TIME_TO_LIVE);
      assertThat(rig.keys.trusts(one)).as("nobody has confirmed it in time").isFalse();
      Rig.eventually("the issuer's word", () -> rig.keys.find("one") == UNKNOWN);
      assertThat(rig.keys.trusts(one)).isFalse();
      assertThat(rig.keys.find("two")).as("carried over").isSameAs(other);
      assertThat(rig.keys.trusts(other)).isTrue();
      rig.server.down();
      rig.pass(Rig.TIME_TO_LIVE);
      assertThat(rig.keys.find("two")).isSameAs(other);
      assertThat(rig.finds("one")).as("not revived by an outage").isFalse();
    }
  }

  @Test
  void refresh_sameIdOtherKey_theFormerIsNotTrusted() {
    try (Rig rig = Rig.warm()) {
      VerificationKey former = (VerificationKey) rig.keys.find("one");
      rig.server.publish(Jwk.of("one"));
      rig.pass(Rig.TIME_TO_LIVE);
      Rig.eventually("the issuer's word", () -> rig.keys.find("one") != former);
      assertThat(rig.keys.find("one")).isInstanceOf(VerificationKey.class);
      assertThat(rig.keys.trusts(former)).isFalse();
    }
  }

  @Test
  void find_processSleptForHours_waitsForTheIssuer() {
    try (Rig rig = Rig.warm()) {
      rig.server.publish(Jwk.of("two"));
      rig.pass(Duration.ofHours(3));
      assertThat(rig.keys.find("one")).isEqualTo(UNKNOWN);
      assertThat(rig.finds("two")).isTrue();
      assertThat(rig.server.fetches()).isEqualTo(2);
    }
  }

  @Test
  void find_processSleptForHoursAndIssuerIsDown_givesTheStaleKey() {
    try (Rig rig = Rig.warm()) {
      rig.server.down();
      rig.pass(Duration.ofHours(3));
      assertThat(rig.finds("one")).isTrue();
      assertThat(rig.keys.health().state()).isEqualTo(KeyHealth.State.STALE);
      assertThat(rig.keys.health().lastFailure()).contains("refused");
    }
  }

  @Test
  void find_processSleptForHoursAndIssuerHangs_waitsOnceAndGivesTheStaleKey() {
    try (Rig rig = Rig.warm()) {
      rig.server.fault(JwksFault.hang());
      rig.pass(Duration.ofHours(3));
      assertThat(rig.finds("one")).isTrue();
      assertThat(rig.server.fetches()).isEqualTo(2);
      assertThat(rig.finds("one")).isTrue();
      assertThat(rig.server.fetches()).as("the attempt still hangs").isEqualTo(2);
    }
  }

  @Test
  void find_staleTooLong_unavailable() {
    try (Rig rig = Rig.warm()) {
      VerificationKey one = (VerificationKey) rig.keys.find("one");
      rig.server.down();
      rig.pass(Rig.TIME_TO_LIVE.plus(Duration.ofHours(6)).minusNanos(1));
      assertThat(rig.finds("one")).isTrue();
      assertThat(rig.keys.trusts(one)).isTrue();
      rig.pass(Duration.ofNanos(1));
      assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
      assertThat(rig.keys.trusts(one)).isFalse();
      assertThat(rig.keys.health().state()).isEqualTo(KeyHealth.State.UNAVAILABLE);
    }
  }

  @Test
  void staleFor_zero_failsClosed() {
    try (Rig rig = Rig.warm(settings -> settings.staleFor(Duration.ZERO))) {
      rig.server.down();
      rig.pass(Rig.TIME_TO_LIVE.minusNanos(1));
      assertThat(rig.finds("one")).isTrue();
      rig.pass(Duration.ofNanos(1));
      assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
    }
  }

  @Test
  void evict_whateverHappens_staysDistrusted() {
    try (Rig rig = Rig.warm()) {
      VerificationKey one = (VerificationKey) rig.keys.find("one");
      rig.keys.evict("one");
      assertThat(rig.keys.find("one")).isEqualTo(UNKNOWN);
      assertThat(rig.keys.trusts(one)).isFalse();
      assertThat(rig.keys.health().usableKeys()).isZero();
      long before = rig.server.fetches();
      rig.pass(Rig.TIME_TO_LIVE);
      rig.keys.find("other");
      assertThat(rig.server.notModified()).as("confirmed by the issuer").isPositive();
      assertThat(rig.server.fetches()).isGreaterThan(before);
      assertThat(rig.keys.find("one")).isEqualTo(UNKNOWN);
      rig.server.publish(Jwk.of("one"), Jwk.of("two"));
      rig.pass(Rig.TIME_TO_LIVE);
      assertThat(rig.finds("two")).isTrue();
      assertThat(rig.keys.find("one")).isEqualTo(UNKNOWN);
      rig.server.down();
      rig.pass(Duration.ofHours(1));
      assertThat(rig.finds("two")).isTrue();
      assertThat(rig.keys.find("one")).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void health_ages_byTheTicker() {
    try (Rig rig = Rig.warm()) {
      rig.pass(Duration.ofSeconds(90));
      assertThat(rig.keys.health().age()).contains(Duration.ofSeconds(90));
      assertThat(rig.keys.health().consecutiveFailures()).isZero();
      assertThat(rig.keys.health().lastFailure()).isEmpty();
    }
  }

  @Test
  void jwks_notHttps_cannotBeMade() {
    for (String uri :
        new String[] {
          "http://keys.example.com/jwks",
          "http://127.0.0.1/jwks",
          "file:///etc/keys",
          "https://user@keys.example.com/jwks",
          "https://keys.example.com/jwks#x",
          "keys"
        }) {
      assertThatThrownBy(() -> KeySource.jwks(java.net.URI.create(uri)))
          .as(uri)
          .isInstanceOf(InvalidKeysException.class);
    }
  }
}
