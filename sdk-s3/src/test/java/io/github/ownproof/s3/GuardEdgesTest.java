package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.testkit.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Where a guard is easily lost or a caller left alone: odd clients, odd moments, odd answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardEdgesTest {

  private TestWorld world;
  private S3PrivateClient s3;

  @BeforeAll
  void start() {
    world = new TestWorld();
    s3 = world.sync().build();
    s3.createBucket(r -> r.bucket("assets"));
    for (String bucket : List.of("acme-inbox", "our-inbox")) {
      (bucket.startsWith("our") ? world.us : world.squatter)
          .client(TestWorld.REGION)
          .createBucket(
              r ->
                  r.bucket(bucket)
                      .createBucketConfiguration(c -> c.locationConstraint(TestWorld.REGION)));
    }
  }

  @AfterAll
  void stop() {
    s3.close();
    world.close();
  }

  @BeforeEach
  void clear() {
    world.s3.clearWireLog();
  }

  @AfterEach
  void heal() {
    world.s3.clearFaults();
  }

  private static ExecutionContext here() {
    return ExecutionContext.of(TestWorld.US, TestWorld.REGION);
  }

  private PrivateBuckets.Builder buckets() {
    return PrivateBuckets.builder().context(here());
  }

  @Test
  void wrap_aProxyAroundAClient_isRefused() {
    S3Client raw = world.us.client(TestWorld.REGION);
    S3Client proxy =
        (S3Client)
            Proxy.newProxyInstance(
                S3Client.class.getClassLoader(),
                new Class<?>[] {S3Client.class},
                (self, method, arguments) -> {
                  try {
                    return method.invoke(raw, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    assertThatThrownBy(() -> S3PrivateClient.wrap(proxy, world.buckets).close())
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("S3_CLIENT_UNGUARDABLE");
  }

  @Test
  void wrap_declaredDirectoryBucket_opensNoSession() {
    PrivateBuckets fast =
        buckets().trust("fast", "fast--euw1-az1--x-s3", world.us.id(), TestWorld.REGION).build();
    try (S3Client raw = world.us.configure(S3Client.builder(), TestWorld.REGION).build();
        S3AsyncClient crt = world.us.configure(S3AsyncClient.crtBuilder()).build();
        S3PrivateClient wrapped = S3PrivateClient.wrap(raw, fast);
        S3PrivateAsyncClient wrappedCrt = S3PrivateAsyncClient.wrap(crt, fast)) {
      assertThatThrownBy(() -> wrapped.getObjectAsBytes(r -> r.bucket("fast").key("k")))
          .isInstanceOf(UnguardedRequestException.class)
          .hasMessageContaining("session");
      assertThatThrownBy(() -> wrappedCrt.headObject(r -> r.bucket("fast").key("k")).join())
          .hasCauseInstanceOf(UnguardedRequestException.class);
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void anonymousCrtClient_isStopped() {
    try (S3PrivateAsyncClient crt =
        world.crt().credentialsProvider(AnonymousCredentialsProvider.create()).build()) {
      assertThat(crt.putObject(r -> r.bucket("assets").key("k"), AsyncRequestBody.fromString("x")))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .withCauseInstanceOf(UnguardedRequestException.class);
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void createBucket_signedByAnotherAccount_isStopped() {
    PrivateBuckets global = buckets().naming(BucketNaming.suffixed("un1que1d")).build();
    try (S3PrivateClient client = world.sync().buckets(global).build()) {
      assertThatThrownBy(
              () ->
                  client.createBucket(
                      r ->
                          r.bucket("mine")
                              .overrideConfiguration(
                                  o -> o.credentialsProvider(world.squatter.credentials()))))
          .isInstanceOf(UnguardedRequestException.class)
          .hasMessageContaining(TestWorld.SQUATTER);
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void bucketsWithoutContext_areThoseOfTheClientsCredentials() {
    System.setProperty("aws.region", TestWorld.REGION);
    System.setProperty("aws.accessKeyId", "AKIADEFAULTCHAIN");
    System.setProperty("aws.secretAccessKey", "x");
    System.setProperty("aws.accountId", TestWorld.SQUATTER);
    try (S3PrivateClient client =
        world
            .sync()
            .buckets(PrivateBuckets.builder().adopt("inbox", "our-inbox").build())
            .build()) {
      assertThat(client.buckets().resolve("inbox").owner().value()).isEqualTo(TestWorld.US);
    } finally {
      for (String name :
          List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey", "aws.accountId")) {
        System.clearProperty(name);
      }
    }
  }

  @Test
  void keyThatClimbsOutOfTheBucket_isStopped() {
    for (String key : List.of("../other/k", "a/../../other/k")) {
      assertThatThrownBy(() -> s3.headObject(r -> r.bucket("assets").key(key)))
          .isInstanceOf(UnguardedRequestException.class);
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void denied_whileTheContextCannotBeTold_stillCompletes() {
    AtomicBoolean down = new AtomicBoolean();
    PrivateBuckets unsteady =
        PrivateBuckets.builder()
            .context(
                () -> {
                  if (down.get()) {
                    throw new IllegalStateException("the credentials' endpoint is down");
                  }
                  return here();
                })
            .build();
    try (S3PrivateAsyncClient async = world.async().buckets(unsteady).build()) {
      async.headBucket(r -> r.bucket("assets")).join();
      world.s3.failNext(
          request -> {
            down.set(true);
            return true;
          },
          Fault.error(403, "AccessDenied"));
      assertThat(async.listObjectsV2(r -> r.bucket("assets")))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withCauseInstanceOf(BucketOwnershipException.class);
    }
  }

  @Test
  void coldBurst_discoversOnOneThread_andFailuresAreNotWrapped() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    PrivateBuckets slow =
        PrivateBuckets.builder()
            .context(
                () -> {
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return here();
                })
            .build();
    try (S3PrivateAsyncClient async = world.async().buckets(slow).build()) {
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(async.headBucket(r -> r.bucket("assets")));
      }
      CompletableFuture<?> cancelled = async.headBucket(r -> r.bucket("assets"));
      CompletableFuture<?> bad = async.headBucket(r -> r.bucket("a.b"));
      assertThat(cancelled.cancel(true)).isTrue();
      assertThat(
              Thread.getAllStackTraces().keySet().stream()
                  .filter(thread -> thread.getName().equals("ownproof-discovery")))
          .hasSizeLessThanOrEqualTo(1);
      go.countDown();
      calls.forEach(CompletableFuture::join);
      Throwable raw = bad.handle((answer, failure) -> failure).get(10, TimeUnit.SECONDS);
      assertThat(raw).isInstanceOf(BucketNameException.class);
    }
    assertThat(world.s3.wireLog()).hasSize(50);
  }

  @Test
  void discoveryAfterClose_sendsNothing() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    PrivateBuckets slow =
        PrivateBuckets.builder()
            .context(
                () -> {
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return here();
                })
            .build();
    try (S3AsyncClient raw =
        world.us.configure(S3AsyncClient.builder(), TestWorld.REGION).build()) {
      CompletableFuture<?> call;
      try (S3PrivateAsyncClient wrapped = S3PrivateAsyncClient.wrap(raw, slow)) {
        call = wrapped.headBucket(r -> r.bucket("assets"));
      }
      go.countDown();
      assertThat(call)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withCauseInstanceOf(IllegalStateException.class);
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void waiter_whoseClientIsClosed_completes() {
    CompletableFuture<?> waiting;
    try (S3PrivateAsyncClient async = world.async().build()) {
      waiting = async.waiter().waitUntilObjectExists(r -> r.bucket("assets").key("never"));
      while (world.requests("HeadObject").stream().noneMatch(r -> r.status() == 404)) {
        Thread.onSpinWait();
      }
    }
    assertThat(LifetimeTest.failureOf(waiting)).isNotNull();
  }

  @Test
  void diagnose_ofAPartnersBucket_accusesNobody() {
    PrivateBuckets partners =
        buckets()
            .trust("theirs", "acme-inbox", TestWorld.squatterId(), TestWorld.REGION)
            .trust("mistaken", "our-inbox", TestWorld.squatterId(), TestWorld.REGION)
            .build();
    try (S3PrivateClient client = world.sync().buckets(partners).build();
        S3PrivateAsyncClient async = world.async().buckets(partners).build()) {
      assertThat(client.diagnose("theirs").state()).isEqualTo(BucketDiagnosis.State.UNKNOWN);
      assertThat(async.diagnose("theirs").join().state()).isEqualTo(BucketDiagnosis.State.UNKNOWN);
      assertThat(client.diagnose("mistaken").state()).isEqualTo(BucketDiagnosis.State.FOREIGN);
    }
  }

  @Test
  void diagnose_withAnUnknownKey_doesNotBlameAPermission() {
    world.s3.failAll(Fault.error(403, "InvalidAccessKeyId"));
    assertThatThrownBy(() -> s3.diagnose("assets"))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAccessKeyId"));
  }

  @Test
  void withAwsExceptions_holdsForCopiesOfTheCrtClient() {
    world.s3.failAll(r -> r.operation().equals("HeadObject"), Fault.error(403, "AccessDenied"));
    try (S3PrivateAsyncClient crt = world.crt().build()) {
      Throwable failure =
          catchThrowable(
              () ->
                  crt.withAwsExceptions()
                      .copyObject(
                          r ->
                              r.sourceBucket("assets")
                                  .sourceKey("k")
                                  .destinationBucket("assets")
                                  .destinationKey("c"))
                      .join());
      assertThat(failure).hasCauseInstanceOf(S3Exception.class);
    }
  }

  @Test
  void denied_inAnotherRegion_namesThePrivateId_andSurvivesSerialisation() throws Exception {
    s3.createBucket(r -> r.bucket("arn:aws:s3:us-east-1:111122223333:far"));
    world.s3.failNext(Fault.error(403, "AccessDenied"));
    Throwable denied =
        catchThrowable(
            () -> s3.listObjectsV2(r -> r.bucket("arn:aws:s3:us-east-1:111122223333:far")));
    assertThat(denied)
        .isInstanceOf(BucketOwnershipException.class)
        .hasMessageContaining("diagnose(\"arn:aws:s3:us-east-1:111122223333:far\")")
        .hasCauseInstanceOf(S3Exception.class);
    BucketAbsentException absent =
        (BucketAbsentException) catchThrowable(() -> s3.headBucket(r -> r.bucket("absent")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(absent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((BucketAbsentException) in.readObject()).privateName()).isEqualTo("absent");
    }
  }

  @Test
  void close_oneThatFails_keepsNoOtherOpen() {
    AtomicBoolean closed = new AtomicBoolean();
    SdkAutoCloseable failing =
        () -> {
          throw new IllegalStateException("cannot");
        };
    Lifetime lifetime = Lifetime.closing(List.of(failing, () -> closed.set(true)));
    assertThatThrownBy(lifetime::close).hasMessage("cannot");
    assertThat(closed).isTrue();
  }
}
