package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.KeySource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engineers who read as fast as they can while the customer takes the grant back. */
class RevokedWhileReadTest {

  private static final int ROUNDS = 60;
  private static final int READERS = 4;

  /** So many reads that no store in memory has room for them. */
  private static final class ForgetfulLedger implements GrantUses {
    @Override
    public void record(GrantUse use) {}

    @Override
    public List<GrantUse> uses(CustomerId customer, Instant since) {
      return List.of();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void check_begunAfterRevokeReturned_neverPermits(boolean withEpochs) throws Exception {
    DeskRig rig = new DeskRig(builder -> builder, withEpochs);
    VerifiedToken eve = rig.token("eve");
    SupportAccessChecker checker =
        SupportAccess.checker(
            SupportAccessChecker.Settings.of(
                    KeySource.pinned(rig.desk.publicKeys()), "orders-api", "eu")
                .customers(rig.people)
                .permissions(DeskRig.READS)
                .liveness(withEpochs ? rig.epochs : rig.store)
                .uses(new ForgetfulLedger())
                .audit(event -> {})
                .clock(rig.clock));
    AtomicInteger permitted = new AtomicInteger();
    for (int round = 0; round < ROUNDS; round++) {
      GrantId id = rig.desk.request(eve, draft().justification("round " + round)).id();
      rig.desk.approve(id, rig.token("ada"));
      String grant = rig.desk.issue(id, eve);
      AtomicBoolean isRevoked = new AtomicBoolean();
      AtomicInteger permittedSince = new AtomicInteger();
      AtomicInteger deniedBefore = new AtomicInteger();
      CountDownLatch reading = new CountDownLatch(READERS);
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Thread reader =
            new Thread(
                () -> {
                  boolean isLast;
                  boolean isFirst = true;
                  do {
                    // The order is the test: known to be revoked, then asked.
                    isLast = isRevoked.get();
                    boolean isPermitted =
                        checker.check(eve, grant, "GET", "orders/123", "orders:read").isPermitted();
                    permitted.addAndGet(isPermitted ? 1 : 0);
                    permittedSince.addAndGet(isPermitted && isLast ? 1 : 0);
                    if (isFirst) {
                      deniedBefore.addAndGet(isPermitted ? 0 : 1);
                      isFirst = false;
                      reading.countDown();
                    }
                  } while (!isLast);
                });
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
      }
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
      rig.desk.revoke(id, rig.token("ada"));
      isRevoked.set(true);
      for (Thread reader : readers) {
        reader.join(30_000);
        assertThat(reader.isAlive()).isFalse();
      }
      assertThat(deniedBefore).as("denied before the revocation").hasValue(0);
      assertThat(permittedSince).as("permitted after the revocation").hasValue(0);
    }
    assertThat(permitted.get()).isGreaterThanOrEqualTo(ROUNDS * READERS);
  }
}
