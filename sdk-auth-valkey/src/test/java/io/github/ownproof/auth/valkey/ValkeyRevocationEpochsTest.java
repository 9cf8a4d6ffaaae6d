package io.github.ownproof.auth.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.github.ownproof.testkit.MutableClock;
import io.valkey.DefaultJedisClientConfig;
import io.valkey.Jedis;
import io.valkey.JedisPooled;
import io.valkey.args.ClientPauseMode;
import io.valkey.params.SetParams;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValkeyRevocationEpochsTest {

  private static final SecretKey KEY = key('a');
  private static final SecretKey OTHER_KEY = key('b');
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String PREFIX = "ownproof:grant:";
  private static ValkeyServer server;

  private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
  private final Instant inAnHour = clock.instant().plus(HOUR);
  private final AtomicLong nanos = new AtomicLong();
  private final GrantId id = Grants.next();
  private JedisPooled client;
  private JedisPooled otherClient;
  private Jedis operator;

  private ValkeyRevocationEpochs epochs;
  private ValkeyRevocationEpochs otherProcess;

  @BeforeAll
  static void start() {
    server = ValkeyServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    client = server.client();
    otherClient = server.client();
    operator = server.operator();
    epochs = over(client);
    otherProcess = over(otherClient);
  }

  @AfterEach
  void disconnect() {
    operator.clientUnpause();
    operator.configSet("maxmemory", "0");
    operator.close();
    otherClient.close();
    client.close();
  }

  private static SecretKey key(char filled) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filled);
    return new SecretKeySpec(bytes, "HmacSHA256");
  }

  private ValkeyRevocationEpochs over(JedisPooled with) {
    return ValkeyRevocationEpochs.authenticated(with, KEY)
        .clock(clock)
        .nanoTicker(nanos::get)
        .build();
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void isLive_ofAGrantNobodyActivated_isFalse() {
    assertThat(epochs.isLive(id)).isFalse();
  }

  @Test
  void isLive_afterActivate_isTrueInEveryProcess() {
    epochs.activate(id, inAnHour);

    assertThat(epochs.isLive(id)).isTrue();
    assertThat(otherProcess.isLive(id)).isTrue();
    assertThat(epochs.isLive(Grants.next())).isFalse();
  }

  @Test
  void isLive_askedBeforeActivate_isTrueAtTheNextCall() {
    assertThat(epochs.isLive(id)).isFalse();

    epochs.activate(id, inAnHour);

    assertThat(epochs.isLive(id)).isTrue();
  }

  @Test
  void revoke_isSeenAtTheNextCall() {
    epochs.activate(id, inAnHour);
    assertThat(epochs.isLive(id)).isTrue();

    epochs.revoke(id, inAnHour);

    assertThat(epochs.isLive(id)).isFalse();
  }

  @Test
  void revoke_byAnotherProcess_isSeenWhenWhatIsRememberedIsOld() {
    epochs.activate(id, inAnHour);
    assertThat(epochs.isLive(id)).isTrue();

    otherProcess.revoke(id, inAnHour);
    passes(Duration.ofMillis(500));

    assertThat(epochs.isLive(id)).isFalse();
  }

  @Test
  void revoke_byAnotherProcess_withoutMemory_isSeenAtTheNextCall() {
    ValkeyRevocationEpochs forgetful =
        ValkeyRevocationEpochs.authenticated(client, KEY)
            .rememberFor(Duration.ZERO)
            .nanoTicker(nanos::get)
            .build();
    epochs.activate(id, inAnHour);
    assertThat(forgetful.isLive(id)).isTrue();

    otherProcess.revoke(id, inAnHour);

    assertThat(forgetful.isLive(id)).isFalse();
  }

  @Test
  void activate_afterRevoke_leavesItDead() {
    otherProcess.revoke(id, inAnHour);

    epochs.activate(id, inAnHour);
    otherProcess.activate(id, inAnHour);

    assertThat(epochs.isLive(id)).isFalse();
    assertThat(otherProcess.isLive(id)).isFalse();
    assertThat(operator.get(PREFIX + id)).startsWith("revoked ");
  }

  @Test
  void activate_again_changesNothing() {
    epochs.activate(id, inAnHour);
    long left = operator.pttl(PREFIX + id);

    epochs.activate(id, inAnHour.plus(HOUR));
    otherProcess.activate(id, inAnHour);

    assertThat(epochs.isLive(id)).isTrue();
    assertThat(operator.pttl(PREFIX + id)).isBetween(1L, left);
  }

  @Test
  void revoke_again_isStillDead() {
    epochs.revoke(id, inAnHour);
    otherProcess.revoke(id, inAnHour);

    assertThat(epochs.isLive(id)).isFalse();
    assertThat(otherProcess.isLive(id)).isFalse();
  }

  @Test
  void activate_untilThen_endsThenOnTheServer() {
    epochs.activate(id, inAnHour);

    assertThat(operator.pttl(PREFIX + id)).isBetween(HOUR.toMillis() - 60_000, HOUR.toMillis());
  }

  @Test
  void isLive_whenItsTimeIsOver_isFalse() {
    epochs.activate(id, clock.instant().plusMillis(30));

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (operator.exists(PREFIX + id) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }

    assertThat(operator.exists(PREFIX + id)).isFalse();
    assertThat(otherProcess.isLive(id)).isFalse();
  }

  @Test
  void activate_untilNowOrThePast_isNotLive() {
    epochs.activate(id, clock.instant());
    epochs.activate(id, Instant.MIN);

    assertThat(epochs.isLive(id)).isFalse();
    assertThat(operator.exists(PREFIX + id)).isFalse();
  }

  @Test
  void activateAndRevoke_untilTheEndOfTime_areTaken() {
    epochs.activate(id, Instant.MAX);
    assertThat(epochs.isLive(id)).isTrue();

    epochs.revoke(id, Instant.MAX);
    passes(HOUR);

    assertThat(otherProcess.isLive(id)).isFalse();
  }

  @Test
  void revoke_untilThePast_isKeptForNineHours() {
    epochs.revoke(id, Instant.MIN);

    assertThat(operator.pttl(PREFIX + id))
        .isGreaterThan(Duration.ofHours(9).minusMinutes(1).toMillis());
  }

  @Test
  void revoke_untilTwelveHours_isKeptForAnHourMore() {
    epochs.revoke(id, clock.instant().plus(Duration.ofHours(12)));

    assertThat(operator.pttl(PREFIX + id))
        .isGreaterThan(Duration.ofHours(13).minusMinutes(1).toMillis());
  }

  @Test
  void isLive_whenTheServerLostEverything_isFalse() {
    epochs.activate(id, inAnHour);
    assertThat(epochs.isLive(id)).isTrue();

    operator.flushAll();
    passes(Duration.ofMillis(500));

    assertThat(epochs.isLive(id)).isFalse();
    epochs.activate(id, inAnHour);
    assertThat(epochs.isLive(id)).isTrue();
  }

  @Test
  void isLive_whenTheServerLostARevocation_isFalseWhereItWasSeen() {
    epochs.activate(id, inAnHour);
    String live = operator.get(PREFIX + id);
    otherProcess.revoke(id, inAnHour);
    assertThat(epochs.isLive(id)).isFalse();

    // As a replica that was promoted too early has it.
    operator.set(PREFIX + id, live);
    passes(HOUR);

    assertThat(epochs.isLive(id)).isFalse();
    assertThat(otherProcess.isLive(id)).isFalse();
  }

  @Test
  void anythingElseUnderTheKey_isAnErrorAndNeverLive() {
    GrantId other = Grants.next();
    epochs.activate(other, inAnHour);
    String key = PREFIX + id;

    for (String value :
        new String[] {
          "live",
          "1",
          "live " + id,
          "LIVE " + id,
          operator.get(PREFIX + other),
          operator.get(PREFIX + other).replace(other.value(), id.value()),
          "\u0000\u00ff",
          "x".repeat(10_000_000)
        }) {
      operator.set(key, value, new SetParams().px(60_000));

      assertThatThrownBy(() -> epochs.isLive(id)).isInstanceOf(GrantStoreException.class);
      assertThatThrownBy(() -> epochs.activate(id, inAnHour))
          .isInstanceOf(GrantStoreException.class);
    }
  }

  @Test
  void somethingHugeThatBeginsAsItShould_isNotLive() {
    epochs.activate(id, inAnHour);
    operator.append(PREFIX + id, "x".repeat(10_000_000));

    assertThatThrownBy(() -> epochs.isLive(id)).isInstanceOf(GrantStoreException.class);
  }

  @Test
  void anotherTypeUnderTheKey_isAnError_untilItIsRevoked() {
    operator.lpush(PREFIX + id, "live " + id);

    assertThatThrownBy(() -> epochs.isLive(id))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("WRONGTYPE");
    assertThatThrownBy(() -> epochs.activate(id, inAnHour)).isInstanceOf(GrantStoreException.class);

    otherProcess.revoke(id, inAnHour);

    assertThat(epochs.isLive(id)).isFalse();
  }

  @Test
  void anotherKeyOrPrefix_readsNothingLive() {
    epochs.activate(id, inAnHour);
    ValkeyRevocationEpochs stranger =
        ValkeyRevocationEpochs.authenticated(client, OTHER_KEY).build();
    ValkeyRevocationEpochs plain = ValkeyRevocationEpochs.unauthenticated(client, "a test").build();
    ValkeyRevocationEpochs staging =
        ValkeyRevocationEpochs.authenticated(client, KEY).keyPrefix("staging:").build();
    operator.set("staging:" + id, operator.get(PREFIX + id));

    assertThatThrownBy(() -> stranger.isLive(id)).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> plain.isLive(id)).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> staging.isLive(id)).isInstanceOf(GrantStoreException.class);
  }

  @Test
  void unauthenticated_hasTheSameLife() {
    ValkeyRevocationEpochs plain =
        ValkeyRevocationEpochs.unauthenticated(client, "a test").keyPrefix("plain:").build();

    plain.activate(id, Instant.now().plus(HOUR));
    assertThat(plain.isLive(id)).isTrue();
    assertThat(operator.get("plain:" + id)).isEqualTo("live " + id);

    plain.revoke(id, Instant.now().plus(HOUR));
    assertThat(plain.isLive(id)).isFalse();
    plain.activate(id, Instant.now().plus(HOUR));
    assertThat(plain.isLive(id)).isFalse();
    assertThat(operator.get("plain:" + id)).isEqualTo("revoked " + id);
  }

  @Test
  void revoke_onAFullServer_throwsAndTakesTheGrantAway() {
    epochs.activate(id, inAnHour);
    operator.configSet("maxmemory-policy", "noeviction");
    operator.configSet("maxmemory", "1");

    assertThatThrownBy(() -> epochs.revoke(id, inAnHour))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("OOM");
    assertThatThrownBy(() -> otherProcess.activate(Grants.next(), inAnHour))
        .isInstanceOf(GrantStoreException.class);

    assertThat(otherProcess.isLive(id)).isFalse();
    assertThat(epochs.isLive(id)).isFalse();

    operator.configSet("maxmemory", "0");
    epochs.activate(id, inAnHour);
    assertThat(epochs.isLive(id)).isFalse();
    epochs.revoke(id, inAnHour);
    assertThat(operator.get(PREFIX + id)).startsWith("revoked ");
  }

  @Test
  void stepsOnAServerThatStalls_endInAnErrorWithTheClientsTimeout() {
    operator.clientPause(60_000, ClientPauseMode.WRITE);

    assertThatThrownBy(() -> epochs.activate(id, inAnHour))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining(id.value());
    assertThatThrownBy(() -> epochs.revoke(id, inAnHour)).isInstanceOf(GrantStoreException.class);

    assertThat(otherProcess.isLive(id)).isFalse();
  }

  @Test
  void revoke_thatTheServerHasNotAnswered_holdsInThisProcessAlready() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (JedisPooled patient =
        new JedisPooled(
            server.address(), DefaultJedisClientConfig.builder().timeoutMillis(20_000).build())) {
      ValkeyRevocationEpochs process = over(patient);
      process.activate(id, inAnHour);
      assertThat(process.isLive(id)).isTrue();
      operator.clientPause(20_000, ClientPauseMode.WRITE);

      Future<?> revoked = thread.submit(() -> process.revoke(id, inAnHour));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
      while (process.isLive(id) && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }

      assertThat(process.isLive(id)).isFalse();
      assertThat(revoked).isNotDone();
      operator.clientUnpause();
      revoked.get(20, TimeUnit.SECONDS);
      assertThat(operator.get(PREFIX + id)).startsWith("revoked ");
    } finally {
      thread.shutdownNow();
    }
  }
}
