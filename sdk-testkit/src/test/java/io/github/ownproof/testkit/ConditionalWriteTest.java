package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A condition and its write are one step, as on S3. */
class ConditionalWriteTest {

  private static final int WRITERS = 16;
  private static final int EACH = 10;

  @RegisterExtension
  static final S3WorldExtension s3 = S3WorldExtension.create().clearedBeforeEach();

  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private S3Client client;

  @BeforeEach
  void bucket() {
    client = s3.account("111122223333").client();
    client.createBucket(r -> r.bucket("app"));
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void ifNoneMatch_ofManyAtOnce_letsOneIn() throws Exception {
    for (int round = 0; round < EACH; round++) {
      String key = "k" + round;
      assertThat(atOnce(() -> put(key, "new", null))).containsOnlyOnce(true);
    }
  }

  @Test
  void ifMatch_ofManyCounters_losesNoCount() throws Exception {
    client.putObject(r -> r.bucket("app").key("counter"), RequestBody.fromString("0"));

    List<Boolean> done =
        atOnce(
            () -> {
              for (int counted = 0; counted < EACH; ) {
                ResponseBytes<GetObjectResponse> seen =
                    client.getObjectAsBytes(r -> r.bucket("app").key("counter"));
                int next = Integer.parseInt(seen.asUtf8String()) + 1;
                if (put("counter", String.valueOf(next), seen.response().eTag())) {
                  counted++;
                }
              }
              return true;
            });

    assertThat(done).containsOnly(true);
    assertThat(client.getObjectAsBytes(r -> r.bucket("app").key("counter")).asUtf8String())
        .isEqualTo(String.valueOf(WRITERS * EACH));
  }

  @Test
  void anObjectOfABucketWithVersions_isThereWhileItIsReplaced() throws Exception {
    client.putBucketVersioning(
        r ->
            r.bucket("app").versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    client.putObject(r -> r.bucket("app").key("k"), RequestBody.fromString("0"));

    List<Boolean> done =
        atOnce(
            () -> {
              for (int i = 0; i < EACH; i++) {
                client.putObject(r -> r.bucket("app").key("k"), RequestBody.fromString("1"));
                client.headObject(r -> r.bucket("app").key("k"));
                client.getObjectAsBytes(r -> r.bucket("app").key("k"));
              }
              return true;
            });

    assertThat(done).containsOnly(true);
  }

  @Test
  void ifMatch_ofNothing_is404AndStoresNothing() {
    assertThatThrownBy(() -> put("absent", "x", "\"0123456789abcdef0123456789abcdef\""))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    assertThat(client.listObjectsV2(r -> r.bucket("app")).contents()).isEmpty();
  }

  private boolean put(String key, String text, String ifMatch) {
    try {
      client.putObject(
          r -> r.bucket("app").key(key).ifMatch(ifMatch).ifNoneMatch(ifMatch == null ? "*" : null),
          RequestBody.fromString(text));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 412) {
        return false;
      }
      throw e;
    }
  }

  private List<Boolean> atOnce(Callable<Boolean> call) throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      calls.add(call);
    }
    List<Boolean> results = new ArrayList<>();
    for (Future<Boolean> result : threads.invokeAll(calls)) {
      results.add(result.get());
    }
    return results;
  }
}
