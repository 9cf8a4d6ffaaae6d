package io.github.ownproof.auth.s3;

import static io.github.ownproof.auth.s3.Requests.granted;
import static io.github.ownproof.auth.s3.Requests.id;
import static io.github.ownproof.auth.s3.Requests.pending;
import static io.github.ownproof.auth.s3.Requests.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.github.ownproof.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fifty processes' worth of threads, each with a store and a client of its own, on one grant. */
class GrantRaceTest {

  private static final int WRITERS = 50;

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(WRITERS);
  private static TestBucket bucket;
  private static List<S3GrantStore> stores;

  @BeforeAll
  static void start() {
    bucket = new TestBucket();
    stores =
        IntStream.range(0, WRITERS)
            .mapToObj(i -> S3GrantStore.on(bucket.newClient(), TestBucket.BUCKET))
            .toList();
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
    bucket.close();
  }

  @BeforeEach
  void fresh() {
    bucket.world.clear();
    var unused = bucket.client.createPrivateBucket(TestBucket.BUCKET);
    bucket.world.clearWireLog();
  }

  @Test
  void create_ofManyAtOnce_hasOneWinner() throws Exception {
    List<Boolean> created =
        atOnce(writer -> stores.get(writer).create(with(pending(1), "by " + writer)));

    assertThat(created).containsOnlyOnce(true);
    assertThat(stores.get(0).find(id(1))).contains(with(pending(1), "by " + created.indexOf(true)));
  }

  @Test
  void approveAgainstRevoke_ofManyAtOnce_hasOneWinner() throws Exception {
    AccessRequest first = pending(1);
    assertThat(stores.get(0).create(first)).isTrue();

    List<Boolean> replaced =
        atOnce(
            writer ->
                stores
                    .get(writer)
                    .replace(first, writer % 2 == 0 ? granted(first) : revoked(first)));

    assertThat(replaced).containsOnlyOnce(true);
    assertThat(stores.get(7).find(id(1)))
        .contains(replaced.indexOf(true) % 2 == 0 ? granted(first) : revoked(first));
  }

  /** The very same change by everybody, so that only the write itself tells whose it is. */
  @Test
  void theSameReplacement_ofManyAtOnce_withLostAnswers_hasOneWinner() throws Exception {
    AccessRequest first = pending(1);
    assertThat(stores.get(0).create(first)).isTrue();
    everyNthWrite(2, Fault.lostAnswer());

    List<Boolean> replaced = atOnce(writer -> stores.get(writer).replace(first, granted(first)));

    bucket.world.clearFaults();
    assertThat(replaced).containsOnlyOnce(true);
    assertThat(stores.get(3).find(id(1))).contains(granted(first));
  }

  @Test
  void counting_losesNoUpdate() throws Exception {
    assertThat(count(2)).isEqualTo(WRITERS * 2);
  }

  @Test
  void counting_withFaults_losesNoUpdateAndCountsNoneTwice() throws Exception {
    everyNthWrite(3, Fault.lostAnswer());
    everyNthWrite(4, Fault.error(503));
    everyNthWrite(5, Fault.reset());
    everyNthWrite(7, Fault.error(409, "ConditionalRequestConflict"));

    assertThat(count(1)).isEqualTo(WRITERS);
  }

  /** Counts in the text of the request; its version counts too. */
  private int count(int each) throws Exception {
    assertThat(stores.get(0).create(with(pending(1), "0"))).isTrue();
    atOnce(
        writer -> {
          S3GrantStore store = stores.get(writer);
          for (int counted = 0; counted < each; ) {
            AccessRequest seen = store.find(id(1)).orElseThrow();
            int next = Integer.parseInt(seen.justification()) + 1;
            if (store.replace(seen, Requests.with(seen, String.valueOf(next), seen.state()))) {
              counted++;
            }
          }
          return true;
        });
    bucket.world.clearFaults();
    AccessRequest last = stores.get(0).find(id(1)).orElseThrow();
    assertThat(last.version()).isEqualTo(1 + Integer.parseInt(last.justification()));
    return Integer.parseInt(last.justification());
  }

  private static void everyNthWrite(int n, Fault fault) {
    AtomicInteger writes = new AtomicInteger();
    bucket.world.failAll(
        r ->
            r.operation().equals("PutObject")
                && String.valueOf(r.key()).startsWith("grants/")
                && writes.incrementAndGet() % n == 0,
        fault);
  }

  private static AccessRequest with(AccessRequest request, String text) {
    AccessRequest later = Requests.with(request, text, request.state());
    return new AccessRequest(
        later.id(),
        1,
        later.engineer(),
        later.customer(),
        later.ticket(),
        text,
        later.services(),
        later.residency(),
        later.asked(),
        later.requestedAt(),
        later.state());
  }

  private interface Writing {
    boolean by(int writer) throws GrantStoreException;
  }

  private static List<Boolean> atOnce(Writing writing) throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      calls.add(
          () -> {
            start.await();
            return writing.by(writer);
          });
    }
    List<Boolean> results = new ArrayList<>();
    for (Future<Boolean> result : THREADS.invokeAll(calls)) {
      results.add(result.get());
    }
    return results;
  }
}
