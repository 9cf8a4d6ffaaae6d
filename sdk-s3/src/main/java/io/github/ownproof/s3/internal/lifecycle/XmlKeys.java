package io.github.ownproof.s3.internal.lifecycle;

/**
 * Which keys the body of DeleteObjects can hold: it is XML 1.0, which has no place for some of the
 * characters that keys may have. Objects with such keys are deleted one by one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html#object-key-xml-related-constraints">XML
 *     related object key constraints</a>
 */
final class XmlKeys {

  private XmlKeys() {}

  static boolean fits(String key) {
    return key.chars().allMatch(c -> c >= 0x20 && c != 0xfffe && c != 0xffff);
  }
}
