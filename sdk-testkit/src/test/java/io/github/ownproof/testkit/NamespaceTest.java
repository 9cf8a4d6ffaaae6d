package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketNamespace;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One namespace for all accounts, and the part of it that is reserved for one account. */
class NamespaceTest {

  private static final String A = "111122223333";
  private static final String B = "444455556666";

  @RegisterExtension
  static final S3WorldExtension s3 = S3WorldExtension.create().clearedBeforeEach();

  private static S3Client a() {
    return s3.account(A).client();
  }

  private static S3Client b() {
    return s3.account(B).client();
  }

  @Test
  void createBucket_nameOfAnotherAccount_exists() {
    a().createBucket(r -> r.bucket("shared-name"));

    assertThatThrownBy(() -> b().createBucket(r -> r.bucket("shared-name")))
        .isInstanceOf(BucketAlreadyExistsException.class);
    assertThatThrownBy(
            () -> s3.account(B).client("eu-west-1").createBucket(r -> r.bucket("shared-name")))
        .isInstanceOf(BucketAlreadyExistsException.class);
  }

  @Test
  void createBucket_ownNameAgain_is200InUsEast1AndOwnedByYouElsewhere() {
    a().createBucket(r -> r.bucket("mine"));
    a().createBucket(r -> r.bucket("mine"));
    S3Client dublin = s3.account(A).client("eu-west-1");
    dublin.createBucket(r -> r.bucket("mine-in-dublin"));

    assertThatThrownBy(() -> dublin.createBucket(r -> r.bucket("mine-in-dublin")))
        .isInstanceOf(BucketAlreadyOwnedByYouException.class);
    assertThatThrownBy(() -> dublin.createBucket(r -> r.bucket("mine")))
        .isInstanceOf(BucketAlreadyOwnedByYouException.class);
  }

  @Test
  void deleteBucket_freesTheNameForAnybody() {
    a().createBucket(r -> r.bucket("passed-on"));
    a().deleteBucket(r -> r.bucket("passed-on"));

    b().createBucket(r -> r.bucket("passed-on"));

    assertThat(s3.world().bucketOwner("passed-on").orElseThrow().value()).isEqualTo(B);
  }

  @Test
  void deleteBucket_withObjects_isRefused_withAnUploadUnderWayIsNot() {
    a().createBucket(r -> r.bucket("busy"));
    a().putObject(r -> r.bucket("busy").key("k"), RequestBody.fromString("x"));
    assertThatThrownBy(() -> a().deleteBucket(r -> r.bucket("busy")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("BucketNotEmpty"));
    assertThat(s3.world().bucketOwner("busy")).isPresent();

    a().deleteObject(r -> r.bucket("busy").key("k"));
    assertThat(a().createMultipartUpload(r -> r.bucket("busy").key("big")).uploadId()).isNotBlank();
    a().deleteBucket(r -> r.bucket("busy"));

    assertThat(s3.world().bucketOwner("busy")).isEmpty();
  }

  @Test
  void accountRegionalName_withHeaderAndOwnSuffix_isCreated() {
    String name = "app-" + A + "-eu-west-1-an";

    s3.account(A)
        .client("eu-west-1")
        .createBucket(r -> r.bucket(name).bucketNamespace(BucketNamespace.ACCOUNT_REGIONAL));

    assertThat(s3.world().bucketRegion(name)).contains("eu-west-1");
    assertThatThrownBy(
            () ->
                s3.account(A)
                    .client("eu-west-1")
                    .createBucket(
                        r -> r.bucket(name).bucketNamespace(BucketNamespace.ACCOUNT_REGIONAL)))
        .isInstanceOf(BucketAlreadyOwnedByYouException.class);
  }

  @ParameterizedTest
  @CsvSource({
    // another account, another region, no account at all, nothing before the suffix
    "app-444455556666-us-east-1-an, account-regional, InvalidBucketNamespace",
    "app-111122223333-eu-west-1-an, account-regional, InvalidBucketNamespace",
    "app-an, account-regional, InvalidBucketNamespace",
    "no-suffix, account-regional, InvalidBucketNamespace",
    "app-111122223333-us-east-1-an, global, MissingNamespaceHeader",
    "app-an, , MissingNamespaceHeader",
    "app-111122223333-us-east-1-an, , MissingNamespaceHeader",
  })
  void accountRegionalName_wrongSuffixOrHeader_is400(String name, String header, String code) {
    assertThatThrownBy(() -> a().createBucket(r -> r.bucket(name).bucketNamespace(header)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            });
    assertThat(s3.world().bucketOwner(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Upper", "a..b", "10.0.0.1", "xn--a", "a--x-s3", "a_b", "healthz"})
  void createBucket_badName_is400(String name) {
    assertThat(new BareClient(s3.world(), A).send("PUT", "/" + name).body())
        .contains("<Code>InvalidBucketName</Code>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/never?abac",
        "/never?metadataTable",
        "/never/k?retention",
        "/never?inventory&id=1"
      })
  void subresourceThatIsNotModelled_is501_andNothingIsCreated(String target) {
    assertThat(new BareClient(s3.world(), A).send("PUT", target, "<X/>").statusCode())
        .isEqualTo(501);
    assertThat(s3.world().bucketOwner("never")).isEmpty();
  }

  @Test
  void listBuckets_listsOwnOnes_inPagesByPrefixAndRegion() {
    for (String name : List.of("app-one", "app-two", "app-three", "other")) {
      a().createBucket(r -> r.bucket(name));
    }
    s3.account(A).client("eu-west-1").createBucket(r -> r.bucket("app-four"));
    b().createBucket(r -> r.bucket("app-of-b"));

    ListBucketsResponse first = a().listBuckets(r -> r.prefix("app-").maxBuckets(3));
    ListBucketsResponse second =
        a().listBuckets(r -> r.prefix("app-").continuationToken(first.continuationToken()));

    assertThat(first.buckets())
        .extracting(Bucket::name)
        .containsExactly("app-four", "app-one", "app-three");
    assertThat(first.buckets())
        .extracting(Bucket::bucketRegion)
        .containsExactly("eu-west-1", "us-east-1", "us-east-1");
    assertThat(first.buckets()).allMatch(bucket -> bucket.creationDate() != null);
    assertThat(first.prefix()).isEqualTo("app-");
    assertThat(second.buckets()).extracting(Bucket::name).containsExactly("app-two");
    assertThat(second.continuationToken()).isNull();
    assertThat(a().listBuckets(r -> r.bucketRegion("eu-west-1")).buckets())
        .extracting(Bucket::name)
        .containsExactly("app-four");
    assertThat(a().listBucketsPaginator(r -> r.maxBuckets(2)).buckets()).hasSize(5);
    assertThat(a().listBuckets().owner().id()).isEqualTo(s3.account(A).canonicalId());
  }
}
