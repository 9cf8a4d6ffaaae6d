package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.lifecycle.NameReleaseException;
import io.github.ownproof.s3.lifecycle.PublicAccessRefusedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.PutBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;
import software.amazon.awssdk.services.s3.model.TargetGrant;

/**
 * Three look at a request: the private client, the interceptor and the gate. Each refuses alone, so
 * that none leans on another.
 */
class PublicAccessLooksTest {

  private static final String BUCKET = "my-app-assets";

  private final PrivateBuckets buckets =
      PrivateBuckets.builder()
          .context(ExecutionContext.of("111122223333", "eu-west-1"))
          .trust("inbox", "acme-inbox", AccountId.of("444455556666"), "eu-west-1")
          .build();
  private final Guard client = Guard.over(buckets);
  private final OwnerInterceptor interceptor =
      new OwnerInterceptor(buckets, new OwnerGate(buckets, OwnerGate.Signing.BY_SDK));

  static Stream<AwsRequest> opening() {
    return Stream.of(
        PutBucketWebsiteRequest.builder().bucket(BUCKET).build(),
        DeletePublicAccessBlockRequest.builder().bucket(BUCKET).build(),
        DeleteBucketOwnershipControlsRequest.builder().bucket(BUCKET).build(),
        PutPublicAccessBlockRequest.builder().bucket(BUCKET).build(),
        PutBucketOwnershipControlsRequest.builder()
            .bucket(BUCKET)
            .ownershipControls(
                c ->
                    c.rules(
                        OwnershipControlsRule.builder()
                            .objectOwnership(ObjectOwnership.OBJECT_WRITER)
                            .build()))
            .build(),
        CreateBucketRequest.builder()
            .bucket(BUCKET)
            .objectOwnership(ObjectOwnership.OBJECT_WRITER)
            .build(),
        PutBucketPolicyRequest.builder()
            .bucket(BUCKET)
            .policy(
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
                    + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}}")
            .build(),
        PutBucketLoggingRequest.builder()
            .bucket(BUCKET)
            .bucketLoggingStatus(
                s ->
                    s.loggingEnabled(
                        l ->
                            l.targetBucket(BUCKET)
                                .targetPrefix("logs")
                                .targetGrants(TargetGrant.builder().permission("READ").build())))
            .build(),
        RestoreObjectRequest.builder()
            .bucket(BUCKET)
            .key("k")
            .restoreRequest(
                r -> r.outputLocation(o -> o.s3(s -> s.bucketName("elsewhere").prefix("p"))))
            .build());
  }

  @ParameterizedTest
  @MethodSource("opening")
  void client_requestThatOpens_isRefused(AwsRequest request) {
    assertThatThrownBy(() -> client.prepare(request))
        .isInstanceOf(PublicAccessRefusedException.class);
  }

  @ParameterizedTest
  @MethodSource("opening")
  void interceptor_requestThatOpens_isRefused(AwsRequest request) {
    assertThatThrownBy(() -> intercept(request)).isInstanceOf(PublicAccessRefusedException.class);
  }

  @ParameterizedTest
  @MethodSource("opening")
  void gate_requestThatOpens_isRefused(AwsRequest request) {
    S3Operation operation = S3Operation.of(request);
    PrivateBucket bucket = buckets.resolve(BUCKET);

    assertThatThrownBy(() -> PublicAccess.checkAgain(operation, request, bucket))
        .isInstanceOf(PublicAccessRefusedException.class);
  }

  @Test
  void clientAndInterceptor_deletionThatFreesAName_isRefused() {
    AwsRequest deletion = DeleteBucketRequest.builder().bucket("inbox").build();

    assertThat(S3Operation.of(deletion).freesName()).isTrue();
    assertThatThrownBy(() -> client.prepare(deletion)).isInstanceOf(NameReleaseException.class);
    assertThatThrownBy(() -> intercept(deletion)).isInstanceOf(NameReleaseException.class);
  }

  private void intercept(AwsRequest request) {
    Context.ModifyRequest context = () -> request;
    Object unused = interceptor.modifyRequest(context, new ExecutionAttributes());
  }
}
