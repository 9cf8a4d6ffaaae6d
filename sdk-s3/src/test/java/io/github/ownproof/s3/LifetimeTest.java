package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.s3.waiters.S3AsyncWaiter;
import software.amazon.awssdk.utils.SdkAutoCloseable;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifetimeTest {

  private TestWorld world;

  @BeforeAll
  void start() {
    world = new TestWorld();
    try (S3PrivateClient s3 = world.sync().build()) {
      s3.createBucket(r -> r.bucket("my-app-assets"));
    }
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void building_doesNoInputOrOutput() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer metadata =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    metadata.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    metadata.start();
    System.setProperty(
        "aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:" + metadata.getAddress().getPort());
    System.setProperty("aws.disableEc2Metadata", "false");
    try {
      S3PrivateClient.create().close();
      S3PrivateAsyncClient.create().close();
      S3PrivateAsyncClient.builder().crt(b -> {}).build().close();
      assertThat(PrivateBuckets.builder().build().toString()).isNotEmpty();
      assertThat(requests).hasValue(0);
      try (S3PrivateClient s3 = S3PrivateClient.create()) {
        assertThatThrownBy(s3::listBuckets).isInstanceOf(ExecutionContextException.class);
      }
      assertThat(requests.get()).isPositive();
    } finally {
      System.setProperty("aws.disableEc2Metadata", "true");
      System.clearProperty("aws.ec2MetadataServiceEndpoint");
      metadata.stop(0);
    }
  }

  @Test
  void close_thenUse_saysThatItIsClosed() {
    S3PrivateClient s3 = world.sync().build();
    S3PrivateAsyncClient async = world.async().build();
    s3.close();
    async.close();
    assertThatThrownBy(() -> s3.headBucket(r -> r.bucket("my-app-assets")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(async.headBucket(r -> r.bucket("my-app-assets")))
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(async::waiter).isInstanceOf(IllegalStateException.class);
    assertThatCode(
            () -> {
              s3.close();
              async.close();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void close_ofAClientNeverUsed_isFine() {
    S3PrivateClient lazy =
        S3PrivateClient.builder().buckets(PrivateBuckets.builder().build()).build();
    lazy.close();
    assertThatThrownBy(() -> lazy.headBucket(r -> r.bucket("my-app-assets")))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Credentials that somebody else looks after. */
  private static final class Lent implements AwsCredentialsProvider, SdkAutoCloseable {

    private final AwsCredentialsProvider credentials;
    private final AtomicInteger closed = new AtomicInteger();

    Lent(AwsCredentialsProvider credentials) {
      this.credentials = credentials;
    }

    @Override
    public AwsCredentials resolveCredentials() {
      return credentials.resolveCredentials();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void close_leavesWhatWasPassedInOpen() {
    Lent lent = new Lent(world.us.credentials());
    try (S3PrivateClient s3 = world.sync().credentialsProvider(lent).build();
        S3PrivateAsyncClient wrapped =
            S3PrivateAsyncClient.wrap(
                world.async().credentialsProvider(lent).build(), world.buckets)) {
      var unused = s3.headBucket(r -> r.bucket("my-app-assets"));
      wrapped.headBucket(r -> r.bucket("my-app-assets")).join();
    }
    assertThat(lent.closed).hasValue(0);
  }

  @Test
  void close_endsEveryThreadThatWasStarted() throws Exception {
    useEachKindOnce();
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    useEachKindOnce();
    Instant end = Instant.now().plusSeconds(20);
    List<Thread> left = startedSince(before);
    while (!left.isEmpty() && Instant.now().isBefore(end)) {
      left.get(0).join(500);
      left = startedSince(before);
    }
    assertThat(left).isEmpty();
  }

  private void useEachKindOnce() {
    try (S3PrivateClient s3 = world.sync().build();
        S3PrivateAsyncClient async = world.multipart().build();
        S3AsyncWaiter waiter = async.waiter()) {
      var unused = s3.headBucket(r -> r.bucket("my-app-assets"));
      waiter.waitUntilBucketExists(r -> r.bucket("my-app-assets")).join();
    }
  }

  /** The world serves from a pool of its own, whose threads come and go. */
  private static List<Thread> startedSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> !thread.getName().startsWith("S3Proxy"))
        .filter(thread -> !thread.getName().startsWith("ownproof-s3world"))
        .filter(thread -> !thread.getName().startsWith("qtp"))
        .toList();
  }

  /** Takes each request, and answers none. */
  private static final class Silent implements SdkAsyncHttpClient {

    private final List<CompletableFuture<Void>> taken = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      taken.add(answer);
      return answer;
    }

    @Override
    public void close() {}
  }

  @Test
  void cancelledFuture_cancelsTheCall() {
    Silent http = new Silent();
    try (S3PrivateAsyncClient async = world.async().configure(b -> b.httpClient(http)).build()) {
      CompletableFuture<?> call = async.headBucket(r -> r.bucket("my-app-assets"));
      while (http.taken.isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(call.cancel(true)).isTrue();
      assertThat(failureOf(http.taken.get(0))).isNotNull();
    }
  }

  /** Unlike {@code failsWithin}, does not take a future that never completes for one that fails. */
  static Throwable failureOf(CompletableFuture<?> future) {
    return future.handle((value, failure) -> failure).orTimeout(10, TimeUnit.SECONDS).join();
  }
}
