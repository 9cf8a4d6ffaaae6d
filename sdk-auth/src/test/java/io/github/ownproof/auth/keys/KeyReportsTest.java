package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.telemetry.Tag;
import io.github.ownproof.core.telemetry.Telemetry;
import io.github.ownproof.testkit.JwksFault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class KeyReportsTest {

  private final List<String> told = new CopyOnWriteArrayList<>();

  private final Telemetry telemetry =
      new Telemetry() {
        @Override
        public void count(String name, long delta, Tag... tags) {
          told.add(name + " " + delta + " " + Arrays.toString(tags));
        }

        @Override
        public void time(String name, Duration elapsed, Tag... tags) {
          assertThat(elapsed.isNegative()).isFalse();
          told.add(name + " " + Arrays.toString(tags));
        }
      };

  private void eventuallyTold(String line) {
    Rig.eventually(line, () -> told.contains(line));
    told.clear();
  }

  @Test
  void telemetry_fetches_areCountedByOutcome() {
    try (Rig rig = new Rig(settings -> settings.telemetry(telemetry))) {
      rig.server.publish(Jwk.of("one"));
      Rig.eventually("warm", () -> rig.keys.warmUp().isUsable());
      eventuallyTold("auth.keys.fetch [outcome=fetched, reason=none]");
      rig.pass(Rig.TIME_TO_LIVE);
      assertThat(rig.finds("one")).isTrue();
      eventuallyTold("auth.keys.fetch [outcome=unchanged, reason=none]");
      rig.server.fault(JwksFault.html());
      rig.pass(Rig.TIME_TO_LIVE);
      assertThat(rig.finds("one")).isTrue();
      eventuallyTold("auth.keys.fetch [outcome=failed, reason=malformed]");
    }
  }

  @Test
  void telemetry_unknownKids_areCountedWithoutTheirNames() {
    try (Rig rig = Rig.warm(settings -> settings.telemetry(telemetry))) {
      rig.keys.find("canary-1");
      eventuallyTold("auth.keys.unknown 1 [outcome=refused]");
      rig.keys.find("canary-2");
      eventuallyTold("auth.keys.unknown 1 [outcome=limited]");
    }
  }

  @Test
  void telemetry_throws_lookupsGoOn() {
    Telemetry broken =
        new Telemetry() {
          @Override
          public void count(String name, long delta, Tag... tags) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void time(String name, Duration elapsed, Tag... tags) {
            throw new IllegalStateException("broken");
          }
        };
    try (Rig rig = Rig.warm(settings -> settings.telemetry(broken))) {
      assertThat(rig.finds("one")).isTrue();
      assertThat(rig.keys.find("two")).isEqualTo(KeyLookup.Absent.UNKNOWN);
    }
  }

  @Test
  void settings_outOfBounds_cannotBeMade() {
    RemoteKeySettings settings = RemoteKeySettings.defaults();
    List<Runnable> wrong =
        List.of(
            () -> settings.staleFor(Duration.ofNanos(-1)),
            () -> settings.staleFor(Duration.ofDays(8)),
            () -> settings.timeToLive(Duration.ofMillis(999), Duration.ofHours(1)),
            () -> settings.timeToLive(Duration.ofHours(2), Duration.ofHours(1)),
            () -> settings.timeToLive(Duration.ofHours(2), Duration.ofHours(25)),
            () -> settings.allowInsecureLoopback(" "));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run).isInstanceOf(InvalidKeysException.class);
    }
  }

  @Test
  void toString_keys_showsNothingOfThem() {
    try (Rig rig = Rig.warm()) {
      assertThat(rig.keys.toString()).isEqualTo("RemoteKeys(FRESH)");
    }
  }
}
