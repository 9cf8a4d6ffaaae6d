package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.s3.lifecycle.InvalidPlanException;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Outcome;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Repair;
import io.github.ownproof.testkit.WireRequest;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** Private buckets are made, left alone, put right, or refused. */
class PrivateBucketCreationTest {

  private static final String NAME = "my-app-assets";
  private static final String PHYSICAL = "my-app-assets-111122223333-eu-west-1-an";
  private static final String KEY =
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  private static final String OTHER_KEY = "arn:aws:kms:eu-west-1:111122223333:alias/photos";

  private final TestWorld world = new TestWorld();
  private final S3PrivateClient s3 = world.sync().build();
  private final S3Client raw = world.us.client(TestWorld.REGION);
  private PrivateBucketPlan plan;

  @BeforeEach
  void plan() {
    plan = PrivateBucketPlan.of(NAME);
  }

  @AfterEach
  void close() {
    s3.close();
    world.close();
  }

  @Test
  void absentBucket_isCreatedPrivate() {
    ProvisionedBucket made = s3.createPrivateBucket(plan);

    assertThat(made.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(made.repairs()).isEmpty();
    assertThat(made.bucket().physicalName()).isEqualTo(PHYSICAL);
    assertThat(world.requests("CreateBucket")).hasSize(1);
    assertThat(world.requests("CreateBucket").get(0).header("x-amz-object-ownership"))
        .contains("BucketOwnerEnforced");
    assertThat(world.bucketRequests())
        .allSatisfy(r -> assertThat(r.expectedBucketOwner()).contains(TestWorld.US));
    new PrivateState(world, PHYSICAL, TestWorld.REGION).assertPrivate();
    assertThat(raw.getBucketVersioning(r -> r.bucket(PHYSICAL)).statusAsString())
        .isEqualTo("Enabled");
  }

  @Test
  void owner_isVerified_beforeAndAfterTheCreationAndAtTheEnd() {
    var unused = s3.createPrivateBucket(NAME);
    List<String> operations = world.s3.wireLog().stream().map(WireRequest::operation).toList();
    assertThat(operations).startsWith("HeadBucket", "CreateBucket", "HeadBucket");
    assertThat(operations).endsWith("HeadBucket");
  }

  @Test
  void everyOption_isSet() {
    ProvisionedBucket made =
        s3.createPrivateBucket(
            plan.kmsKey(KEY)
                .tag("team", "media")
                .tag("cost", "42")
                .objectLock(ObjectLockRetentionMode.GOVERNANCE, 7));

    assertThat(made.outcome()).isEqualTo(Outcome.CREATED);
    var rule =
        raw.getBucketEncryption(r -> r.bucket(PHYSICAL))
            .serverSideEncryptionConfiguration()
            .rules()
            .get(0);
    assertThat(rule.bucketKeyEnabled()).isTrue();
    assertThat(rule.applyServerSideEncryptionByDefault().sseAlgorithm())
        .isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(rule.applyServerSideEncryptionByDefault().kmsMasterKeyID()).isEqualTo(KEY);
    assertThat(raw.getBucketTagging(r -> r.bucket(PHYSICAL)).tagSet())
        .containsExactlyInAnyOrder(tag("team", "media"), tag("cost", "42"));
    var lock =
        raw.getObjectLockConfiguration(r -> r.bucket(PHYSICAL)).objectLockConfiguration().rule();
    assertThat(lock.defaultRetention().modeAsString()).isEqualTo("GOVERNANCE");
    assertThat(lock.defaultRetention().days()).isEqualTo(7);
    assertThat(world.requests("CreateBucket").get(0).header("x-amz-bucket-object-lock-enabled"))
        .contains("true");
    new PrivateState(world, PHYSICAL, TestWorld.REGION).assertPrivate();
  }

  @Test
  void withoutVersioning_newBucketHasNone_andOneThatHasItKeepsIt() {
    var unused = s3.createPrivateBucket(plan.withoutVersioning());
    assertThat(raw.getBucketVersioning(r -> r.bucket(PHYSICAL)).status()).isNull();

    raw.putBucketVersioning(
        r -> r.bucket(PHYSICAL).versioningConfiguration(v -> v.status("Enabled")));
    assertThat(s3.createPrivateBucket(plan.withoutVersioning()).outcome())
        .isEqualTo(Outcome.UNCHANGED);
    assertThat(raw.getBucketVersioning(r -> r.bucket(PHYSICAL)).statusAsString())
        .isEqualTo("Enabled");
  }

  @Test
  void objectLock_withoutRetention_keepsTheOneThereIs() {
    var unused = s3.createPrivateBucket(plan.objectLock(ObjectLockRetentionMode.COMPLIANCE, 30));
    assertThat(s3.createPrivateBucket(plan.objectLock()).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(
            raw.getObjectLockConfiguration(r -> r.bucket(PHYSICAL))
                .objectLockConfiguration()
                .rule()
                .defaultRetention()
                .days())
        .isEqualTo(30);
  }

  @Test
  void secondRun_writesNothing() {
    PrivateBucketPlan whole =
        plan.kmsKey(KEY).tag("a", "b").objectLock(ObjectLockRetentionMode.GOVERNANCE, 1);
    var unused = s3.createPrivateBucket(whole);
    world.s3.clearWireLog();

    ProvisionedBucket again = s3.createPrivateBucket(whole);

    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.repairs()).isEmpty();
    assertThat(PrivateState.writes(world)).isEmpty();
    assertThat(world.s3.wireLog()).hasSizeLessThanOrEqualTo(11);
  }

  /** One setting gone wrong, by whoever may do everything in the account. */
  record Drift(
      String setting,
      String was,
      String now,
      List<String> writes,
      BiConsumer<TestWorld, String> damage) {

    @Override
    public String toString() {
      return setting + " " + writes + " " + was.hashCode();
    }
  }

  static Stream<Drift> drifts() {
    return Stream.of(
        new Drift(
            "Block Public Access",
            "none",
            "BlockPublicAcls=true, IgnorePublicAcls=true, BlockPublicPolicy=true,"
                + " RestrictPublicBuckets=true",
            List.of("PutPublicAccessBlock"),
            (w, b) -> raw(w).deletePublicAccessBlock(r -> r.bucket(b))),
        new Drift(
            "Block Public Access",
            "BlockPublicAcls=true, IgnorePublicAcls=true, BlockPublicPolicy=false,"
                + " RestrictPublicBuckets=true",
            "BlockPublicAcls=true, IgnorePublicAcls=true, BlockPublicPolicy=true,"
                + " RestrictPublicBuckets=true",
            List.of("PutPublicAccessBlock"),
            (w, b) ->
                raw(w)
                    .putPublicAccessBlock(
                        r ->
                            r.bucket(b)
                                .publicAccessBlockConfiguration(
                                    c ->
                                        c.blockPublicAcls(true)
                                            .ignorePublicAcls(true)
                                            .blockPublicPolicy(false)
                                            .restrictPublicBuckets(true)))),
        new Drift(
            "Object ownership",
            "ObjectWriter",
            "BucketOwnerEnforced",
            List.of("PutBucketOwnershipControls"),
            (w, b) -> PrivateState.ownership(raw(w), b, ObjectOwnership.OBJECT_WRITER)),
        new Drift(
            "Object ownership",
            "none",
            "BucketOwnerEnforced",
            List.of("PutBucketOwnershipControls"),
            (w, b) -> raw(w).deleteBucketOwnershipControls(r -> r.bucket(b))),
        new Drift(
            "Website",
            "index document index.html",
            "none",
            List.of("DeleteBucketWebsite"),
            (w, b) ->
                raw(w)
                    .putBucketWebsite(
                        r ->
                            r.bucket(b)
                                .websiteConfiguration(
                                    c -> c.indexDocument(i -> i.suffix("index.html"))))),
        new Drift(
            "Default encryption",
            "AES256",
            "aws:kms with " + KEY + ", bucket key",
            List.of("PutBucketEncryption"),
            (w, b) -> raw(w).deleteBucketEncryption(r -> r.bucket(b))),
        new Drift(
            "Default encryption",
            "aws:kms with " + OTHER_KEY + ", bucket key",
            "aws:kms with " + KEY + ", bucket key",
            List.of("PutBucketEncryption"),
            (w, b) -> encryption(w, b, OTHER_KEY, true)),
        new Drift(
            "Default encryption",
            "aws:kms with " + KEY,
            "aws:kms with " + KEY + ", bucket key",
            List.of("PutBucketEncryption"),
            (w, b) -> encryption(w, b, KEY, false)),
        new Drift(
            "Versioning",
            "Suspended",
            "Enabled",
            List.of("PutBucketVersioning"),
            (w, b) ->
                raw(w)
                    .putBucketVersioning(
                        r -> r.bucket(b).versioningConfiguration(v -> v.status("Suspended")))),
        new Drift(
            "Object Lock",
            "Enabled, GOVERNANCE 1 days",
            "Enabled, GOVERNANCE 7 days",
            List.of("PutObjectLockConfiguration"),
            (w, b) ->
                raw(w)
                    .putObjectLockConfiguration(
                        r ->
                            r.bucket(b)
                                .objectLockConfiguration(
                                    c ->
                                        c.objectLockEnabled("Enabled")
                                            .rule(
                                                l ->
                                                    l.defaultRetention(
                                                        d -> d.mode("GOVERNANCE").days(1)))))),
        new Drift(
            "Tags",
            "{team=sales}",
            "{cost=42, team=media}",
            List.of("PutBucketTagging"),
            (w, b) ->
                raw(w)
                    .putBucketTagging(
                        r ->
                            r.bucket(b)
                                .tagging(t -> t.tagSet(tag("team", "sales"), tag("x", "y"))))),
        new Drift(
            "Tags",
            "none",
            "{cost=42, team=media}",
            List.of("PutBucketTagging"),
            (w, b) -> raw(w).deleteBucketTagging(r -> r.bucket(b))));
  }

  private static S3Client raw(TestWorld world) {
    return world.us.client(TestWorld.REGION);
  }

  private static void encryption(TestWorld world, String bucket, String key, boolean bucketKey) {
    raw(world)
        .putBucketEncryption(
            r ->
                r.bucket(bucket)
                    .serverSideEncryptionConfiguration(
                        c ->
                            c.rules(
                                ServerSideEncryptionRule.builder()
                                    .bucketKeyEnabled(bucketKey)
                                    .applyServerSideEncryptionByDefault(
                                        d -> d.sseAlgorithm("aws:kms").kmsMasterKeyID(key))
                                    .build())));
  }

  private PrivateBucketPlan whole() {
    return plan.kmsKey(KEY)
        .tag("team", "media")
        .tag("cost", "42")
        .objectLock(ObjectLockRetentionMode.GOVERNANCE, 7);
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void drift_isRepairedAndReported_andNothingElseIsWritten(Drift drift) {
    var created = s3.createPrivateBucket(whole());
    drift.damage().accept(world, PHYSICAL);
    world.s3.clearWireLog();

    ProvisionedBucket repaired = s3.createPrivateBucket(whole());

    assertThat(repaired.outcome()).isEqualTo(Outcome.REPAIRED);
    assertThat(repaired.bucket()).isEqualTo(created.bucket());
    assertThat(repaired.repairs())
        .containsExactly(new Repair(drift.setting(), drift.was(), drift.now()));
    assertThat(PrivateState.writes(world))
        .extracting(WireRequest::operation)
        .containsExactlyElementsOf(drift.writes());
    assertThat(s3.createPrivateBucket(whole()).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void repair_isLogged_onOneLine_evenIfNobodyLooksAtTheResult() {
    var unused = s3.createPrivateBucket(NAME);
    raw.putBucketWebsite(
        r -> r.bucket(PHYSICAL).websiteConfiguration(w -> w.indexDocument(i -> i.suffix("i\nj"))));
    CanaryLogs.warnings().clear();

    unused = s3.createPrivateBucket(NAME);

    assertThat(CanaryLogs.warnings())
        .containsExactly(
            NAME
                + " ("
                + PHYSICAL
                + ", owner 111122223333): Website was index document i?j and is now none");
  }

  @Test
  void tagsOfOthers_areKept() {
    var unused = s3.createPrivateBucket(plan);
    raw.putBucketTagging(r -> r.bucket(PHYSICAL).tagging(t -> t.tagSet(tag("x", "y"))));
    var repaired = s3.createPrivateBucket(plan.tag("team", "media"));
    assertThat(repaired.repairs()).containsExactly(new Repair("Tags", "none", "{team=media}"));
    assertThat(raw.getBucketTagging(r -> r.bucket(PHYSICAL)).tagSet())
        .containsExactlyInAnyOrder(tag("x", "y"), tag("team", "media"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:kms", "aws:kms:dsse"})
  void otherEncryption_withoutAKeyInThePlan_isNoDrift(String algorithm) {
    var unused = s3.createPrivateBucket(plan);
    raw.putBucketEncryption(
        r ->
            r.bucket(PHYSICAL)
                .serverSideEncryptionConfiguration(
                    c ->
                        c.rules(
                            ServerSideEncryptionRule.builder()
                                .applyServerSideEncryptionByDefault(d -> d.sseAlgorithm(algorithm))
                                .build())));
    assertThat(s3.createPrivateBucket(plan).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void encryptedTwice_withTheKeyOfThePlan_isNoDrift() {
    var unused = s3.createPrivateBucket(plan.kmsKey(KEY));
    raw.putBucketEncryption(
        r ->
            r.bucket(PHYSICAL)
                .serverSideEncryptionConfiguration(
                    c ->
                        c.rules(
                            ServerSideEncryptionRule.builder()
                                .applyServerSideEncryptionByDefault(
                                    d -> d.sseAlgorithm("aws:kms:dsse").kmsMasterKeyID(KEY))
                                .build())));
    assertThat(s3.createPrivateBucket(plan.kmsKey(KEY)).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(s3.createPrivateBucket(plan.kmsKey(KEY + "0")).outcome())
        .isEqualTo(Outcome.REPAIRED);
  }

  @Test
  void publicAcl_isTakenBack_beforeAclsAreSwitchedOff() {
    var unused = s3.createPrivateBucket(plan);
    PrivateState.ownership(raw, PHYSICAL, ObjectOwnership.OBJECT_WRITER);
    raw.deletePublicAccessBlock(r -> r.bucket(PHYSICAL));
    raw.deleteBucketPolicy(r -> r.bucket(PHYSICAL));
    raw.putBucketAcl(r -> r.bucket(PHYSICAL).acl(BucketCannedACL.PUBLIC_READ));
    PrivateState state = new PrivateState(world, PHYSICAL, TestWorld.REGION);
    assertThat(state.isReadableByOthers()).as("open to begin with").isTrue();
    world.s3.clearWireLog();

    ProvisionedBucket repaired = s3.createPrivateBucket(plan);

    assertThat(repaired.repairs())
        .extracting(Repair::setting)
        .containsExactly(
            "Block Public Access",
            "Access control list",
            "Object ownership",
            "Bucket policy",
            "Bucket policy");
    assertThat(repaired.repairs().get(1))
        .isEqualTo(
            new Repair(
                "Access control list",
                "READ to http://acs.amazonaws.com/groups/global/AllUsers",
                "private"));
    assertThat(PrivateState.writes(world))
        .extracting(WireRequest::operation)
        .containsExactly(
            "PutPublicAccessBlock",
            "PutBucketAcl",
            "PutBucketOwnershipControls",
            "PutBucketPolicy");
    state.assertPrivate();
  }

  @Test
  void planForAnotherPartOfTheWorld_needsAKeyThere() {
    assertThatThrownBy(() -> s3.createPrivateBucket(plan.region("eu-central-1").kmsKey(KEY)))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("eu-central-1");
    assertThat(world.s3.wireLog()).isEmpty();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
