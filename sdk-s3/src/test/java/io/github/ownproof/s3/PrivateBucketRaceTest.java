package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.s3.internal.lifecycle.BucketCreation;
import io.github.ownproof.s3.internal.lifecycle.BucketHost;
import io.github.ownproof.s3.lifecycle.BucketSettingException;
import io.github.ownproof.s3.lifecycle.PolicyConflictException;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Outcome;
import io.github.ownproof.testkit.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;

/** Somebody else changes the bucket at the same time, or S3 is slow to agree with itself. */
class PrivateBucketRaceTest {

  private static final String PHYSICAL = "my-app-assets-111122223333-eu-west-1-an";
  private static final PrivateBucketPlan PLAN = PrivateBucketPlan.of("my-app-assets");

  private final TestWorld world = new TestWorld();
  private final S3Client raw = world.us.client(TestWorld.REGION);
  private final List<Duration> pauses = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  private ExecutionInterceptor after(Class<?> request, Consumer<S3Client> rival) {
    return new ExecutionInterceptor() {
      @Override
      public void afterExecution(
          Context.AfterExecution context, ExecutionAttributes executionAttributes) {
        if (request.isInstance(context.request())) {
          rival.accept(raw);
        }
      }
    };
  }

  private S3PrivateClient client(ExecutionInterceptor interceptor) {
    return world
        .sync()
        .configure(b -> b.overrideConfiguration(o -> o.addExecutionInterceptor(interceptor)))
        .build();
  }

  /** The client's own host, whose pauses are noted and do not take time. */
  private ProvisionedBucket create(S3PrivateClient s3, Runnable atEachPause) {
    LifecycleHost host =
        new LifecycleHost(s3, world.buckets, b -> Diagnosis.of(s3.withAwsExceptions(), b), null);
    BucketHost hurried =
        (BucketHost)
            Proxy.newProxyInstance(
                BucketHost.class.getClassLoader(),
                new Class<?>[] {BucketHost.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("pause")) {
                    pauses.add((Duration) args[0]);
                    atEachPause.run();
                    return null;
                  }
                  try {
                    return method.invoke(host, args);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new BucketCreation(hurried).create(PLAN);
  }

  private static void losePolicy(S3Client raw) {
    raw.deleteBucketPolicy(r -> r.bucket(PHYSICAL));
  }

  @Test
  void policyOverwrittenOnce_isWrittenAgain() {
    int[] left = {1};
    try (S3PrivateClient s3 =
        client(
            after(
                PutBucketPolicyRequest.class,
                other -> {
                  if (left[0]-- > 0) {
                    losePolicy(other);
                  }
                }))) {
      assertThat(create(s3, () -> {}).outcome()).isEqualTo(Outcome.CREATED);
    }
    assertThat(world.requests("PutBucketPolicy")).hasSize(2);
    new PrivateState(world, PHYSICAL, TestWorld.REGION).assertPrivate();
  }

  @Test
  void policyOverwrittenEachTime_isReported() {
    try (S3PrivateClient s3 =
        client(after(PutBucketPolicyRequest.class, PrivateBucketRaceTest::losePolicy))) {
      assertThatThrownBy(() -> create(s3, () -> {}))
          .isInstanceOf(PolicyConflictException.class)
          .hasMessageContaining("It is now none");
    }
    assertThat(world.requests("PutBucketPolicy")).hasSize(2);
    assertThat(world.requests("PutBucketEncryption")).isEmpty();
  }

  @Test
  void settingChangedBackEachTime_isReported() {
    try (S3PrivateClient s3 =
        client(
            after(
                PutBucketVersioningRequest.class,
                other ->
                    other.putBucketVersioning(
                        r ->
                            r.bucket(PHYSICAL)
                                .versioningConfiguration(v -> v.status("Suspended")))))) {
      assertThatThrownBy(() -> create(s3, () -> {}))
          .isInstanceOf(BucketSettingException.class)
          .hasMessageContaining("S3_SETTING_NOT_KEPT")
          .hasMessageContaining("still shows Suspended");
    }
    assertThat(pauses).hasSize(12).contains(Duration.ofMillis(100), Duration.ofMillis(3200));
  }

  @Test
  void settingThatShowsLate_isWaitedFor_andNotWrittenAgain() {
    String[] late = new String[1];
    try (S3PrivateClient s3 =
        client(
            after(
                PutBucketPolicyRequest.class,
                other -> {
                  late[0] = other.getBucketPolicy(r -> r.bucket(PHYSICAL)).policy();
                  losePolicy(other);
                }))) {
      ProvisionedBucket made =
          create(s3, () -> raw.putBucketPolicy(r -> r.bucket(PHYSICAL).policy(late[0])));
      assertThat(made.outcome()).isEqualTo(Outcome.CREATED);
    }
    assertThat(pauses).containsExactly(Duration.ofMillis(100));
  }

  @Test
  void policyThatCannotBeRead_stopsEverything() {
    try (S3PrivateClient s3 = world.sync().build()) {
      var unused = s3.createPrivateBucket(PLAN);
    }
    raw.deletePublicAccessBlock(r -> r.bucket(PHYSICAL));
    world.s3.clearWireLog();
    ExecutionInterceptor garbage =
        new ExecutionInterceptor() {
          @Override
          public Optional<InputStream> modifyHttpResponseContent(
              Context.ModifyHttpResponse context, ExecutionAttributes executionAttributes) {
            return context.request() instanceof GetBucketPolicyRequest
                ? Optional.of(
                    new ByteArrayInputStream("{\"Statement\"".getBytes(StandardCharsets.UTF_8)))
                : context.responseBody();
          }
        };
    try (S3PrivateClient s3 = client(garbage)) {
      assertThatThrownBy(() -> s3.createPrivateBucket(PLAN))
          .isInstanceOf(BucketSettingException.class)
          .hasMessageContaining("S3_POLICY_UNREADABLE")
          .hasMessageContaining("was not touched");
    }
    assertThat(PrivateState.writes(world)).extracting(WireRequest::operation).isEmpty();
  }
}
