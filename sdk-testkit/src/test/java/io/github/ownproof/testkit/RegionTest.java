package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket is in one region, and tells those who ask in another. */
class RegionTest {

  private static final String A = "111122223333";

  @RegisterExtension
  static final S3WorldExtension s3 =
      S3WorldExtension.create(
          S3World.builder()
              .defaultRegion("eu-west-1")
              .regions("us-east-1", "eu-west-1", "eu-central-1"));

  @BeforeAll
  static void bucket() {
    s3.account(A).client().createBucket(r -> r.bucket("dublin"));
    s3.account(A).client("us-east-1").createBucket(r -> r.bucket("virginia"));
  }

  @Test
  void location_isWhereItWasCreated() {
    S3Client client = s3.account(A).client();

    assertThat(client.getBucketLocation(r -> r.bucket("dublin")).locationConstraint())
        .isEqualTo(BucketLocationConstraint.EU_WEST_1);
    assertThat(client.headBucket(r -> r.bucket("dublin")).bucketRegion()).isEqualTo("eu-west-1");
    assertThat(
            s3.account(A)
                .client("us-east-1")
                .getBucketLocation(r -> r.bucket("virginia"))
                .locationConstraintAsString())
        .isNullOrEmpty();
    // The one call that answers across regions.
    assertThat(
            s3.account(A)
                .client("us-east-1")
                .getBucketLocation(r -> r.bucket("dublin"))
                .locationConstraint())
        .isEqualTo(BucketLocationConstraint.EU_WEST_1);
  }

  @Test
  void requestSignedForTheGlobalEndpoint_isToldTheRegionWith400() {
    HttpResponse<String> get = new BareClient(s3.world(), A).send("GET", "/dublin/k");
    HttpResponse<String> head = new BareClient(s3.world(), A).send("HEAD", "/dublin");

    assertThat(get.statusCode()).isEqualTo(400);
    assertThat(get.body())
        .contains("<Code>AuthorizationHeaderMalformed</Code>")
        .contains("<Region>eu-west-1</Region>");
    assertThat(head.statusCode()).isEqualTo(400);
    assertThat(head.headers().firstValue("x-amz-bucket-region")).contains("eu-west-1");
  }

  @Test
  void requestSignedForAnotherRegion_isRedirected() {
    HttpResponse<String> get =
        new BareClient(s3.world(), A).region("eu-central-1").send("GET", "/dublin/k");

    assertThat(get.statusCode()).isEqualTo(301);
    assertThat(get.body()).contains("<Code>PermanentRedirect</Code>");
    assertThat(get.headers().firstValue("x-amz-bucket-region")).contains("eu-west-1");
  }

  @Test
  void crossRegionClient_findsTheBucket() {
    try (S3Client client =
        s3.account(A)
            .configure(S3Client.builder(), "us-east-1")
            .crossRegionAccessEnabled(true)
            .build()) {
      client.putObject(r -> r.bucket("dublin").key("k"), RequestBody.fromString("x"));

      assertThat(client.getObjectAsBytes(r -> r.bucket("dublin").key("k")).asUtf8String())
          .isEqualTo("x");
    }
  }

  @Test
  void createBucket_wrongLocation_is400() {
    S3Client dublin = s3.account(A).client();
    S3Client virginia = s3.account(A).client("us-east-1");

    assertThatThrownBy(
            () ->
                dublin.createBucket(
                    r ->
                        r.bucket("elsewhere")
                            .createBucketConfiguration(c -> c.locationConstraint("eu-central-1"))))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("IllegalLocationConstraintException"));
    assertThatThrownBy(
            () ->
                virginia.createBucket(
                    r ->
                        r.bucket("elsewhere")
                            .createBucketConfiguration(
                                c -> c.locationConstraint("ap-northeast-1"))))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidLocationConstraint"));
    assertThat(new BareClient(s3.world(), A).region("eu-west-1").send("PUT", "/elsewhere").body())
        .contains("IllegalLocationConstraintException");
    virginia.createBucket(
        r ->
            r.bucket("elsewhere")
                .createBucketConfiguration(c -> c.locationConstraint("eu-central-1")));
    assertThat(s3.world().bucketRegion("elsewhere")).contains("eu-central-1");
  }
}
