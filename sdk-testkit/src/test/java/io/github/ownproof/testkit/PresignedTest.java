package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** Presigned URLs, with the owner as a signed header and as a signed query parameter. */
class PresignedTest {

  private static final String A = "111122223333";
  private static final String B = "444455556666";
  private static final Duration VALID = Duration.ofMinutes(5);

  @RegisterExtension static final S3WorldExtension s3 = S3WorldExtension.create();

  @BeforeAll
  static void bucket() {
    s3.account(A).client().createBucket(r -> r.bucket("app"));
    s3.account(A).client().putObject(r -> r.bucket("app").key("k"), RequestBody.fromString("text"));
  }

  @Test
  void headerForm_needsTheHeaderThatWasSigned() {
    try (S3Presigner presigner = s3.account(A).presigner()) {
      PresignedGetObjectRequest get =
          presigner.presignGetObject(
              p ->
                  p.signatureDuration(VALID)
                      .getObjectRequest(r -> r.bucket("app").key("k").expectedBucketOwner(A)));
      URI url = URI.create(get.url().toString());

      HttpResponse<String> with = browser().header(Owners.EXPECTED, A).sendUnsigned("GET", url, "");

      assertThat(with.statusCode()).isEqualTo(200);
      assertThat(with.body()).isEqualTo("text");
      assertThat(browser().sendUnsigned("GET", url, "").statusCode()).isEqualTo(403);
      assertThat(browser().header(Owners.EXPECTED, B).sendUnsigned("GET", url, "").statusCode())
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {A, B})
  void headerForm_comparesTheOwner(String expected) {
    URI url =
        new BareClient(s3.world(), A)
            .header(Owners.EXPECTED, expected)
            .presign("GET", "/app/k", VALID);

    HttpResponse<String> response =
        browser().header(Owners.EXPECTED, expected).sendUnsigned("GET", url, "");

    assertThat(response.statusCode()).isEqualTo(expected.equals(A) ? 200 : 403);
  }

  @Test
  void queryForm_worksInABrowserAndIsEnforced() {
    assertThat(browser().sendUnsigned("GET", getUrl(A), "").body()).isEqualTo("text");
    HttpResponse<String> denied = browser().sendUnsigned("GET", getUrl(B), "");
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body()).contains("<Code>AccessDenied</Code>");
    assertThat(browser().sendUnsigned("GET", getUrl("12"), "").statusCode()).isEqualTo(400);
    assertThat(s3.wireLog().get(s3.wireLog().size() - 1).expectedBucketOwner()).contains("12");
  }

  @Test
  void put_inQueryForm_storesOnlyWithTheRightOwner() {
    assertThat(browser().sendUnsigned("PUT", putUrl(B), "no").statusCode()).isEqualTo(403);
    assertThat(browser().sendUnsigned("PUT", putUrl(A), "yes").statusCode()).isEqualTo(200);
    assertThat(
            s3.account(A).client().getObjectAsBytes(r -> r.bucket("app").key("up")).asUtf8String())
        .isEqualTo("yes");
  }

  @Test
  void put_inHeaderForm_storesOnlyWithTheHeader() {
    try (S3Presigner presigner = s3.account(A).presigner()) {
      PresignedPutObjectRequest put =
          presigner.presignPutObject(
              p ->
                  p.signatureDuration(VALID)
                      .putObjectRequest(r -> r.bucket("app").key("up2").expectedBucketOwner(A)));
      URI url = URI.create(put.url().toString());

      assertThat(browser().sendUnsigned("PUT", url, "no").statusCode()).isEqualTo(403);
      assertThat(browser().header(Owners.EXPECTED, A).sendUnsigned("PUT", url, "x").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void tampered_is403() {
    String url = getUrl(A).toString();

    HttpResponse<String> otherOwner =
        browser().sendUnsigned("GET", URI.create(url.replace("=" + A, "=" + B)), "");
    HttpResponse<String> otherKey =
        browser().sendUnsigned("GET", URI.create(url.replace("/app/k", "/app/up")), "");
    HttpResponse<String> otherMethod = browser().sendUnsigned("PUT", URI.create(url), "x");

    assertThat(otherOwner.body()).contains("<Code>SignatureDoesNotMatch</Code>");
    assertThat(otherKey.statusCode()).isEqualTo(403);
    assertThat(otherMethod.statusCode()).isEqualTo(403);
  }

  @Test
  void expired_is403() {
    URI url =
        new BareClient(s3.world(), A)
            .clock(
                Clock.fixed(
                    Clock.systemUTC().instant().minus(Duration.ofMinutes(10)), ZoneOffset.UTC))
            .presign("GET", "/app/k", VALID);

    HttpResponse<String> response = browser().sendUnsigned("GET", url, "");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("<Message>Request has expired</Message>");
  }

  @Test
  void unknownKey_orWrongSecret_is403() {
    S3World other = S3World.start();
    try (other) {
      // The same account of another world has the same key id and another secret.
      URI url = new BareClient(other, A).presign("GET", "/app/k", VALID);
      URI here = s3.endpoint().resolve(url.getRawPath() + "?" + url.getRawQuery());
      String port = ":" + s3.endpoint().getPort();
      assertThat(here.toString()).contains(port);
      assertThat(browser().sendUnsigned("GET", here, "").body())
          .contains("<Code>SignatureDoesNotMatch</Code>");
      URI unknown = URI.create(getUrl(A).toString().replace("AKIATEST", "AKIANONE"));
      assertThat(browser().sendUnsigned("GET", unknown, "").body())
          .contains("<Code>InvalidAccessKeyId</Code>");
    }
  }

  private static URI getUrl(String owner) {
    try (S3Presigner presigner = s3.account(A).presigner()) {
      return URI.create(
          presigner
              .presignGetObject(
                  p ->
                      p.signatureDuration(VALID)
                          .getObjectRequest(
                              r ->
                                  r.bucket("app")
                                      .key("k")
                                      .overrideConfiguration(
                                          o -> o.putRawQueryParameter(Owners.EXPECTED, owner))))
              .url()
              .toString());
    }
  }

  private static URI putUrl(String owner) {
    try (S3Presigner presigner = s3.account(A).presigner()) {
      return URI.create(
          presigner
              .presignPutObject(
                  p ->
                      p.signatureDuration(VALID)
                          .putObjectRequest(
                              r ->
                                  r.bucket("app")
                                      .key("up")
                                      .overrideConfiguration(
                                          o -> o.putRawQueryParameter(Owners.EXPECTED, owner))))
              .url()
              .toString());
    }
  }

  private static BareClient browser() {
    return new BareClient(s3.world(), A);
  }
}
