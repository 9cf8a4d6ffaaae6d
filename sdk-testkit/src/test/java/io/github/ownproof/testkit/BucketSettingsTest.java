package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** What is configured on a bucket is kept, returned, and has its effect. */
class BucketSettingsTest {

  private static final String A = "111122223333";
  private static final String B = "444455556666";

  @RegisterExtension
  static final S3WorldExtension s3 = S3WorldExtension.create().clearedBeforeEach();

  private S3Client a;

  @BeforeEach
  void bucket() {
    a = s3.account(A).client();
    a.createBucket(r -> r.bucket("app"));
  }

  @Test
  void newBucket_isPrivateAsOnS3() {
    PublicAccessBlockConfiguration block =
        a.getPublicAccessBlock(r -> r.bucket("app")).publicAccessBlockConfiguration();

    assertThat(block.blockPublicAcls()).isTrue();
    assertThat(block.ignorePublicAcls()).isTrue();
    assertThat(block.blockPublicPolicy()).isTrue();
    assertThat(block.restrictPublicBuckets()).isTrue();
    assertThat(
            a.getBucketOwnershipControls(r -> r.bucket("app"))
                .ownershipControls()
                .rules()
                .get(0)
                .objectOwnership())
        .isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
    assertThat(
            a.getBucketEncryption(r -> r.bucket("app"))
                .serverSideEncryptionConfiguration()
                .rules()
                .get(0)
                .applyServerSideEncryptionByDefault()
                .sseAlgorithm())
        .isEqualTo(ServerSideEncryption.AES256);
    assertThat(a.getBucketVersioning(r -> r.bucket("app")).status()).isNull();
    assertThat(a.getBucketAcl(r -> r.bucket("app")).grants()).hasSize(1);
  }

  private record Absent(String code, ThrowingCallable call) {}

  static Stream<Absent> absent() {
    S3Client client = s3.account(A).client();
    return Stream.of(
        new Absent("NoSuchBucketPolicy", () -> client.getBucketPolicy(r -> r.bucket("app"))),
        new Absent("NoSuchBucketPolicy", () -> client.getBucketPolicyStatus(r -> r.bucket("app"))),
        new Absent("NoSuchTagSet", () -> client.getBucketTagging(r -> r.bucket("app"))),
        new Absent(
            "NoSuchWebsiteConfiguration", () -> client.getBucketWebsite(r -> r.bucket("app"))),
        new Absent("NoSuchCORSConfiguration", () -> client.getBucketCors(r -> r.bucket("app"))),
        new Absent(
            "NoSuchLifecycleConfiguration",
            () -> client.getBucketLifecycleConfiguration(r -> r.bucket("app"))),
        new Absent(
            "ReplicationConfigurationNotFoundError",
            () -> client.getBucketReplication(r -> r.bucket("app"))),
        new Absent(
            "ObjectLockConfigurationNotFoundError",
            () -> client.getObjectLockConfiguration(r -> r.bucket("app"))),
        new Absent(
            "NoSuchPublicAccessBlockConfiguration",
            () -> {
              client.deletePublicAccessBlock(r -> r.bucket("app"));
              client.getPublicAccessBlock(r -> r.bucket("app"));
            }),
        new Absent(
            "OwnershipControlsNotFoundError",
            () -> {
              client.deleteBucketOwnershipControls(r -> r.bucket("app"));
              client.getBucketOwnershipControls(r -> r.bucket("app"));
            }));
  }

  @ParameterizedTest
  @MethodSource("absent")
  void settingThatIsNotThere_is404WithItsOwnCode(Absent setting) {
    assertThatThrownBy(setting.call())
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(404);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(setting.code());
            });
  }

  @Test
  void settings_thatWerePut_areReturned() {
    a.putBucketTagging(
        r -> r.bucket("app").tagging(t -> t.tagSet(tag("team", "<ops> & co"), tag("x", ""))));
    a.putBucketEncryption(
        r ->
            r.bucket("app")
                .serverSideEncryptionConfiguration(
                    c ->
                        c.rules(
                            ServerSideEncryptionRule.builder()
                                .bucketKeyEnabled(true)
                                .applyServerSideEncryptionByDefault(
                                    d -> d.sseAlgorithm(ServerSideEncryption.AWS_KMS))
                                .build())));
    a.putBucketWebsite(
        r ->
            r.bucket("app")
                .websiteConfiguration(w -> w.indexDocument(d -> d.suffix("index.html"))));
    a.putBucketVersioning(
        r ->
            r.bucket("app").versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    a.putObjectLockConfiguration(
        r ->
            r.bucket("app")
                .objectLockConfiguration(c -> c.objectLockEnabled(ObjectLockEnabled.ENABLED)));

    assertThat(a.getBucketTagging(r -> r.bucket("app")).tagSet())
        .containsExactly(tag("team", "<ops> & co"), tag("x", ""));
    assertThat(
            a.getBucketEncryption(r -> r.bucket("app"))
                .serverSideEncryptionConfiguration()
                .rules()
                .get(0)
                .bucketKeyEnabled())
        .isTrue();
    assertThat(a.getBucketWebsite(r -> r.bucket("app")).indexDocument().suffix())
        .isEqualTo("index.html");
    assertThat(a.getBucketVersioning(r -> r.bucket("app")).status())
        .isEqualTo(BucketVersioningStatus.ENABLED);
    assertThat(
            a.getObjectLockConfiguration(r -> r.bucket("app"))
                .objectLockConfiguration()
                .objectLockEnabled())
        .isEqualTo(ObjectLockEnabled.ENABLED);
    a.deleteBucketTagging(r -> r.bucket("app"));
    assertThatThrownBy(() -> a.getBucketTagging(r -> r.bucket("app")))
        .hasMessageContaining("TagSet does not exist");
  }

  @Test
  void versioning_keepsVersionsAndTheirTags() {
    a.putBucketVersioning(
        r ->
            r.bucket("app").versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));

    PutObjectResponse first =
        a.putObject(r -> r.bucket("app").key("k").tagging("v=1"), RequestBody.fromString("one"));
    a.putObject(r -> r.bucket("app").key("k").tagging("v=2"), RequestBody.fromString("two"));

    assertThat(
            a.getObjectAsBytes(r -> r.bucket("app").key("k").versionId(first.versionId()))
                .asUtf8String())
        .isEqualTo("one");
    assertThat(
            a.getObjectTagging(r -> r.bucket("app").key("k").versionId(first.versionId())).tagSet())
        .containsExactly(tag("v", "1"));
    assertThat(a.getObjectTagging(r -> r.bucket("app").key("k")).tagSet())
        .containsExactly(tag("v", "2"));
    assertThat(a.listObjectVersions(r -> r.bucket("app")).versions()).hasSize(2);
  }

  @Test
  void objectTags_areKeptCountedCopiedAndDeleted() {
    a.putObject(r -> r.bucket("app").key("k"), RequestBody.fromString("x"));
    assertThat(a.getObjectTagging(r -> r.bucket("app").key("k")).tagSet()).isEmpty();

    a.putObjectTagging(
        r -> r.bucket("app").key("k").tagging(t -> t.tagSet(tag("a", "1"), tag("b", "2"))));
    a.copyObject(
        r -> r.sourceBucket("app").sourceKey("k").destinationBucket("app").destinationKey("copy"));

    assertThat(a.getObjectTagging(r -> r.bucket("app").key("copy")).tagSet())
        .containsExactly(tag("a", "1"), tag("b", "2"));
    assertThat(a.getObject(r -> r.bucket("app").key("k")).response().tagCount()).isEqualTo(2);
    a.deleteObjectTagging(r -> r.bucket("app").key("k"));
    assertThat(a.getObjectTagging(r -> r.bucket("app").key("k")).tagSet()).isEmpty();
    a.putObject(r -> r.bucket("app").key("copy"), RequestBody.fromString("again"));
    assertThat(a.getObjectTagging(r -> r.bucket("app").key("copy")).tagSet()).isEmpty();
    assertThatThrownBy(() -> a.getObjectTagging(r -> r.bucket("app").key("absent")))
        .hasMessageContaining("does not exist");
  }

  @Test
  void acl_whileOwnershipIsEnforced_isRefused() {
    assertThatThrownBy(() -> a.putBucketAcl(r -> r.bucket("app").acl(BucketCannedACL.PUBLIC_READ)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("AccessControlListNotSupported"));
    assertThatThrownBy(
            () ->
                a.putObject(
                    r -> r.bucket("app").key("k").acl(ObjectCannedACL.PUBLIC_READ),
                    RequestBody.fromString("x")))
        .hasMessageContaining("does not allow ACLs");
  }

  @Test
  void acl_public_opensOneObjectOrTheWholeBucket() {
    S3Client b = s3.account(B).client();
    a.putBucketOwnershipControls(
        r ->
            r.bucket("app")
                .ownershipControls(
                    c ->
                        c.rules(
                            OwnershipControlsRule.builder()
                                .objectOwnership(ObjectOwnership.OBJECT_WRITER)
                                .build())));
    a.putObject(r -> r.bucket("app").key("k"), RequestBody.fromString("x"));
    assertThatThrownBy(() -> a.putBucketAcl(r -> r.bucket("app").acl(BucketCannedACL.PUBLIC_READ)))
        .hasMessageContaining("BlockPublicAcls");
    a.deletePublicAccessBlock(r -> r.bucket("app"));

    assertThatThrownBy(() -> b.listObjectsV2(r -> r.bucket("app")))
        .hasMessageContaining("Access Denied");
    a.putBucketAcl(r -> r.bucket("app").acl(BucketCannedACL.PUBLIC_READ_WRITE));
    assertThat(b.listObjectsV2(r -> r.bucket("app")).contents()).hasSize(1);
    b.putObject(r -> r.bucket("app").key("from-b"), RequestBody.fromString("x"));

    assertThatThrownBy(() -> b.getObjectAsBytes(r -> r.bucket("app").key("k")))
        .hasMessageContaining("Access Denied");
    a.putObjectAcl(r -> r.bucket("app").key("k").acl(ObjectCannedACL.PUBLIC_READ));
    assertThat(b.getObjectAsBytes(r -> r.bucket("app").key("k")).asUtf8String()).isEqualTo("x");
    assertThat(
            new BareClient(s3.world(), A)
                .sendUnsigned("GET", s3.endpoint().resolve("/app/k"), "")
                .body())
        .isEqualTo("x");
    assertThat(a.getBucketAcl(r -> r.bucket("app")).grants()).hasSize(3);

    a.putPublicAccessBlock(
        r -> r.bucket("app").publicAccessBlockConfiguration(c -> c.ignorePublicAcls(true)));
    assertThatThrownBy(() -> b.getObjectAsBytes(r -> r.bucket("app").key("k")))
        .hasMessageContaining("Access Denied");
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
