package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.InvalidContextException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Starting, closing, and what is left behind. */
class S3WorldLifecycleTest {

  private static final String A = "111122223333";

  @Test
  void start_takesAMoment(TestReporter reporter) {
    long before = System.nanoTime();
    try (S3World world = S3World.start()) {
      long started = System.nanoTime();
      world.account(A).client().createBucket(r -> r.bucket("first"));
      long called = System.nanoTime();
      reporter.publishEntry("start", Duration.ofNanos(started - before).toMillis() + " ms");
      reporter.publishEntry("first call", Duration.ofNanos(called - started).toMillis() + " ms");
      assertThat(world.endpoint().getHost()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void close_leavesNoThreadAndNoPort() throws InterruptedException {
    // Once, so that threads of the JVM and the AWS SDK that live forever are there before.
    use(S3World.start());
    Set<Thread> before = liveThreads();

    S3World world = S3World.start();
    int port = world.endpoint().getPort();
    world.failNext(r -> r.operation().equals("HeadBucket"), Fault.hang());
    Thread stuck =
        new Thread(
            () ->
                assertThatThrownBy(() -> world.account(A).client().headBucket(r -> r.bucket("any")))
                    .isInstanceOf(RuntimeException.class),
            "stuck");
    stuck.start();
    while (world.wireLog().isEmpty()) {
      Thread.sleep(5);
    }
    use(world);
    world.close();
    stuck.join(20_000);

    assertThat(stuck.isAlive()).isFalse();
    for (int i = 0; i < 100 && !leftBy(before).isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(leftBy(before)).isEmpty();
    assertThatThrownBy(() -> connect(port)).isInstanceOf(IOException.class);
  }

  @Test
  void serverThreads_areDaemons() {
    try (S3World world = S3World.start()) {
      world.account(A).client().createBucket(r -> r.bucket("any"));
      assertThat(liveThreads())
          .filteredOn(thread -> thread.getName().startsWith("ownproof-s3world"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  @Test
  void account_isAlwaysTheSameAndSaysItsId() {
    try (S3World world = S3World.start()) {
      Account account = world.account(A);
      AwsCredentialsProvider credentials = account.credentials();

      assertThat(world.account(AccountId.of(A))).isSameAs(account);
      assertThat(account.client()).isSameAs(account.client("us-east-1"));
      assertThat(credentials.resolveCredentials().accountId()).contains(A);
      assertThat(account.toString())
          .contains(A)
          .doesNotContain(credentials.resolveCredentials().secretAccessKey());
      assertThatThrownBy(() -> world.account("12")).isInstanceOf(InvalidContextException.class);
    }
  }

  @Test
  void clock_isTheOneOfTheWireLogAndOfBuckets() {
    MutableClock clock = MutableClock.at("2030-01-01T00:00:00Z");
    try (S3World world = S3World.builder().clock(clock).start()) {
      S3Client client = world.account(A).client();
      client.createBucket(r -> r.bucket("any"));
      clock.advance(Duration.ofDays(1));

      assertThat(client.listBuckets().buckets().get(0).creationDate())
          .isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
      assertThat(world.wireLog())
          .extracting(WireRequest::time)
          .containsExactly(
              Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2030-01-02T00:00:00Z"));
    }
  }

  @Test
  void clear_emptiesTheWorld() {
    try (S3World world = S3World.start()) {
      S3Client client = world.account(A).client();
      client.createBucket(r -> r.bucket("any"));
      client.putObject(r -> r.bucket("any").key("k"), RequestBody.fromString("x"));
      world.failAll(Fault.error(503));

      world.clear();

      assertThat(world.wireLog()).isEmpty();
      assertThat(client.listBuckets().buckets()).isEmpty();
      world.account("444455556666").client().createBucket(r -> r.bucket("any"));
      assertThat(
              world.account("444455556666").client().listObjectsV2(r -> r.bucket("any")).contents())
          .isEmpty();
    }
  }

  @Test
  @ExtendWith(S3WorldExtension.class)
  void extension_givesAWorldAsParameter(S3World world, TestInfo info) {
    assertThat(world.account(A).client().listBuckets().buckets()).isEmpty();
    assertThat(info.getDisplayName()).contains("S3World");
  }

  private static void use(S3World world) {
    try (world) {
      S3Client client = world.account(A).client();
      client.createBucket(r -> r.bucket("any"));
      client.putObject(r -> r.bucket("any").key("k"), RequestBody.fromString("x"));
    }
  }

  private static Set<Thread> liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .collect(Collectors.toSet());
  }

  private static Set<Thread> leftBy(Set<Thread> before) {
    Set<Thread> left = liveThreads();
    left.removeAll(before);
    return left;
  }

  private static void connect(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    }
  }
}
