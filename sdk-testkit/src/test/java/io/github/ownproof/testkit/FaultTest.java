package io.github.ownproof.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Trouble on demand. */
class FaultTest {

  private static final String A = "111122223333";

  @RegisterExtension
  static final S3WorldExtension s3 = S3WorldExtension.create().clearedBeforeEach();

  private S3Client once;

  @BeforeEach
  void bucket() {
    once =
        s3.account(A)
            .configure(S3Client.builder())
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    once.createBucket(r -> r.bucket("app"));
    s3.world().clearWireLog();
  }

  @AfterEach
  void close() {
    once.close();
  }

  @ParameterizedTest
  @CsvSource({"503, SlowDown", "500, InternalError", "429, SlowDown", "400, InvalidRequest"})
  void error_isAnsweredOnceAndStoresNothing(int status, String code) {
    s3.world().failNext(r -> r.operation().equals("PutObject"), Fault.error(status));

    assertThatThrownBy(this::put)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            });
    assertThat(once.listObjectsV2(r -> r.bucket("app")).contents()).isEmpty();
    assertThatCode(this::put).doesNotThrowAnyException();
    assertThat(s3.wireLog()).extracting(WireRequest::status).containsExactly(status, 200, 200);
  }

  @Test
  void failAll_lastsUntilCleared() {
    s3.world().failAll(Fault.error(503));
    S3Client retrying = s3.account(A).client();

    assertThatThrownBy(() -> retrying.headBucket(r -> r.bucket("app")))
        .isInstanceOf(S3Exception.class);
    assertThat(s3.wireLog()).hasSizeGreaterThan(1).allMatch(r -> r.status() == 503);
    s3.world().clearFaults();
    assertThatCode(() -> retrying.headBucket(r -> r.bucket("app"))).doesNotThrowAnyException();
  }

  @Test
  void failAll_onlyHitsWhatMatches() {
    s3.world().failAll(r -> "app".equals(r.bucket()) && "k".equals(r.key()), Fault.error(503));

    assertThatThrownBy(this::put).isInstanceOf(S3Exception.class);
    assertThatCode(() -> once.headBucket(r -> r.bucket("app"))).doesNotThrowAnyException();
  }

  @Test
  void reset_breaksTheConnection() {
    s3.world().failNext(Fault.reset());

    assertThatThrownBy(this::put).isInstanceOf(SdkClientException.class);
    assertThatCode(this::put).doesNotThrowAnyException();
    assertThat(s3.wireLog().get(0).status()).isZero();
  }

  @Test
  void lostAnswer_isCarriedOutAndBreaksTheConnection() {
    s3.world().failNext(Fault.lostAnswer());

    assertThatThrownBy(this::put).isInstanceOf(SdkClientException.class);
    assertThat(once.listObjectsV2(r -> r.bucket("app")).contents())
        .extracting(S3Object::key)
        .containsExactly("k");
    assertThat(s3.wireLog()).extracting(WireRequest::status).containsExactly(200, 200);
  }

  @Test
  void lostAnswer_ofOurOwnAnswersAndOfStreams_bringsNothing() {
    put();
    s3.world().failAll(Fault.lostAnswer());

    assertThatThrownBy(() -> once.getBucketLocation(r -> r.bucket("app")))
        .isInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> once.getObjectAsBytes(r -> r.bucket("app").key("k")))
        .isInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> once.headBucket(r -> r.bucket("nobody-has-it")))
        .isInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> once.deleteObject(r -> r.bucket("app").key("k")))
        .isInstanceOf(SdkClientException.class);
    s3.world().clearFaults();
    assertThat(once.listObjectsV2(r -> r.bucket("app")).contents()).isEmpty();
  }

  @Test
  void hang_lastsUntilTheClientGivesUp() {
    s3.world().failNext(Fault.hang());

    assertThatThrownBy(
            () ->
                once.headBucket(
                    r ->
                        r.bucket("app")
                            .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(300)))))
        .isInstanceOf(ApiCallTimeoutException.class);
    assertThatCode(() -> once.headBucket(r -> r.bucket("app"))).doesNotThrowAnyException();
  }

  /** Its fault is known and its body still on the way when the faults are cleared. */
  @Test
  void hang_clearedBeforeTheRequestIsRead_isResetAllTheSame() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    s3.world()
        .failAll(
            r -> {
              reached.countDown();
              return true;
            },
            Fault.hang());

    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), s3.world().endpoint().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write("PUT /app/k HTTP/1.1\r\nHost: s3\r\nContent-Length: 2\r\n\r\n1".getBytes(UTF_8));
      out.flush();
      reached.await();
      s3.world().clearFaults();
      out.write('2');
      out.flush();

      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void delay_answersLate() {
    s3.world().failNext(Fault.delay(Duration.ofMillis(200)));

    long start = System.nanoTime();
    put();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
  }

  @Test
  void error_ofASuccess_isNoFault() {
    assertThatThrownBy(() -> Fault.error(200, "Fine")).isInstanceOf(IllegalArgumentException.class);
  }

  private void put() {
    once.putObject(r -> r.bucket("app").key("k"), RequestBody.fromString("x"));
  }
}
