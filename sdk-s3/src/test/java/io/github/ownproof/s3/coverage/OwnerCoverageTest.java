package io.github.ownproof.s3.coverage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ownproof.s3.UnguardedRequestException;
import io.github.ownproof.s3.lifecycle.PublicAccessRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Every operation of the AWS SDK's S3 model, through every kind of client, down to the wire: it
 * leaves with the owner of its bucket, or it does not leave.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class OwnerCoverageTest {

  /** Larger than a part, so that a client which splits uploads does. */
  private static final byte[] BODY = new byte[Answers.OBJECT_SIZE];

  private static final Set<String> TRANSFERS = Set.of("PutObject", "GetObject", "CopyObject");
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

  private final NavigableMap<String, Class<? extends S3Request>> operations = S3Model.operations();
  private final NavigableMap<String, Expectation> expectations = Expectation.all();
  private final CoverageReport report = new CoverageReport();
  private final RecordingServer server = new RecordingServer();
  private final Map<ClientKind, Object> clients = new EnumMap<>(ClientKind.class);
  private final List<SdkAutoCloseable> closing = new ArrayList<>();

  @AfterAll
  void reportAndClose() {
    report.write();
    System.out.println(String.join("\n", report.table()));
    closing.forEach(SdkAutoCloseable::close);
    server.close();
  }

  @Test
  @Order(1)
  void everyOperationOfTheSdk_isListed() {
    Set<String> unlisted = new TreeSet<>(operations.keySet());
    unlisted.removeAll(expectations.keySet());
    assertThat(unlisted)
        .as(
            "Operations that are new in AWS SDK %s. For each: does it reach a bucket, and can its"
                + " request carry that bucket's owner (expectedBucketOwner)? Then S3Operation owns"
                + " it by itself; if not, name it in S3Operation, among those that reach no bucket"
                + " or those that are refused, with the reason. Then add it to operations.txt.",
            S3Model.sdkVersion())
        .isEmpty();
  }

  @Test
  @Order(1)
  void everyListedOperation_isInTheSdk_unlessTheSdkIsOlderThanTheList() {
    assumeTrue(
        version(S3Model.sdkVersion()) >= version(Expectation.sdkVersion()),
        "an older AWS SDK lacks the operations that were added since");
    assertThat(operations.keySet())
        .as("AWS SDK %s has lost operations: take them out of operations.txt", S3Model.sdkVersion())
        .containsAll(expectations.keySet());
  }

  @TestFactory
  @Order(2)
  Stream<DynamicNode> everyCall_leavesOwnedOrNotAtAll() {
    return Arrays.stream(ClientKind.values())
        .map(
            kind ->
                DynamicContainer.dynamicContainer(
                    kind.label(),
                    operations.keySet().stream()
                        .filter(expectations::containsKey)
                        .map(
                            operation ->
                                DynamicTest.dynamicTest(
                                    kind.label() + ' ' + operation,
                                    () -> check(kind, expectations.get(operation))))));
  }

  @Test
  @Order(3)
  void readme_quotesTheseCounts() throws IOException {
    Path readme = Path.of("..", "README.md");
    assumeTrue(Files.exists(readme), "no README yet");
    assumeTrue(
        S3Model.sdkVersion().equals(Expectation.sdkVersion()),
        "the counts are those of the AWS SDK we build against");
    assertThat(Files.readAllLines(readme, UTF_8))
        .as("README.md must quote sdk-s3/target/owner-coverage.md as it is")
        .containsAll(report.table());
  }

  private void check(ClientKind kind, Expectation expected) {
    Class<? extends S3Request> type = operations.get(expected.operation());
    Optional<S3Call> call = S3Call.of(kind.api(), expected.operation(), type);
    assertThat(call.isEmpty())
        .as("%s has no method for %s", kind.api().getSimpleName(), expected.operation())
        .isEqualTo(expected.asyncOnly() && kind.api().getSimpleName().equals("S3Client"));
    if (call.isEmpty()) {
      return;
    }
    Object client = clients.computeIfAbsent(kind, one -> one.open(server, closing::add));
    String bucket = "coverage-bucket-" + operations.headMap(expected.operation()).size();
    S3Request request =
        SampleRequests.of(type, new SampleRequests.Names(bucket, CoverageWorld.SOURCE));
    List<WireRequest> earlier = server.take();
    assertThat(earlier).as("requests that came after their call had ended").isEmpty();
    Optional<Throwable> failure =
        assertTimeoutPreemptively(LONGEST_CALL, () -> call.get().on(client, request, BODY));
    List<WireRequest> requests = server.take();
    Outcome outcome = observe(expected.kind(), new WireCheck(bucket), requests, failure);
    if (kind.splitsTransfers() && TRANSFERS.contains(expected.operation())) {
      assertThat(requests).as("the requests of a large transfer").hasSizeGreaterThan(1);
    }
    report.add(expected.operation(), kind, outcome);
  }

  private static Outcome observe(
      Expectation.Kind kind,
      WireCheck check,
      List<WireRequest> requests,
      Optional<Throwable> failure) {
    if (kind == Expectation.Kind.REFUSED) {
      assertThat(requests).as("requests of a refused operation").isEmpty();
      assertThat(refusal(failure)).as("a refusal, in %s", failure).isPresent();
      return kind.outcome();
    }
    if (requests.isEmpty()) {
      throw new AssertionError("No request left, and no refusal says why", failure.orElse(null));
    }
    switch (kind) {
      case OWNED -> requests.forEach(check::owned);
      case COPY -> {
        requests.forEach(check::owned);
        WireCheck.copies(requests);
      }
      case CREATE -> requests.forEach(check::creates);
      case NO_BUCKET -> requests.forEach(check::reachesNoBucket);
      case REFUSED -> throw new AssertionError("dealt with above");
    }
    return kind.outcome();
  }

  private static Optional<Throwable> refusal(Optional<Throwable> failure) {
    return failure.stream()
        .flatMap(thrown -> Stream.iterate(thrown, one -> one != null, Throwable::getCause))
        .filter(
            thrown ->
                thrown instanceof UnguardedRequestException
                    || thrown instanceof PublicAccessRefusedException)
        .findFirst();
  }

  private static long version(String text) {
    return Arrays.stream(text.split("[.-]", -1))
        .limit(3)
        .mapToLong(Long::parseLong)
        .reduce(0, (sum, part) -> sum * 10_000 + part);
  }
}
