package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A policy opens a bucket, and closes it, as far as it says and no further. */
class BucketPolicyTest {

  private static final String A = "111122223333";
  private static final String B = "444455556666";
  private static final String C = "777788889999";

  @RegisterExtension
  static final S3WorldExtension s3 = S3WorldExtension.create().clearedBeforeEach();

  private S3Client a;
  private S3Client b;

  @BeforeEach
  void bucket() {
    a = s3.account(A).client();
    b = s3.account(B).client();
    a.createBucket(r -> r.bucket("app"));
    a.putObject(r -> r.bucket("app").key("in/k"), RequestBody.fromString("x"));
    a.putObject(r -> r.bucket("app").key("out/k"), RequestBody.fromString("x"));
  }

  @Test
  void withoutPolicy_othersAreDeniedEverything() {
    denied(() -> b.headBucket(r -> r.bucket("app")));
    denied(() -> b.getObjectAsBytes(r -> r.bucket("app").key("in/k")));
    denied(() -> b.putObject(r -> r.bucket("app").key("k"), RequestBody.fromString("x")));
    denied(() -> b.deleteObject(r -> r.bucket("app").key("in/k")));
    denied(() -> b.getBucketLocation(r -> r.bucket("app")));
    denied(
        () -> b.putBucketPolicy(r -> r.bucket("app").policy(BucketPolicy.openToEveryone("app"))));
    denied(
        () ->
            b.copyObject(
                r ->
                    r.sourceBucket("app")
                        .sourceKey("in/k")
                        .destinationBucket("app")
                        .destinationKey("k")));
    assertThat(
            new BareClient(s3.world(), A)
                .sendUnsigned("GET", s3.endpoint().resolve("/app/in/k"), "")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void namedAccount_getsWhatTheStatementSays() {
    policy(
        allow("{\"AWS\":[\"arn:aws:iam::" + B + ":root\"]}", "s3:Get*", "arn:aws:s3:::app/in/*"));

    assertThat(b.getObjectAsBytes(r -> r.bucket("app").key("in/k")).asUtf8String()).isEqualTo("x");
    denied(() -> b.getObjectAsBytes(r -> r.bucket("app").key("out/k")));
    denied(() -> b.putObject(r -> r.bucket("app").key("in/k"), RequestBody.fromString("y")));
    denied(() -> s3.account(C).client().getObjectAsBytes(r -> r.bucket("app").key("in/k")));
    assertThat(a.getBucketPolicyStatus(r -> r.bucket("app")).policyStatus().isPublic()).isFalse();
    // Who may not list may not learn that a key is missing.
    denied(() -> b.getObjectAsBytes(r -> r.bucket("app").key("in/absent")));
  }

  @Test
  void manyKeysAtOnce_areDecidedOneByOne() {
    policy(
        allow("{\"AWS\":\"" + A + "\"}", "s3:DeleteObject", "arn:aws:s3:::app/out/*")
            .replace("Allow", "Deny"));

    List<ObjectIdentifier> keys =
        Stream.of("in/k", "out/k").map(key -> ObjectIdentifier.builder().key(key).build()).toList();

    var answer = a.deleteObjects(r -> r.bucket("app").delete(d -> d.objects(keys).quiet(true)));

    assertThat(answer.errors())
        .extracting(S3Error::key, S3Error::code)
        .containsExactly(tuple("out/k", "AccessDenied"));
    assertThat(a.listObjectsV2(r -> r.bucket("app")).contents())
        .extracting(S3Object::key)
        .containsExactly("out/k");
  }

  @Test
  void publicPolicy_needsBlockPublicAccessAway() {
    denied(() -> policy(BucketPolicy.openToEveryone("app")));

    s3.account(A).openToEveryone("app");

    assertThat(a.getBucketPolicyStatus(r -> r.bucket("app")).policyStatus().isPublic()).isTrue();
    assertThatCode(() -> b.putObject(r -> r.bucket("app").key("k"), RequestBody.fromString("y")))
        .doesNotThrowAnyException();
    BareClient anonymous = new BareClient(s3.world(), A);
    assertThat(anonymous.sendUnsigned("GET", s3.endpoint().resolve("/app/k"), "").body())
        .isEqualTo("y");
    assertThat(anonymous.sendUnsigned("PUT", s3.endpoint().resolve("/app/anon"), "z").statusCode())
        .isEqualTo(200);
    assertThat(anonymous.sendUnsigned("GET", s3.endpoint().resolve("/app?list-type=2"), "").body())
        .contains("<Key>anon</Key>");

    a.putPublicAccessBlock(
        r -> r.bucket("app").publicAccessBlockConfiguration(c -> c.restrictPublicBuckets(true)));
    denied(() -> b.getObjectAsBytes(r -> r.bucket("app").key("k")));
    assertThat(a.getObjectAsBytes(r -> r.bucket("app").key("k")).asUtf8String()).isEqualTo("y");
  }

  @Test
  void deny_winsOverAllow_andOverTheOwner() {
    policy(
        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
            + B
            + "\"},\"Action\":\"s3:*\","
            + "\"Resource\":[\"arn:aws:s3:::app\",\"arn:aws:s3:::app/*\"]},"
            + "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:DeleteObject\","
            + "\"Resource\":\"arn:aws:s3:::app/*\"}");

    assertThat(b.listObjectsV2(r -> r.bucket("app")).contents()).hasSize(2);
    denied(() -> b.deleteObject(r -> r.bucket("app").key("in/k")));
    denied(() -> a.deleteObject(r -> r.bucket("app").key("in/k")));
    assertThat(a.listObjectsV2(r -> r.bucket("app")).contents()).hasSize(2);
  }

  @Test
  void ownersPolicyThatLocksItOut_canBeTakenAwayAgain() {
    policy(
        "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\","
            + "\"Resource\":[\"arn:aws:s3:::app\",\"arn:aws:s3:::app/*\"]}");

    denied(() -> a.listObjectsV2(r -> r.bucket("app")));
    a.deleteBucketPolicy(r -> r.bucket("app"));
    assertThat(a.listObjectsV2(r -> r.bucket("app")).contents()).hasSize(2);
  }

  @Test
  void tlsOnlyAndOwnAccountOnly_doNotDenyTheOwner() {
    policy(
        "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\","
            + "\"Resource\":[\"arn:aws:s3:::app\",\"arn:aws:s3:::app/*\"],"
            + "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}},"
            + "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\","
            + "\"Resource\":[\"arn:aws:s3:::app\",\"arn:aws:s3:::app/*\"],"
            + "\"Condition\":{\"StringNotEquals\":{\"aws:PrincipalAccount\":\""
            + A
            + "\"},"
            + "\"Bool\":{\"aws:PrincipalIsAWSService\":\"false\"}}},"
            + "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
            + B
            + "\"},\"Action\":\"s3:*\","
            + "\"Resource\":[\"arn:aws:s3:::app\",\"arn:aws:s3:::app/*\"]}");

    assertThat(a.listObjectsV2(r -> r.bucket("app")).contents()).hasSize(2);
    denied(() -> b.listObjectsV2(r -> r.bucket("app")));
  }

  @Test
  void servicePrincipal_isNotPublic_andLetsNobodyHereIn() {
    policy(
        "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"cloudfront.amazonaws.com\"},"
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::app/*\",\"Condition\":"
            + "{\"StringEquals\":{\"aws:SourceArn\":\"arn:aws:cloudfront::1:distribution/E\"}}}");

    assertThat(a.getBucketPolicyStatus(r -> r.bucket("app")).policyStatus().isPublic()).isFalse();
    denied(() -> b.getObjectAsBytes(r -> r.bucket("app").key("in/k")));
  }

  @Test
  void policy_isReturnedAsItWasPut() {
    String document =
        BucketPolicy.openToEveryone("app").replace("\"*\"", "{\"AWS\":\"" + B + "\"}");
    a.putBucketPolicy(r -> r.bucket("app").policy(document));

    assertThat(a.getBucketPolicy(r -> r.bucket("app")).policy()).isEqualTo(document);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[]",
        "{}",
        "{\"Statement\":[{\"Effect\":\"Allow\"}]}",
        "{\"Statement\":[{\"Effect\":\"Perhaps\",\"Principal\":\"*\",\"Action\":\"s3:*\","
            + "\"Resource\":\"arn:aws:s3:::app\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\","
            + "\"Resource\":\"arn:aws:s3:::other/*\"}]}"
      })
  void malformedPolicy_is400(String document) {
    assertThatThrownBy(() -> a.putBucketPolicy(r -> r.bucket("app").policy(document)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MalformedPolicy"));
  }

  private void policy(String statements) {
    String document =
        statements.startsWith("{\"Version")
            ? statements
            : "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
    a.putBucketPolicy(r -> r.bucket("app").policy(document));
  }

  private static String allow(String principal, String action, String resource) {
    return "{\"Effect\":\"Allow\",\"Principal\":"
        + principal
        + ",\"Action\":[\""
        + action
        + "\"],\"Resource\":\""
        + resource
        + "\"}";
  }

  private static void denied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
  }
}
