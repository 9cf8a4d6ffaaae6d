package io.github.ownproof.auth.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditFailedException;
import io.github.ownproof.core.audit.ChainHead;
import io.github.ownproof.core.audit.ChainVerification;
import io.github.ownproof.core.audit.ChainVerification.Broken;
import io.github.ownproof.core.audit.ChainVerification.Intact;
import io.github.ownproof.core.audit.HashChainedTrail;
import io.github.ownproof.core.audit.Occasion;
import io.github.ownproof.core.audit.Outcome;
import io.github.ownproof.s3.BucketOwnershipException;
import io.github.ownproof.s3.S3PrivateClient;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.testkit.Account;
import io.github.ownproof.testkit.Fault;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.WireRequest;
import java.io.ByteArrayOutputStream;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ObjectLockTrailTest {

  private static final Instant NOW = Instant.parse("2090-01-01T00:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  private static TestBucket bucket;
  private S3ObjectLockTrail trail;

  @BeforeAll
  static void start() {
    bucket = new TestBucket();
  }

  @AfterAll
  static void stop() {
    bucket.close();
  }

  @BeforeEach
  void fresh() {
    bucket.world.clear();
    var unused =
        bucket.client.createPrivateBucket(PrivateBucketPlan.of(TestBucket.BUCKET).objectLock());
    bucket.world.clearWireLog();
    trail = trail(bucket.client);
  }

  @Test
  void eachEvent_isOneLockedObject() {
    trail.record(read(1));
    trail.record(read(2));

    List<WireRequest> puts = bucket.requests("PutObject");
    assertThat(puts)
        .extracting(r -> String.valueOf(r.key()))
        .containsExactly("trail/00000000000000000001.json", "trail/00000000000000000002.json");
    assertThat(puts)
        .allSatisfy(
            put -> {
              assertThat(put.header("x-amz-object-lock-mode")).contains("COMPLIANCE");
              assertThat(put.header("x-amz-object-lock-retain-until-date"))
                  .contains("2091-01-01T00:00:00Z");
              assertThat(put.header("x-amz-checksum-sha256")).isPresent();
              assertThat(put.header("if-none-match")).contains("*");
              assertThat(put.signedHeaders())
                  .contains("x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date");
            });
    assertThat(trail.verify()).isInstanceOf(Intact.class);
    assertThat(trail.verify().head().count()).isEqualTo(2);
    assertThat(trail.head()).isEqualTo(trail.verify().head());
    assertThat(bucket.world.wireLog())
        .extracting(r -> r.operation())
        .contains("PutObject", "ListObjectVersions", "GetObject");
    assertThat(bucket.world.wireLog())
        .allSatisfy(r -> assertThat(r.expectedBucketOwner()).contains(TestBucket.US));
  }

  @Test
  void governance_isNamed() {
    S3ObjectLockTrail governed =
        S3ObjectLockTrail.builder(bucket.client, TestBucket.BUCKET, YEAR)
            .removableByGovernanceBypass()
            .keyPrefix("trial/")
            .build();
    governed.record(read(1));

    WireRequest put = bucket.requests("PutObject").get(0);
    assertThat(put.header("x-amz-object-lock-mode")).contains("GOVERNANCE");
    assertThat(put.key()).startsWith("trial/");
    assertThat(trail.verify().head()).isEqualTo(ChainHead.EMPTY);
  }

  @Test
  void anEmptyTrail_isIntact() {
    assertThat(trail.verify()).isEqualTo(new Intact(ChainHead.EMPTY));
    assertThat(trail.head()).isEqualTo(ChainHead.EMPTY);
  }

  @Test
  void anotherProcess_goesOnAfterTheLastLine_withoutReadingTheChain() {
    for (int i = 1; i <= 40; i++) {
      trail.record(read(i));
    }
    bucket.world.clearWireLog();
    S3ObjectLockTrail other = trail(bucket.newClient());

    other.record(read(41));

    assertThat(bucket.requests("GetObject")).hasSize(1);
    assertThat(bucket.requests("ListObjectVersions").size()).isBetween(1, 10);
    assertThat(other.verify()).isInstanceOf(Intact.class);
    assertThat(other.verify().head().count()).isEqualTo(41);
  }

  @Test
  void twoWriters_takeTurns() {
    S3ObjectLockTrail other = trail(bucket.newClient());
    for (int i = 0; i < 5; i++) {
      trail.record(read(i));
      other.record(read(i));
      other.record(read(i));
    }

    assertThat(trail.verify()).isInstanceOf(Intact.class);
    assertThat(trail.verify().head().count()).isEqualTo(15);
  }

  @Test
  void manyWritersAtOnce_withLostAnswers_keepEachEventOnce() throws Exception {
    int writers = 8;
    int each = 5;
    AtomicInteger writes = new AtomicInteger();
    bucket.world.failAll(
        r -> r.operation().equals("PutObject") && writes.incrementAndGet() % 4 == 0,
        Fault.lostAnswer());
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      CyclicBarrier start = new CyclicBarrier(writers);
      List<Callable<Void>> calls = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        S3ObjectLockTrail own =
            S3ObjectLockTrail.builder(bucket.newClient(), TestBucket.BUCKET, YEAR)
                .patience(Duration.ofMinutes(1))
                .build();
        calls.add(
            () -> {
              start.await();
              for (int i = 0; i < each; i++) {
                // The same event by everybody: only the write itself tells whose line it is.
                own.record(read(i));
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(calls)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    bucket.world.clearFaults();

    ChainVerification verified = trail.verify();
    assertThat(verified).isInstanceOf(Intact.class);
    assertThat(verified.head().count()).isEqualTo((long) writers * each);
  }

  @Test
  void deletingAndOverwriting_hidesNothing() {
    trail.record(read(1));
    trail.record(read(2));
    ChainHead head = trail.head();
    String last = "trail/00000000000000000002.json";
    bucket.us.client(TestBucket.REGION).deleteObject(r -> r.bucket(physical()).key(last));
    bucket
        .us
        .client(TestBucket.REGION)
        .putObject(
            r -> r.bucket(physical()).key("trail/00000000000000000001.json"),
            RequestBody.fromString("{}\n"));

    assertThat(trail.verify(head)).isEqualTo(new Intact(head));
    S3ObjectLockTrail other = trail(bucket.newClient());
    other.record(read(3));
    assertThat(other.verify(head).head().count()).isEqualTo(3);
    assertThatThrownBy(
            () ->
                bucket
                    .us
                    .client(TestBucket.REGION)
                    .deleteObject(
                        r -> r.bucket(physical()).key(last).versionId(firstVersion(last))))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void aLineThatIsAnother_missing_orCutOff_isFound() {
    List<String> lines = lines(4);
    putLines(lines.get(0), lines.get(1).replace("orders/2", "orders/9"), lines.get(2));
    assertThat(fault(ChainHead.EMPTY)).isEqualTo(ChainVerification.Fault.CHANGED);

    empty();
    putLines(lines.get(0), null, lines.get(2));
    assertThat(fault(ChainHead.EMPTY)).isEqualTo(ChainVerification.Fault.OUT_OF_SEQUENCE);

    empty();
    putLines(lines.get(0), lines.get(1));
    assertThat(trail.verify()).isInstanceOf(Intact.class);
    assertThat(fault(ChainHead.of(lines.get(3).getBytes(US_ASCII))))
        .isEqualTo(ChainVerification.Fault.CUT_SHORT);

    empty();
    putLines(lines.get(0), lines.get(2), lines.get(1), lines.get(3));
    assertThat(fault(ChainHead.EMPTY)).isEqualTo(ChainVerification.Fault.OUT_OF_SEQUENCE);

    empty();
    putLines(lines.get(0), lines.get(2));
    assertThat(fault(ChainHead.EMPTY)).isEqualTo(ChainVerification.Fault.OUT_OF_SEQUENCE);
  }

  @Test
  void objectsThatAreNoLines_areLeftAlone() {
    trail.record(read(1));
    for (String key :
        List.of("notes", "00000000000000000002.json.bak", "99999999999999999999.json")) {
      bucket.client.putObject(
          r -> r.bucket(TestBucket.BUCKET).key("trail/" + key), RequestBody.fromString("x"));
    }

    trail(bucket.newClient()).record(read(2));

    assertThat(trail.verify()).isInstanceOf(Intact.class);
    assertThat(trail.verify().head().count()).isEqualTo(2);
  }

  @Test
  void aLastLineThatIsNone_stopsTheTrail() {
    putLines("{}\n");

    assertThatThrownBy(() -> trail.record(read(1)))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("trail/00000000000000000001.json");
    assertThat(fault(ChainHead.EMPTY)).isEqualTo(ChainVerification.Fault.MALFORMED);
  }

  @Test
  void aLastLineInThePlaceOfAnother_stopsTheTrail() {
    String first = lines(1).get(0);
    putLines(first, first);

    assertThatThrownBy(() -> trail.record(read(1)))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("another line");
    assertThat(fault(ChainHead.EMPTY)).isEqualTo(ChainVerification.Fault.OUT_OF_SEQUENCE);
  }

  @Test
  void aBucketWithoutObjectLock_keepsNothing() {
    bucket.world.clear();
    var unused = bucket.client.createPrivateBucket(TestBucket.BUCKET);

    assertThatThrownBy(() -> trail.record(read(1)))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("S3 answered 400")
        .hasMessageContaining("with Object Lock");
    assertThat(trail.verify()).isEqualTo(new Intact(ChainHead.EMPTY));
  }

  @Test
  void aBucketOfSomebodyElse_isRefused() {
    Account squatter = bucket.world.account("999988887777");
    squatter
        .client(TestBucket.REGION)
        .createBucket(
            r ->
                r.bucket("trail-by-name")
                    .objectLockEnabledForBucket(true)
                    .createBucketConfiguration(c -> c.locationConstraint(TestBucket.REGION)));
    TestBucket.open(squatter, "trail-by-name");
    S3ObjectLockTrail foreign = trail(bucket.newClientThatAdopts("trail-by-name"));

    assertThatThrownBy(() -> foreign.record(read(1)))
        .isInstanceOf(AuditFailedException.class)
        .hasCauseInstanceOf(BucketOwnershipException.class);
    assertThatThrownBy(foreign::verify).isInstanceOf(AuditFailedException.class);
    assertThatThrownBy(foreign::head).isInstanceOf(AuditFailedException.class);
    assertThat(bucket.requests("PutObject")).isEmpty();
  }

  @Test
  void optionsOutOfBounds_areRefused() {
    for (Duration retention : List.of(Duration.ofHours(23), Duration.ofDays(36_501))) {
      assertThatThrownBy(
              () -> S3ObjectLockTrail.builder(bucket.client, TestBucket.BUCKET, retention))
          .isInstanceOf(InvalidSupportAccessException.class)
          .hasMessageContaining(retention.toString());
    }
    S3ObjectLockTrail.Builder builder =
        S3ObjectLockTrail.builder(bucket.client, TestBucket.BUCKET, YEAR);
    assertThatThrownBy(() -> builder.patience(Duration.ofDays(1_000_000)))
        .isInstanceOf(InvalidSupportAccessException.class);
    assertThatThrownBy(() -> builder.keyPrefix("/x"))
        .isInstanceOf(InvalidSupportAccessException.class);
  }

  static S3ObjectLockTrail trail(S3PrivateClient client) {
    return S3ObjectLockTrail.builder(client, TestBucket.BUCKET, YEAR)
        .clock(MutableClock.at(NOW))
        .pageSize(3)
        .build();
  }

  private ChainVerification.Fault fault(ChainHead expected) {
    return ((Broken) trail.verify(expected)).fault();
  }

  private static void putLines(String... lines) {
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] != null) {
        String key = String.format("trail/%020d.json", i + 1);
        String line = lines[i];
        bucket.client.putObject(
            r -> r.bucket(TestBucket.BUCKET).key(key), RequestBody.fromString(line));
      }
    }
  }

  private static void empty() {
    var unused = bucket.client.emptyAndKeep(TestBucket.BUCKET);
  }

  private static List<String> lines(int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HashChainedTrail chain = HashChainedTrail.writingTo(out);
    for (int i = 1; i <= count; i++) {
      chain.record(read(i));
    }
    return out.toString(US_ASCII).lines().map(line -> line + "\n").toList();
  }

  private static String physical() {
    return bucket.physicalName();
  }

  private static String firstVersion(String key) {
    var versions =
        bucket
            .us
            .client(TestBucket.REGION)
            .listObjectVersions(r -> r.bucket(physical()).prefix(key))
            .versions();
    return versions.get(versions.size() - 1).versionId();
  }

  static AuditEvent read(int order) {
    return new AuditEvent.Access(
        Occasion.of(new Actor.Identified("https://idp.test", "engineer-1"), NOW, "request")
            .onTicket("CASE-1"),
        "orders:read",
        "orders/" + order,
        Outcome.ALLOWED);
  }
}
