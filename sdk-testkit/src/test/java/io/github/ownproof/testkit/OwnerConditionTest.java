package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code x-amz-expected-bucket-owner} on every operation, on the wire. */
class OwnerConditionTest {

  private static final String OWNER = "111122223333";
  private static final String OTHER = "444455556666";
  private static final String POLICY =
      "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"444455556666\"},"
          + "\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::ledger\"}}";

  @RegisterExtension static final S3WorldExtension s3 = S3WorldExtension.create();

  @BeforeAll
  static void bucket() {
    s3.account(OWNER).client().createBucket(r -> r.bucket("ledger"));
    s3.account(OWNER)
        .client()
        .putObject(r -> r.bucket("ledger").key("book"), RequestBody.fromString("1"));
  }

  private record Case(String method, String target, String body) {}

  static Stream<Case> everyOperation() {
    return Stream.of(
        new Case("GET", "/ledger?location", ""),
        new Case("GET", "/ledger?list-type=2", ""),
        new Case("GET", "/ledger", ""),
        new Case("GET", "/ledger?versions", ""),
        new Case("GET", "/ledger?uploads", ""),
        new Case("GET", "/ledger?acl", ""),
        new Case("GET", "/ledger?policyStatus", ""),
        new Case("GET", "/ledger?versioning", ""),
        new Case("GET", "/ledger?publicAccessBlock", ""),
        new Case("GET", "/ledger?ownershipControls", ""),
        new Case("GET", "/ledger?policy", ""),
        new Case("GET", "/ledger?encryption", ""),
        new Case("GET", "/ledger?tagging", ""),
        new Case("GET", "/ledger?object-lock", ""),
        new Case("GET", "/ledger?website", ""),
        new Case("GET", "/ledger?cors", ""),
        new Case("GET", "/ledger?lifecycle", ""),
        new Case("GET", "/ledger?replication", ""),
        new Case("GET", "/ledger?logging", ""),
        new Case("GET", "/ledger?notification", ""),
        new Case("GET", "/ledger?accelerate", ""),
        new Case("GET", "/ledger?requestPayment", ""),
        new Case("PUT", "/ledger?policy", POLICY),
        new Case("DELETE", "/ledger?policy", ""),
        new Case("DELETE", "/ledger?website", ""),
        new Case("PUT", "/ledger/new", "text"),
        new Case("GET", "/ledger/book", ""),
        new Case("GET", "/ledger/book?attributes", ""),
        new Case("GET", "/ledger/book?tagging", ""),
        new Case("DELETE", "/ledger/book?tagging", ""),
        new Case("GET", "/ledger/book?acl", ""),
        new Case("POST", "/ledger/big?uploads", ""),
        new Case("PUT", "/ledger/big?partNumber=1&uploadId=none", "part"),
        new Case("GET", "/ledger/big?uploadId=none", ""),
        new Case(
            "POST",
            "/ledger/big?uploadId=none",
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part>"
                + "</CompleteMultipartUpload>"),
        new Case("DELETE", "/ledger/big?uploadId=none", ""),
        new Case("POST", "/ledger?delete", "<Delete><Object><Key>absent</Key></Object></Delete>"),
        new Case("DELETE", "/ledger/absent", ""));
  }

  @ParameterizedTest
  @MethodSource("everyOperation")
  void anyOperation_ownerMatches_isNotDenied(Case call) {
    HttpResponse<String> response = send(OWNER, call);

    assertThat(response.statusCode()).as(response.body()).isNotIn(403, 400, 500, 501);
  }

  @ParameterizedTest
  @MethodSource("everyOperation")
  void anyOperation_ownerDiffers_is403(Case call) {
    HttpResponse<String> response = send(OTHER, call);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body())
        .contains("<Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>");
  }

  @ParameterizedTest
  @MethodSource("everyOperation")
  void anyOperation_ownerInQueryDiffers_is403(Case call) {
    String separator = call.target().contains("?") ? "&" : "?";
    HttpResponse<String> response =
        new BareClient(s3.world(), OWNER)
            .send(
                call.method(),
                call.target() + separator + Owners.EXPECTED + "=" + OTHER,
                call.body());

    assertThat(response.statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @MethodSource("everyOperation")
  void anyOperation_bucketMissing_is404BeforeTheOwnerIsCompared(Case call) {
    HttpResponse<String> response =
        send(
            OTHER, new Case(call.method(), call.target().replace("ledger", "absent"), call.body()));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("<Code>NoSuchBucket</Code>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0000", "1111222233334", "abcd", "aa000000000$", "111122223333,1"})
  void anyOperation_ownerMalformed_is400(String owner) {
    HttpResponse<String> response = send(owner, new Case("GET", "/ledger?location", ""));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("<Code>InvalidBucketOwnerAWSAccountID</Code>")
        .contains(
            "The value of the expected bucket owner parameter must be an AWS Account ID... ["
                + owner
                + "]");
  }

  @Test
  void headBucket_ownerDiffers_is403WithRegionAndWithoutBody() {
    HttpResponse<String> response = send(OTHER, new Case("HEAD", "/ledger", ""));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("x-amz-bucket-region")).contains("us-east-1");
    assertThat(send(OWNER, new Case("HEAD", "/ledger", "")).statusCode()).isEqualTo(200);
    assertThat(send(OTHER, new Case("HEAD", "/ledger/book", "")).statusCode()).isEqualTo(403);
    assertThat(send(OWNER, new Case("HEAD", "/ledger/book", "")).statusCode()).isEqualTo(200);
  }

  @Test
  void createAndListBuckets_ownerDiffers_isIgnored() {
    assertThat(send(OTHER, new Case("PUT", "/ledger-two", "")).statusCode()).isEqualTo(200);
    assertThat(send(OTHER, new Case("GET", "/", "")).body()).contains("<Name>ledger-two</Name>");
    assertThat(send("malformed", new Case("GET", "/", "")).statusCode()).isEqualTo(200);
  }

  @Test
  void deleteBucket_ownerDiffers_keepsIt() {
    s3.account(OWNER).client().createBucket(r -> r.bucket("ledger-three"));

    assertThat(send(OTHER, new Case("DELETE", "/ledger-three", "")).statusCode()).isEqualTo(403);
    assertThat(s3.world().bucketOwner("ledger-three")).isPresent();
    assertThat(send(OWNER, new Case("DELETE", "/ledger-three", "")).statusCode()).isEqualTo(204);
    assertThat(s3.world().bucketOwner("ledger-three")).isEmpty();
  }

  @Test
  void copy_sourceOwner_isComparedWithTheSource() {
    BareClient right =
        new BareClient(s3.world(), OWNER)
            .header("x-amz-copy-source", "ledger/book")
            .header(Owners.EXPECTED, OWNER)
            .header(Owners.EXPECTED_SOURCE, OWNER);
    BareClient wrong =
        new BareClient(s3.world(), OWNER)
            .header("x-amz-copy-source", "ledger/book")
            .header(Owners.EXPECTED, OWNER)
            .header(Owners.EXPECTED_SOURCE, OTHER);

    assertThat(right.send("PUT", "/ledger/copy").statusCode()).isEqualTo(200);
    assertThat(wrong.send("PUT", "/ledger/copy-two").statusCode()).isEqualTo(403);
    assertThat(wrong.send("PUT", "/ledger/big?partNumber=1&uploadId=none").statusCode())
        .isEqualTo(403);
    assertThat(wrong.header(Owners.EXPECTED_SOURCE, "12").send("PUT", "/ledger/copy-two").body())
        .contains("InvalidBucketOwnerAWSAccountID");
  }

  @Test
  void badSignature_isToldBeforeTheOwnerIsCompared() {
    String url =
        new BareClient(s3.world(), OWNER)
            .presign("GET", "/ledger/book?" + Owners.EXPECTED + "=" + OTHER, Duration.ofMinutes(5))
            .toString();

    HttpResponse<String> tampered =
        new BareClient(s3.world(), OWNER)
            .sendUnsigned("GET", URI.create(url.replace(OTHER, OWNER)), "");

    assertThat(tampered.statusCode()).isEqualTo(403);
    assertThat(tampered.body()).contains("<Code>SignatureDoesNotMatch</Code>");
    WireRequest last = s3.wireLog().get(s3.wireLog().size() - 1);
    assertThat(last.account()).isNull();
    assertThat(last.query()).doesNotContainKey("X-Amz-Signature");
  }

  private static HttpResponse<String> send(String owner, Case call) {
    BareClient client = new BareClient(s3.world(), OWNER).header(Owners.EXPECTED, owner);
    if (call.target().endsWith("?attributes")) {
      client.header("x-amz-object-attributes", "ETag");
    }
    if (call.target().endsWith("?delete")) {
      client.header("Content-MD5", md5(call.body()));
    }
    return client.send(call.method(), call.target(), call.body());
  }

  private static String md5(String body) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
