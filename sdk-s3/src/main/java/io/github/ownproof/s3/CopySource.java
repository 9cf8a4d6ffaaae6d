package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * The value of {@code x-amz-copy-source}: a bucket and, kept to the letter, all that follows it.
 *
 * @param bucket the bucket, decoded: a name, a private id, or an access point's ARN
 * @param rest the key and version, encoded as they were, beginning with what separates them
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</a>
 */
record CopySource(String bucket, String rest) {

  /** An access point's ARN has a slash of its own, and {@code /object/} before the key. */
  private static final Pattern BUCKET =
      Pattern.compile(
          "arn(?::[^:/]*){4}:(?:outpost[:/][^:/]+[:/])?accesspoint[:/][^:/]+(?=/object/)"
              + "|[^/]+(?=/)");

  /**
   * @throws BucketNameException if no bucket and key can be told
   */
  static CopySource parse(String header) {
    String value = header.startsWith("/") ? header.substring(1) : header;
    int end = endOfBucket(value);
    if (end > 0) {
      try {
        String bucket = SdkHttpUtils.urlDecode(value.substring(0, end));
        if (!bucket.endsWith(":accesspoint") && !bucket.endsWith(":outpost")) {
          return new CopySource(bucket, value.substring(end));
        }
      } catch (IllegalArgumentException malformedEscape) {
        // refused below, like all that cannot be read
      }
    }
    throw BucketNameException.invalid(
        "The copy source "
            + quote(header)
            + " does not name a bucket and a key. Write it as 'bucket/key' (behind an access"
            + " point's ARN: '/object/key'), URL-encoded, or better"
            + " give sourceBucket and sourceKey.");
  }

  /** The same source in the bucket of this physical name. */
  String in(String physicalName) {
    return SdkHttpUtils.urlEncodeIgnoreSlashes(physicalName) + rest;
  }

  /**
   * S3 decodes the value before it looks for slashes and colons, so they count here in either form.
   */
  private static int endOfBucket(String value) {
    StringBuilder decoded = new StringBuilder(value.length());
    int[] ends = new int[value.length()];
    for (int i = 0; i < value.length(); ) {
      int escaped = escaped(value, i);
      decoded.append(escaped < 0 ? value.charAt(i) : (char) escaped);
      i += escaped < 0 ? 1 : 3;
      ends[decoded.length() - 1] = i;
    }
    Matcher bucket = BUCKET.matcher(decoded);
    return bucket.lookingAt() ? ends[bucket.end() - 1] : 0;
  }

  /** The byte that an escape at {@code i} stands for, or -1 if there is none. */
  private static int escaped(String value, int i) {
    if (value.charAt(i) != '%' || i + 2 >= value.length()) {
      return -1;
    }
    int high = Character.digit(value.charAt(i + 1), 16);
    int low = Character.digit(value.charAt(i + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
