package io.github.ownproof.s3.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a promotion can say, and what it refuses to. */
class PromotionTest {

  private static final String ARN = "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE";

  private static void invalid(ThrowingCallable making, String why) {
    assertThatThrownBy(making)
        .isInstanceOf(PromotionException.class)
        .hasMessageStartingWith("S3_PROMOTION_INVALID: ")
        .hasMessageContaining(why);
  }

  @Test
  void promotions_areEqualByValue_inAnyCaseOfTheBucket() {
    assertThat(Promotion.cloudFront("My-App", ARN, "photos/"))
        .isEqualTo(Promotion.cloudFront("my-app", ARN, "photos/"))
        .isNotEqualTo(Promotion.cloudFront("my-app", ARN, "Photos/"));
    assertThat(Promotion.publicBucket("My-App", "public-app", "photos/").bucket())
        .isEqualTo("my-app");
  }

  @Test
  void otherLetters_areNotLowerCasedIntoNames() {
    // The Kelvin sign is a K to Character.toLowerCase.
    assertThat(Promotion.cloudFront("boo\u212A", ARN, "photos/").bucket()).isEqualTo("boo\u212A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "EDFDVBD6EXAMPLE",
        "*",
        "arn:aws:cloudfront::111122223333:distribution/*",
        "arn:aws:cloudfront::111122223333:distribution/",
        "arn:aws:cloudfront::111122223333:distribution/E1 ",
        "arn:aws:cloudfront::111122223333:distribution/E1\n",
        "arn:aws:cloudfront::*:distribution/E1",
        "arn:aws:cloudfront:us-east-1:111122223333:distribution/E1",
        "arn:aws:s3::111122223333:distribution/E1",
        "arn:*:cloudfront::111122223333:distribution/E1"
      })
  void distribution_thatIsNotTheArnOfOne_isRefused(String arn) {
    invalid(() -> Promotion.cloudFront("app", arn, "photos/"), "CloudFront distribution");
  }

  @Test
  void wholeBucket_isNotOffered_andSaysSo() {
    invalid(() -> Promotion.cloudFront("app", ARN, ""), "whole bucket");
    invalid(() -> Promotion.publicBucket("app", "public-app", ""), "whole bucket");
  }

  @Test
  void prefixWithoutSlash_isRefused_becauseItPublishesMore() {
    invalid(() -> Promotion.cloudFront("app", ARN, "photos"), "photos-drafts");
    invalid(() -> Promotion.publicBucket("app", "public-app", "photos"), "photos-drafts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb/", "a\u0000/", "a\u0085/"})
  void prefixWithControlCharacter_isRefused(String prefix) {
    invalid(() -> Promotion.cloudFront("app", ARN, prefix), "control character");
  }

  @Test
  void prefixWithHalfACharacter_isRefused() {
    invalid(() -> Promotion.cloudFront("app", ARN, "a\uD83D/"), "half a character");
  }

  @Test
  void longestPrefix_isTaken_andOneByteMoreIsNot() {
    String longest = "\u00fc".repeat(511) + "x/";
    assertThat(Promotion.cloudFront("app", ARN, longest).keyPrefix()).isEqualTo(longest);
    invalid(() -> Promotion.cloudFront("app", ARN, "x" + longest), "1025 bytes");
    String inTag = "\u00fc".repeat(89) + "x/";
    assertThat(Promotion.publicBucket("app", "public-app", inTag).keyPrefix()).isEqualTo(inTag);
    invalid(() -> Promotion.publicBucket("app", "public-app", "x" + inTag), "181 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app",
        "public",
        "public-",
        "Public-app",
        "public-App",
        "public-a.b",
        "public-app-",
        "apublic-app",
        "public-app/x",
        "public-app\n"
      })
  void publicBucket_whoseNameDoesNotTell_isRefused(String name) {
    invalid(() -> Promotion.publicBucket("app", name, "photos/"), "public bucket");
  }

  @Test
  void publicBucket_longestName() {
    String longest = "public-" + "x".repeat(56);
    assertThat(Promotion.publicBucket("app", longest, "p/"))
        .isEqualTo(new Promotion.PublicBucket("app", longest, "p/"));
    invalid(() -> Promotion.publicBucket("app", longest + "x", "p/"), "63 characters");
  }
}
