package io.github.ownproof.s3.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.InvalidContextException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** What can be planned, and what is refused at once. */
class PrivateBucketPlanTest {

  private static final PrivateBucketPlan PLAN = PrivateBucketPlan.of("my-app-assets");
  private static final String KEY =
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  @Test
  void withoutOptions_isVersioned_andAsksForNothingElse() {
    assertThat(PLAN.bucket()).isEqualTo("my-app-assets");
    assertThat(PLAN.isVersioned()).isTrue();
    assertThat(PLAN.isObjectLocked()).isFalse();
    assertThat(PLAN.region()).isEmpty();
    assertThat(PLAN.kmsKey()).isEmpty();
    assertThat(PLAN.tags()).isEmpty();
    assertThat(PLAN.retention()).isEmpty();
  }

  @Test
  void eachOption_givesANewPlan() {
    PrivateBucketPlan whole =
        PLAN.region("eu-central-1")
            .kmsKey(KEY)
            .tag("team", "media")
            .tags(Map.of("team", "sales", "Kosten Stelle", "4+2=6 @ ü"))
            .objectLock(ObjectLockRetentionMode.COMPLIANCE, 30);

    assertThat(whole.region()).contains("eu-central-1");
    assertThat(whole.kmsKey()).contains(KEY);
    assertThat(whole.tags())
        .containsExactlyInAnyOrderEntriesOf(Map.of("team", "sales", "Kosten Stelle", "4+2=6 @ ü"));
    assertThat(whole.retention())
        .contains(new PrivateBucketPlan.Retention(ObjectLockRetentionMode.COMPLIANCE, 30));
    assertThat(PLAN).isEqualTo(PrivateBucketPlan.of("my-app-assets"));
    assertThat(whole.toString())
        .contains("my-app-assets", "eu-central-1", KEY, "team=sales", "COMPLIANCE 30 days");
  }

  @Test
  void plans_areEqualByValue() {
    PrivateBucketPlan one = PLAN.tag("a", "b").tag("c", "d").objectLock();
    PrivateBucketPlan other = PLAN.objectLock().tag("c", "d").tag("a", "b");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString(other.toString());
    assertThat(one)
        .isNotEqualTo(PLAN)
        .isNotEqualTo(one.tag("a", "c"))
        .isNotEqualTo(one.region("eu-west-1"))
        .isNotEqualTo(one.kmsKey(KEY))
        .isNotEqualTo(one.objectLock(ObjectLockRetentionMode.GOVERNANCE, 1));
    assertThat(PLAN).isNotEqualTo(PLAN.withoutVersioning()).isNotEqualTo("my-app-assets");
  }

  @Test
  void tags_cannotBeChangedFromOutside() {
    Map<String, String> tags = new LinkedHashMap<>(Map.of("a", "b"));
    PrivateBucketPlan plan = PLAN.tags(tags);
    tags.put("c", "d");
    assertThat(plan.tags()).containsOnlyKeys("a");
    assertThatThrownBy(() -> plan.tags().put("c", "d"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        KEY,
        "arn:aws:kms:eu-west-1:111122223333:alias/photos",
        "arn:aws:kms:eu-west-1:444455556666:alias/team/photos_1",
        "arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1234",
        "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-1234"
      })
  void wholeKeyArns_areTaken(String key) {
    assertThat(PLAN.kmsKey(key).kmsKey()).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
        "alias/photos",
        "arn:aws:kms:eu-west-1:111122223333:photos",
        "arn:aws:kms:eu-west-1:1111:key/1234",
        "arn:aws:kms:eu-west-1::key/1234",
        "arn:aws:s3:eu-west-1:111122223333:key/1234",
        "arn:aws:kms:eu-west-1:111122223333:key/",
        "arn:aws:kms:eu-west-1:111122223333:key/1234\nX"
      })
  void anythingLessThanAKeyArn_isRefused(String key) {
    assertThatThrownBy(() -> PLAN.kmsKey(key))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("S3_PLAN_INVALID")
        .hasMessageContaining("give the whole ARN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "aws:team", "AWS:team", "a\nb", "a&b", "a?"})
  void tagKeys_S3WouldNotTake_areRefused(String key) {
    assertThatThrownBy(() -> PLAN.tag(key, "v"))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("tag key");
  }

  @Test
  void tags_asLongAndAsManyAsS3Takes_areTaken_andNoMore() {
    assertThat(PLAN.tag("k".repeat(128), "v".repeat(256)).tags()).hasSize(1);
    assertThat(PLAN.tag("k", "").tags()).containsEntry("k", "");
    assertThatThrownBy(() -> PLAN.tag("k".repeat(129), "v"))
        .isInstanceOf(InvalidPlanException.class);
    assertThatThrownBy(() -> PLAN.tag("k", "v".repeat(257)))
        .isInstanceOf(InvalidPlanException.class);
    assertThatThrownBy(() -> PLAN.tag("k", "<v>")).isInstanceOf(InvalidPlanException.class);
    PrivateBucketPlan full = PLAN;
    for (int i = 0; i < 50; i++) {
      full = full.tag("k" + i, "v");
    }
    PrivateBucketPlan fifty = full;
    assertThat(fifty.tag("k0", "other").tags()).hasSize(50);
    assertThatThrownBy(() -> fifty.tag("one more", "v"))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("51 tags");
  }

  @Test
  void objectLock_needsVersioning() {
    assertThatThrownBy(() -> PLAN.withoutVersioning().objectLock())
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("withoutVersioning()");
    assertThatThrownBy(
            () -> PLAN.objectLock(ObjectLockRetentionMode.GOVERNANCE, 1).withoutVersioning())
        .isInstanceOf(InvalidPlanException.class);
  }

  @ParameterizedTest
  @CsvSource({"GOVERNANCE, 0", "GOVERNANCE, -1", "COMPLIANCE, 36501", "NONSENSE, 1"})
  void retentions_S3WouldNotTake_areRefused(String mode, int days) {
    assertThatThrownBy(() -> PLAN.objectLock(ObjectLockRetentionMode.fromValue(mode), days))
        .isInstanceOf(InvalidPlanException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "aws-global", "eu_west_1", "EU-WEST-1", "eu-west-1\n"})
  void whatIsNoRegion_isRefused(String region) {
    assertThatThrownBy(() -> PLAN.region(region)).isInstanceOf(InvalidContextException.class);
  }

  @Test
  void printedPlan_cannotForgeALine() {
    assertThat(PrivateBucketPlan.of("a\nb").toString()).doesNotContain("\n");
  }
}
