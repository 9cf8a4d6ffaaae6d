package io.github.ownproof.s3.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromotionStatementTest {

  private static final String ARN = "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE";
  private static final String WRITTEN =
      "{\"Sid\":\"OwnproofPromotiona8461a068e0d6b5b6323b6e8659e8061\",\"Effect\":\"Allow\","
          + "\"Principal\":{\"Service\":\"cloudfront.amazonaws.com\"},\"Action\":\"s3:GetObject\","
          + "\"Resource\":\"arn:aws:s3:::bucket/photos/*\",\"Condition\":{\"StringEquals\":"
          + "{\"AWS:SourceArn\":\""
          + ARN
          + "\"}}}";

  private final PromotionStatement promotion = new PromotionStatement(ARN, "photos/");

  @Test
  void on_aBucket_isTheAgreedForm() {
    assertThat(promotion.on("aws", "bucket").toJson()).isEqualTo(WRITTEN);
  }

  @Test
  void on_aPrefixWithWildcards_escapesThem() {
    assertThat(new PromotionStatement(ARN, "a*b?c$d${x}/").on("aws", "bucket").toJson())
        .contains("arn:aws:s3:::bucket/a${*}b${?}c${$}d${$}{x}/*\"");
  }

  @Property(tries = 300)
  void read_whatWasWritten_isTheSame(
      @ForAll
          @StringLength(max = 20)
          @Chars({'*', '?', '$', '{', '}', '/', '"', '\\', 'é', '\n'})
          @CharRange(from = 'a', to = 'e')
          String prefix) {
    PromotionStatement any = new PromotionStatement(ARN, prefix + '/');
    assertThat(PromotionStatement.read(any.on("aws", "bucket"), "bucket")).contains(any);
  }

  @Test
  void read_theFormThatS3GivesBack_isTheSame() {
    PolicyStatement rewritten =
        PolicyStatement.parse(
            """
            {"Condition": {"StringEquals": {"aws:SourceArn": ["%s"]}},
             "Resource": ["arn:aws:s3:::bucket/photos/*"], "Action": ["s3:GetObject"],
             "Principal": {"Service": ["cloudfront.amazonaws.com"]}, "Effect": "Allow",
             "Sid": "%s"}"""
                .formatted(ARN, promotion.sid()));
    assertThat(PromotionStatement.read(rewritten, "bucket")).contains(promotion);
  }

  /** A part of the statement, and what somebody made of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          arn:aws:s3:::bucket/photos/*     | arn:aws:s3:::bucket/*
          arn:aws:s3:::bucket/photos/*     | arn:aws:s3:::bucket/photos/*/x/*
          arn:aws:s3:::bucket/photos/*     | arn:aws:s3:::bucket/photos/
          arn:aws:s3:::bucket/photos/*     | arn:aws:s3:::other/photos/*
          arn:aws:s3:::bucket/photos/*     | arn:aws-cn:s3:::bucket/photos/*
          arn:aws:s3:::bucket/photos/*     | arn:aws:s3:::bucket/videos/*
          s3:GetObject                     | s3:*
          s3:GetObject                     | s3:PutObject
          "s3:GetObject"                   | ["s3:GetObject","s3:ListBucket"]
          "Allow"                          | "Deny"
          "cloudfront.amazonaws.com"       | ["cloudfront.amazonaws.com","s3.amazonaws.com"]
          "Service"                        | "AWS"
          EDFDVBD6EXAMPLE                  | EOTHER
          EDFDVBD6EXAMPLE                  | *
          StringEquals                     | StringLike
          StringEquals                     | StringEqualsIfExists
          AWS:SourceArn                    | AWS:PrincipalArn
          OwnproofPromotion                | OwnproofPromotion0
          OwnproofPromotion                | Other
          "Effect":"Allow",                | "Effect":"Allow","NotAction":"s3:x",
          """)
  void read_anyOtherStatement_isNone(String part, String other) {
    String changed = promotion.on("aws", "bucket").toJson().replace(part, other);
    assertThat(changed).isNotEqualTo(WRITTEN);
    assertThat(PromotionStatement.read(PolicyStatement.parse(changed), "bucket")).isEmpty();
  }

  @Test
  void promotion_ofOddParts_isRefused() {
    assertThatThrownBy(() -> new PromotionStatement("arn:aws:iam::111122223333:root", "photos/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PromotionStatement(ARN, "photos"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
