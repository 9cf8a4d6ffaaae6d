package io.github.ownproof.auth.s3;

import static io.github.ownproof.auth.s3.Requests.ACME;
import static io.github.ownproof.auth.s3.Requests.T0;
import static io.github.ownproof.auth.s3.Requests.granted;
import static io.github.ownproof.auth.s3.Requests.id;
import static io.github.ownproof.auth.s3.Requests.pending;
import static io.github.ownproof.auth.s3.Requests.revoked;
import static io.github.ownproof.auth.s3.Requests.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.github.ownproof.auth.grant.GrantUse;
import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import io.github.ownproof.s3.BucketOwnershipException;
import io.github.ownproof.s3.S3PrivateClient;
import io.github.ownproof.testkit.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

class S3GrantStoreTest {

  private static TestBucket bucket;
  private S3GrantStore store;

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
    var unused = bucket.client.createPrivateBucket(TestBucket.BUCKET);
    bucket.world.clearWireLog();
    store = S3GrantStore.on(bucket.client, TestBucket.BUCKET);
  }

  @Test
  void makingOne_doesNoIo() {
    assertThat(store).hasToString("S3GrantStore");
    assertThat(bucket.world.wireLog()).isEmpty();
  }

  @Test
  void aRequest_isKeptFromVersionToVersion() {
    AccessRequest first = pending(1);
    AccessRequest second = granted(first);

    assertThat(store.find(id(1))).isEmpty();
    assertThat(store.create(first)).isTrue();
    assertThat(store.find(id(1))).contains(first);
    assertThat(store.isLive(id(1))).isFalse();
    assertThat(store.replace(first, second)).isTrue();
    assertThat(store.find(id(1))).contains(second);
    assertThat(store.isLive(id(1))).isTrue();
    assertThat(store.replace(second, revoked(second))).isTrue();
    assertThat(store.isLive(id(1))).isFalse();
  }

  @Test
  void create_ofAnIdThatExists_isFalseAndChangesNothing() {
    assertThat(store.create(pending(1))).isTrue();

    assertThat(store.create(pending(1, CustomerId.of("other"), T0))).isFalse();

    assertThat(store.find(id(1))).contains(pending(1));
    assertThat(store.requests(CustomerId.of("other"))).isEmpty();
  }

  @Test
  void replace_ofAnotherVersion_isFalseAndChangesNothing() {
    AccessRequest first = pending(1);
    assertThat(store.replace(first, granted(first))).isFalse();
    assertThat(store.create(first)).isTrue();
    AccessRequest second = granted(first);
    assertThat(store.replace(first, second)).isTrue();

    assertThat(store.replace(first, revoked(first))).isFalse();
    assertThat(store.find(id(1))).contains(second);
  }

  @Test
  void isLive_afterACreateHere_isNotAnsweredFromMemory() {
    assertThat(store.isLive(id(1))).isFalse();

    assertThat(store.create(granted(pending(1)))).isTrue();
    assertThat(store.isLive(id(1))).isTrue();
  }

  @Test
  void requests_areTheCustomersOwn_oldestFirst() {
    assertThat(store.create(pending(3))).isTrue();
    assertThat(store.create(pending(1))).isTrue();
    assertThat(store.create(pending(2))).isTrue();
    assertThat(store.create(pending(4, CustomerId.of("acme2"), T0))).isTrue();
    assertThat(store.create(pending(5, CustomerId.of("acme:2"), T0))).isTrue();

    assertThat(store.requests(ACME)).containsExactly(pending(1), pending(2), pending(3));
    assertThat(store.requests(CustomerId.of("acme:2"))).hasSize(1);
    assertThat(store.requests(CustomerId.of("ac"))).isEmpty();
  }

  @Test
  void requests_passOverAnEntryWithoutRequestAndKeysThatAreNotOurs() {
    assertThat(store.create(pending(1))).isTrue();
    bucket.client.putObject(
        r ->
            r.bucket(TestBucket.BUCKET)
                .key("customers/acme/2026-11-22T10:00:00.000000000Z-" + id(7)),
        RequestBody.empty());
    bucket.client.putObject(
        r -> r.bucket(TestBucket.BUCKET).key("customers/acme/notes"), RequestBody.empty());

    assertThat(store.requests(ACME)).containsExactly(pending(1));
  }

  @Test
  void aRequest_isListedBeforeItIsThere() {
    assertThat(store.create(pending(1))).isTrue();

    assertThat(bucket.requests("PutObject"))
        .extracting(r -> String.valueOf(r.key()))
        .containsExactly(
            "customers/acme/2026-11-22T10:00:01.000000000Z-" + id(1), "grants/" + id(1) + ".json");
  }

  @Test
  void uses_areTheCustomersOwn_fromAnInstantOn_inOrder() {
    for (int i : new int[] {5, 1, 3, 2, 4}) {
      store.record(use(i, ACME, T0.plusMillis(i)));
    }
    store.record(use(9, CustomerId.of("acme2"), T0));

    assertThat(store.uses(ACME, T0.plusMillis(3)))
        .extracting(u -> u.at())
        .containsExactly(T0.plusMillis(3), T0.plusMillis(4), T0.plusMillis(5));
    assertThat(store.uses(ACME, T0.plusMillis(3).plusNanos(1))).hasSize(2);
    assertThat(store.uses(ACME, Instant.MIN)).hasSize(5);
    assertThat(store.uses(ACME, Instant.MAX)).isEmpty();
    assertThat(store.uses(ACME, T0).get(0)).isEqualTo(use(1, ACME, T0.plusMillis(1)));
  }

  @Test
  void aUseInThePlaceOfAnother_isRefused() {
    for (GrantUse other :
        List.of(
            use(1, CustomerId.of("acme2"), T0), use(1, ACME, T0.plusNanos(1)), use(2, ACME, T0))) {
      String key = new GrantKeys("").use(use(1, ACME, T0), "0".repeat(32));
      bucket.client.putObject(
          r -> r.bucket(TestBucket.BUCKET).key(key), RequestBody.fromString(Documents.text(other)));

      assertThatThrownBy(() -> store.uses(ACME, T0))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("another customer, grant or time");
    }
  }

  @Test
  void theSameUseTwice_isTwoUses() {
    store.record(use(1, ACME, T0));
    store.record(use(1, ACME, T0));

    assertThat(store.uses(ACME, T0)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 25})
  void requestsAndUses_ofMoreThanAPage_areAllThere(int number) {
    S3GrantStore paging =
        S3GrantStore.builder(bucket.client, TestBucket.BUCKET).pageSize(5).build();
    for (int i = number; i > 0; i--) {
      paging.record(use(i, ACME, T0.plusMillis(i)));
      assertThat(paging.create(pending(i))).isTrue();
    }

    assertThat(paging.uses(ACME, T0))
        .hasSize(number)
        .isSortedAccordingTo(Comparator.comparing(u -> u.at()));
    assertThat(paging.requests(ACME))
        .hasSize(number)
        .isSortedAccordingTo(Comparator.comparing(r -> r.requestedAt()));
    assertThat(bucket.requests("ListObjectsV2"))
        .hasSize(2 * ((number + 4) / 5))
        .allMatch(r -> r.expectedBucketOwner().isPresent());
  }

  @Test
  void keyPrefix_isBeforeEveryKey() {
    S3GrantStore prefixed =
        S3GrantStore.builder(bucket.client, TestBucket.BUCKET).keyPrefix("team-1/").build();
    assertThat(prefixed.create(pending(1))).isTrue();
    prefixed.record(use(1, ACME, T0));

    assertThat(prefixed.requests(ACME)).hasSize(1);
    assertThat(prefixed.uses(ACME, T0)).hasSize(1);
    assertThat(store.find(id(1))).isEmpty();
    assertThat(bucket.requests("PutObject")).allMatch(r -> r.key().startsWith("team-1/"));
  }

  @Test
  void everyRequest_carriesTheOwner_andEveryWriteItsChecksum() {
    assertThat(store.create(pending(1))).isTrue();
    assertThat(store.replace(pending(1), granted(pending(1)))).isTrue();
    assertThat(store.isLive(id(1))).isTrue();
    store.record(use(1, ACME, T0));
    assertThat(store.requests(ACME)).hasSize(1);
    assertThat(store.uses(ACME, T0)).hasSize(1);

    assertThat(bucket.world.wireLog())
        .hasSizeGreaterThan(8)
        .allSatisfy(
            r -> {
              assertThat(r.expectedBucketOwner()).contains(TestBucket.US);
              assertThat(r.bucket()).isEqualTo(bucket.physicalName());
            });
    assertThat(bucket.requests("PutObject"))
        .allMatch(r -> r.header("x-amz-checksum-sha256").isPresent());
  }

  @Test
  void aBucketOfSomebodyElse_isRefused_andNothingIsWrittenOrFound() {
    bucket.world.clear();
    Account squatter = bucket.world.account("999988887777");
    squatter
        .client(TestBucket.REGION)
        .createBucket(
            r ->
                r.bucket("support-by-name")
                    .createBucketConfiguration(c -> c.locationConstraint(TestBucket.REGION)));
    TestBucket.open(squatter, "support-by-name");
    S3GrantStore adopted =
        S3GrantStore.on(bucket.newClientThatAdopts("support-by-name"), TestBucket.BUCKET);
    bucket.world.clearWireLog();

    assertThatThrownBy(() -> adopted.create(pending(1)))
        .isInstanceOf(GrantStoreException.class)
        .hasCauseInstanceOf(BucketOwnershipException.class);
    assertThatThrownBy(() -> adopted.replace(pending(1), granted(pending(1))))
        .isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> adopted.find(id(1))).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> adopted.isLive(id(1))).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> adopted.requests(ACME)).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> adopted.record(use(1, ACME, T0)))
        .isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> adopted.uses(ACME, T0)).isInstanceOf(GrantStoreException.class);
    assertThat(bucket.world.wireLog()).hasSize(7).allMatch(r -> r.status() == 403);
    assertThat(
            squatter
                .client(TestBucket.REGION)
                .listObjectsV2(r -> r.bucket("support-by-name"))
                .contents())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"schema\":2}",
        "{\"schema\":1}",
        "{\"schema\":\"1\"}",
      })
  void aDocumentOfAnotherForm_isRefused(String document) {
    put(document);

    assertThatThrownBy(() -> store.find(id(1)))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("grants/" + id(1) + ".json")
        .hasMessageContaining("'support'");
    assertThatThrownBy(() -> store.isLive(id(1))).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> store.create(pending(1))).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> store.replace(pending(1), granted(pending(1))))
        .isInstanceOf(GrantStoreException.class);
  }

  @Test
  void aDocumentOfAnotherRequest_isRefused() {
    put(Documents.Grant.first(pending(2), "w").text());

    assertThatThrownBy(() -> store.find(id(1)))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("another request");
  }

  /** So deep that a parser which goes down with it would take the thread along. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"schema\":", "{\"schema\":1,\"request\":{\"a\":["})
  void aDocumentOfManyLevels_isRefused(String level) {
    put(level.repeat(200_000 / level.length()));

    assertThatThrownBy(() -> store.find(id(1)))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> store.isLive(id(1))).isInstanceOf(GrantStoreException.class);
  }

  @Test
  void aRequestTooLargeToBeReadAgain_isNotWritten() {
    AccessRequest first = pending(1);
    AccessRequest large = Requests.with(first, "x".repeat(300_000), first.state());

    assertThatThrownBy(() -> store.create(large))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("262144 bytes");
    assertThat(store.create(first)).isTrue();
    assertThatThrownBy(() -> store.replace(first, large)).isInstanceOf(GrantStoreException.class);
    assertThat(store.find(id(1))).contains(first);
  }

  /** Whichever exceptions the client was told to throw, no bucket is not the same as no grant. */
  @Test
  void withoutABucket_nothingIsAnswered() {
    bucket.world.clear();
    for (S3PrivateClient client : List.of(bucket.client, bucket.client.withAwsExceptions())) {
      S3GrantStore lost = S3GrantStore.on(client, TestBucket.BUCKET);
      assertThatThrownBy(() -> lost.find(id(1))).isInstanceOf(GrantStoreException.class);
      assertThatThrownBy(() -> lost.isLive(id(1))).isInstanceOf(GrantStoreException.class);
      assertThatThrownBy(() -> lost.requests(ACME)).isInstanceOf(GrantStoreException.class);
      assertThatThrownBy(() -> lost.create(pending(1)))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageNotContaining("other writers");
    }
  }

  @Test
  void anObjectThatIsTooLarge_isRefused() {
    put(" ".repeat(300_000));
    bucket.world.clearWireLog();

    assertThatThrownBy(() -> store.find(id(1)))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("more than 262144 bytes");
    assertThat(bucket.requests("GetObject")).hasSize(1);
  }

  @Test
  void aTimeBeyondAllCalendars_isRefused() {
    assertThatThrownBy(
            () -> store.create(pending(1, ACME, Instant.parse("+10000-01-01T00:00:00Z"))))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("Set the clock");
    assertThat(bucket.world.wireLog()).isEmpty();
  }

  @Test
  void options_outOfBounds_areRefused() {
    S3GrantStore.Builder builder = S3GrantStore.builder(bucket.client, TestBucket.BUCKET);
    assertThatThrownBy(() -> builder.livenessAge(Duration.ofMillis(901)))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("PT0.901S");
    assertThatThrownBy(() -> builder.livenessAge(Duration.ofNanos(-1)))
        .isInstanceOf(InvalidSupportAccessException.class);
    for (Duration patience : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofMinutes(6))) {
      assertThatThrownBy(() -> builder.patience(patience))
          .isInstanceOf(InvalidSupportAccessException.class)
          .hasMessageContaining(patience.toString());
    }
    assertThatThrownBy(() -> builder.keyPrefix("/x"))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("'/x'");
  }

  private static void put(String document) {
    bucket.client.putObject(
        r -> r.bucket(TestBucket.BUCKET).key("grants/" + id(1) + ".json"),
        RequestBody.fromString(document));
  }
}
