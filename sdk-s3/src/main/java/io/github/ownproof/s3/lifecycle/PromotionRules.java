package io.github.ownproof.s3.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What the parts of a promotion may be. */
final class PromotionRules {

  /** A key of S3 has no more bytes. */
  static final int LONGEST_KEY = 1_024;

  /** A tag's value has 256 characters, which hold this many bytes in Base64. */
  static final int LONGEST_IN_TAG = 180;

  private static final Pattern DISTRIBUTION =
      Pattern.compile("arn:aws[a-z-]{0,20}:cloudfront::[0-9]{12}:distribution/[A-Z0-9]{1,64}");

  private static final String PUBLIC_PREFIX = "public-";

  private static final Pattern PUBLIC_BUCKET = Pattern.compile("public-[a-z0-9-]{0,55}[a-z0-9]");

  private PromotionRules() {}

  /** A to Z alone are lower-cased: other letters must not turn into those names are made of. */
  static String bucket(String bucket) {
    StringBuilder lower = new StringBuilder(bucket.length());
    bucket
        .chars()
        .map(c -> c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)
        .forEach(c -> lower.append((char) c));
    return lower.toString();
  }

  static void checkDistribution(String arn) {
    if (!DISTRIBUTION.matcher(arn).matches()) {
      throw invalid(
          quote(arn)
              + " is not the ARN of a CloudFront distribution. Write it whole, as CloudFront prints"
              + " it: arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE");
    }
  }

  static void checkPublicBucket(String name) {
    if (!PUBLIC_BUCKET.matcher(name).matches()) {
      throw invalid(
          quote(name)
              + " cannot be the name of a public bucket: it begins with '"
              + PUBLIC_PREFIX
              + "', so that everybody can tell, and has at most 63 characters: a-z, 0-9 and inner"
              + " '-'.");
    }
  }

  static void checkKeyPrefix(String prefix, int most) {
    if (prefix.isEmpty()) {
      throw invalid(
          "The key prefix is empty, which would publish the whole bucket, and whatever is put there"
              + " later. That is not offered: keep what is to be published under a prefix of its"
              + " own, such as 'public/', and promote that.");
    }
    if (!prefix.endsWith("/")) {
      throw invalid(
          "The key prefix "
              + quote(prefix)
              + " does not end with '/', so that it would publish other keys that begin like it, too:"
              + " 'photos' is the beginning of 'photos-drafts/1.jpg'. Add the '/'.");
    }
    if (prefix.chars().anyMatch(Character::isISOControl)) {
      throw invalid("The key prefix " + quote(prefix) + " has a control character. Take it out.");
    }
    int length = utf8(prefix).remaining();
    if (length > most) {
      throw invalid(
          "The key prefix "
              + quote(prefix)
              + " has "
              + length
              + " bytes in UTF-8; this promotion takes at most "
              + most
              + ". Shorten it.");
    }
  }

  private static ByteBuffer utf8(String prefix) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(prefix));
    } catch (CharacterCodingException unpaired) {
      throw invalid(
          "The key prefix "
              + quote(prefix)
              + " has half a character (an unpaired surrogate). No key of S3 does; correct it.");
    }
  }

  private static PromotionException invalid(String message) {
    return new PromotionException(PromotionException.INVALID, message, null);
  }
}
