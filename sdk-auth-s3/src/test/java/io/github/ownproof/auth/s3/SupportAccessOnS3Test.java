package io.github.ownproof.auth.s3;

import static io.github.ownproof.auth.s3.SupportTown.ORDER;
import static io.github.ownproof.auth.s3.SupportTown.READ;
import static io.github.ownproof.auth.s3.SupportTown.START;
import static io.github.ownproof.auth.s3.SupportTown.draft;
import static io.github.ownproof.auth.s3.SupportTown.person;
import static io.github.ownproof.auth.s3.SupportTown.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.Approval;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.SupportAccess;
import io.github.ownproof.auth.grant.SupportAccessChecker;
import io.github.ownproof.auth.grant.SupportDecision;
import io.github.ownproof.auth.grant.SupportOutcome;
import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import io.github.ownproof.testkit.Fault;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.WireRequest;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Whole desks and checkers on one bucket, fifty processes' worth of threads, each with a client, a
 * store and a desk of its own.
 */
class SupportAccessOnS3Test {

  private static final int PROCESSES = 50;
  private static final int ROUNDS = 2;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(PROCESSES);
  private static final AtomicInteger CASES = new AtomicInteger();
  private static final VerifiedToken EVE = token("eve", START);
  private static final VerifiedToken ADA = token("ada", START);
  private static final VerifiedToken BOB = token("bob", START);
  private static TestBucket bucket;
  private static List<S3GrantStore> stores;

  private final SupportTown town = new SupportTown();
  private final MutableClock clock = MutableClock.at(START);
  private GrantId id;

  @BeforeAll
  static void start() {
    bucket = TestBucket.made();
    stores =
        IntStream.range(0, PROCESSES)
            .mapToObj(i -> S3GrantStore.on(bucket.newClient(), TestBucket.BUCKET))
            .toList();
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
    bucket.close();
  }

  @BeforeEach
  void aRequestWaits() {
    bucket.world.clearFaults();
    bucket.world.clearWireLog();
    id = desk(0).request(EVE, draft("CASE-" + CASES.incrementAndGet())).id();
  }

  @RepeatedTest(ROUNDS)
  void approveApprove_hasOneWinner() throws Exception {
    List<String> told =
        atOnce(i -> name(desk(i).tryApprove(id, i % 2 == 0 ? ADA : BOB)) + " " + i % 2);

    AccessState.Granted granted = (AccessState.Granted) stored(2).state();
    boolean isAdas = granted.approvals().get(0).by().equals(person("ada"));
    assertThat(granted.approvals()).hasSize(1);
    assertThat(told)
        .containsOnly(
            isAdas ? "COMPLETED 0" : "ALREADY_GRANTED 0",
            isAdas ? "ALREADY_GRANTED 1" : "COMPLETED 1");
    assertThat(town.doneBy(Step.APPROVE))
        .hasSize(PROCESSES / 2)
        .containsOnly(person(isAdas ? "ada" : "bob"));
  }

  @RepeatedTest(ROUNDS)
  void approveDeny_hasOneWinner() throws Exception {
    List<String> told =
        atOnce(
            i ->
                name(i % 2 == 0 ? desk(i).tryApprove(id, ADA) : desk(i).tryDeny(id, BOB))
                    + " "
                    + i % 2);

    boolean isGranted = stored(2).state() instanceof AccessState.Granted;
    assertThat(isGranted || stored(2).state() instanceof AccessState.Denied).isTrue();
    assertThat(told)
        .containsOnly(
            isGranted ? "COMPLETED 0" : "DENIED 0",
            isGranted ? "ALREADY_GRANTED 1" : "COMPLETED 1");
    assertThat(town.doneBy(Step.APPROVE)).hasSize(isGranted ? PROCESSES / 2 : 0);
    assertThat(town.doneBy(Step.REJECT)).hasSize(isGranted ? 0 : PROCESSES / 2);
  }

  @RepeatedTest(ROUNDS)
  void approveRevoke_endsRevoked_andWhoeverIsToldItIsApprovedWasFirst() throws Exception {
    List<String> told =
        atOnce(
            i ->
                name(i % 2 == 0 ? desk(i).tryApprove(id, ADA) : desk(i).tryRevoke(id, BOB))
                    + " "
                    + i % 2);

    AccessRequest last = stores.get(7).find(id).orElseThrow();
    AccessState.Revoked revoked = (AccessState.Revoked) last.state();
    boolean wasGranted = revoked.before() instanceof AccessState.Granted;
    assertThat(stored(wasGranted ? 3 : 2)).isEqualTo(last);
    assertThat(told).contains("COMPLETED 1").doesNotContain("REVOKED 1");
    assertThat(told.contains("COMPLETED 0")).isEqualTo(wasGranted);
    assertThat(told).containsAnyOf("COMPLETED 0", "REVOKED 0");
    assertThat(told)
        .allMatch(one -> List.of("COMPLETED 0", "REVOKED 0", "COMPLETED 1").contains(one));
    assertThat(town.doneBy(Step.APPROVE)).hasSize(count(told, "COMPLETED 0"));
    assertThat(town.doneBy(Step.REVOKE)).hasSize(PROCESSES / 2);
  }

  /** Half of the processes say it is over, and half, whose clocks go after, that it is not. */
  @RepeatedTest(ROUNDS)
  void approveExpire_atTheEdge_hasOneWinner() throws Exception {
    Instant until = ((AccessState.Open) stored(1).state()).until();
    VerifiedToken fresh = token("ada", until.minusSeconds(60));
    List<SupportAccess> desks =
        IntStream.range(0, PROCESSES)
            .mapToObj(
                i ->
                    town.desk(
                        stores.get(i), MutableClock.at(i % 2 == 0 ? until.minusSeconds(9) : until)))
            .toList();

    List<String> told =
        atOnce(
            i ->
                i % 2 == 0
                    ? name(desks.get(i).tryApprove(id, fresh)) + " 0"
                    : name(desks.get(i).find(id).orElseThrow().state()) + " 1");

    AccessState end = stored(2).state();
    if (end instanceof AccessState.Granted granted) {
      assertThat(granted.approvals()).extracting(Approval::by).containsOnly(person("ada"));
      assertThat(told).containsOnly("COMPLETED 0", "Granted 1");
      assertThat(town.doneBy(Step.EXPIRE)).isEmpty();
      assertThat(town.doneBy(Step.APPROVE)).hasSize(PROCESSES / 2);
    } else {
      assertThat(end).isInstanceOf(AccessState.Expired.class);
      assertThat(told).containsOnly("EXPIRED 0", "Expired 1");
      assertThat(town.doneBy(Step.EXPIRE)).hasSize(1);
      assertThat(town.doneBy(Step.APPROVE)).isEmpty();
    }
  }

  @Test
  void requestRequest_isOneRequest_andItIsListedOnce() throws Exception {
    List<String> told =
        atOnce(i -> desk(i).request(EVE, draft("CASE-" + (CASES.get() + 1))).id().toString());
    id = GrantId.of(told.get(0));
    CASES.incrementAndGet();

    assertThat(told).containsOnly(told.get(0));
    assertThat(desk(1).requests(Requests.ACME)).containsOnlyOnce(stored(1));
  }

  @Test
  void afterARevocation_aCheckerOfAnotherProcessDeniesWithinASecond() {
    SupportAccess desk = desk(0);
    assertThat(name(desk.tryApprove(id, ADA))).isEqualTo("COMPLETED");
    String grant = desk.issue(id, EVE);
    SupportAccessChecker checker = town.checker(stores.get(1), desk, clock);
    assertThat(check(checker, grant)).isEqualTo("PERMITTED");

    assertThat(name(desk.tryRevoke(id, BOB))).isEqualTo("COMPLETED");
    long revokedAt = System.nanoTime();
    long lastPermitted = revokedAt;
    long asked = revokedAt;
    String decision = "PERMITTED";
    while (decision.equals("PERMITTED") && asked - revokedAt < 2 * SECOND) {
      asked = System.nanoTime();
      decision = check(checker, grant);
      lastPermitted = decision.equals("PERMITTED") ? asked : lastPermitted;
    }

    assertThat(decision).isEqualTo("REVOKED");
    assertThat(lastPermitted - revokedAt).isLessThan(SECOND);
    assertThat(check(checker, grant)).isEqualTo("REVOKED");
    assertThat(check(town.checker(stores.get(0), desk, clock), grant)).isEqualTo("REVOKED");
  }

  @Test
  void withS3Down_checksAndApprovalsAreRefused_andNothingIsHalfDone() {
    S3GrantStore impatient = S3GrantStore.on(bucket.newClientWithoutRetries(), TestBucket.BUCKET);
    SupportAccess desk = town.desk(impatient, clock);
    for (Fault fault : List.of(Fault.error(503), Fault.error(403, "AccessDenied"), Fault.reset())) {
      bucket.world.failAll(fault);
      assertThat(name(desk.tryApprove(id, ADA))).isEqualTo("STORE_UNAVAILABLE");
      assertThat(name(desk.tryRevoke(id, ADA))).isEqualTo("STORE_UNAVAILABLE");
      bucket.world.clearFaults();
      bucket.world.failAll(SupportAccessOnS3Test::isWrite, fault);
      assertThat(name(desk.tryApprove(id, ADA))).isEqualTo("STORE_UNAVAILABLE");
      bucket.world.clearFaults();
      assertThat(stored(1).state()).isInstanceOf(AccessState.Pending.class);
    }
    assertThat(town.doneBy(Step.APPROVE)).isEmpty();
    assertThat(name(desk.tryApprove(id, ADA))).isEqualTo("COMPLETED");
    String grant = desk.issue(id, EVE);

    SupportAccessChecker checker = town.checker(impatient, desk, clock);
    bucket.world.failAll(Fault.error(503));
    assertThat(check(checker, grant)).isEqualTo("STORE_UNAVAILABLE");
    bucket.world.clearFaults();
    assertThat(check(checker, grant)).isEqualTo("PERMITTED");
    bucket.world.failAll(SupportAccessOnS3Test::isWrite, Fault.error(503));
    assertThat(check(checker, grant)).isEqualTo("STORE_UNAVAILABLE");
    bucket.world.clearFaults();
    assertThat(stored(2).state()).isInstanceOf(AccessState.Granted.class);
  }

  @Test
  void anApproval_whoseAnswerIsLost_isCompletedOnce() {
    for (SupportAccess desk :
        List.of(
            town.desk(S3GrantStore.on(bucket.newClientWithoutRetries(), TestBucket.BUCKET), clock),
            town.desk(S3GrantStore.on(bucket.newClient(), TestBucket.BUCKET), clock))) {
      town.lines.clear();
      bucket.world.clearWireLog();
      id = desk.request(EVE, draft("CASE-" + CASES.incrementAndGet())).id();
      bucket.world.failNext(SupportAccessOnS3Test::isWrite, Fault.lostAnswer());

      assertThat(name(desk.tryApprove(id, ADA))).isEqualTo("COMPLETED");
      assertThat(stored(2).state()).isInstanceOf(AccessState.Granted.class);
      assertThat(town.doneBy(Step.APPROVE)).containsExactly(person("ada"));
      assertThat(name(desk.tryApprove(id, BOB))).isEqualTo("ALREADY_GRANTED");
    }
  }

  private SupportAccess desk(int process) {
    return town.desk(stores.get(process), clock);
  }

  /** What is stored, after as many writes as its version says: none was put over another. */
  private AccessRequest stored(long version) {
    AccessRequest last = stores.get(3).find(id).orElseThrow();
    assertThat(last.version()).isEqualTo(version);
    assertThat(bucket.requests("PutObject"))
        .filteredOn(r -> String.valueOf(r.key()).equals("grants/" + id + ".json"))
        .filteredOn(r -> r.status() == 200)
        .hasSize((int) version);
    return last;
  }

  private static boolean isWrite(WireRequest request) {
    return request.operation().equals("PutObject");
  }

  private static String check(SupportAccessChecker checker, String grant) {
    SupportDecision decision = checker.check(EVE, grant, "GET", ORDER, READ);
    return decision.fold(permitted -> "PERMITTED", denied -> denied.refusal().name());
  }

  private static int count(List<String> all, String one) {
    return (int) all.stream().filter(one::equals).count();
  }

  private static String name(AccessState state) {
    return state.getClass().getSimpleName();
  }

  private static String name(SupportOutcome<?> outcome) {
    return outcome.fold(
        done -> "COMPLETED", waiting -> "WAITING", refused -> refused.refusal().name());
  }

  private interface Deed {
    String by(int process);
  }

  private static List<String> atOnce(Deed deed) throws Exception {
    CyclicBarrier start = new CyclicBarrier(PROCESSES);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      int number = i;
      calls.add(
          () -> {
            start.await();
            return deed.by(number);
          });
    }
    List<String> told = new ArrayList<>();
    for (Future<String> one : THREADS.invokeAll(calls)) {
      told.add(one.get());
    }
    return told;
  }
}
