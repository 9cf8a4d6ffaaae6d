package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** No secret in a log line, an exception or a toString: not even in the AWS SDK's own TRACE. */
class RedactionTest {

  private static final String SECRET_KEY = "CANARYsecretKEYabcdefghijklmnopqrstuvwx";
  private static final String SESSION_TOKEN = "CANARYsessionTOKENabcdefghijklmnopqrstuvwx";

  @Test
  void secrets_neverReachLogsExceptionsOrToString() {
    CanaryLogs.lookFor(SECRET_KEY);
    CanaryLogs.lookFor(SESSION_TOKEN);
    long before = CanaryLogs.lines();
    List<String> texts = new ArrayList<>();
    try (TestWorld world = new TestWorld()) {
      for (AwsCredentialsProvider credentials :
          List.of(
              world.us.credentials(),
              StaticCredentialsProvider.create(
                  AwsSessionCredentials.create("AKIAUNKNOWN", SECRET_KEY, SESSION_TOKEN)),
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create("AKIAUNKNOWN", SECRET_KEY)))) {
        CanaryLogs.lookFor(credentials.resolveCredentials().secretAccessKey());
        use(world, credentials, texts);
      }
    }
    assertThat(texts).isNotEmpty().noneMatch(CanaryLogs::holdsSecret);
    assertThat(CanaryLogs.lines()).isGreaterThan(before + 100);
    assertThat(ours()).isEmpty();
  }

  /** The AWS SDK's signers print what they sign at DEBUG; what they print is theirs. */
  static List<String> ours() {
    return CanaryLogs.found().stream().filter(line -> line.contains("io.github.ownproof")).toList();
  }

  private static void use(TestWorld world, AwsCredentialsProvider credentials, List<String> texts) {
    try (S3PrivateClient s3 = world.sync().credentialsProvider(credentials).build();
        S3PrivateAsyncClient async = world.async().credentialsProvider(credentials).build();
        S3Client plugged =
            world
                .us
                .configure(S3Client.builder(), TestWorld.REGION)
                .credentialsProvider(credentials)
                .addPlugin(OwnedBucketsPlugin.of(world.buckets))
                .build()) {
      texts.add(s3.toString() + async + world.buckets + plugged);
      world.s3.failNext(Fault.error(503));
      note(texts, () -> s3.createBucket(r -> r.bucket("canary")));
      note(texts, () -> s3.putObject(r -> r.bucket("canary").key("k"), RequestBody.fromString("")));
      note(texts, () -> s3.headBucket(r -> r.bucket("absent")));
      note(texts, () -> s3.headBucket(r -> r.bucket("a.b")));
      note(texts, () -> s3.headBucket(r -> r.bucket("canary").expectedBucketOwner("1")));
      note(texts, () -> async.headBucket(r -> r.bucket("absent")).join());
      note(texts, () -> plugged.headBucket(r -> r.bucket("absent")));
      note(texts, () -> texts.add(s3.diagnose("absent").toString()));
    }
  }

  private static void note(List<String> texts, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        texts.add(cause.toString());
      }
    }
  }

  @Test
  void canary_inALine_isFound() {
    CanaryLogs.lookFor("CANARYthatSINGS");
    LoggerFactory.getLogger("canary.test").debug("a {} sings", "CANARYthatSINGS");
    assertThat(CanaryLogs.found()).contains("DEBUG canary.test");
  }
}
