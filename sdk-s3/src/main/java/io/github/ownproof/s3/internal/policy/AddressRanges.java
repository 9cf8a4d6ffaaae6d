package io.github.ownproof.s3.internal.policy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a list of address ranges still is some callers and not all. S3 takes a range wider than
 * /8 (IPv4) or /32 (IPv6) for public; here, all ranges of a list together may not be wider than
 * that, so that a wide one cannot be written as many. Private IPv4 ranges do not count.
 */
final class AddressRanges {

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  private static final Pattern V4 =
      Pattern.compile(
          OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET + "(?:/(3[0-2]|[12]?[0-9]))?");

  /** Global unicast and unique local addresses; others can stand for IPv4 addresses. */
  private static final Pattern V6 =
      Pattern.compile(
          "(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}):[0-9a-f:]{1,35}(?:/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?",
          Pattern.CASE_INSENSITIVE);

  private static final int V4_BITS = 32;
  private static final int V4_WIDEST = 8;
  private static final int V6_WIDEST = 32;

  /** Networks smaller than this count as one of this size, so that sums stay numbers. */
  private static final int V6_SMALLEST = 64;

  private AddressRanges() {}

  static boolean areNarrow(List<String> ranges) {
    long v4 = 0;
    long v6 = 0;
    for (String range : ranges) {
      Matcher four = V4.matcher(range);
      Matcher six = V6.matcher(range);
      if (four.matches()) {
        int prefix = four.group(5) == null ? V4_BITS : Integer.parseInt(four.group(5));
        v4 += isPrivate(four, prefix) ? 0 : 1L << (V4_BITS - prefix);
      } else if (six.matches()) {
        int prefix = six.group(1) == null ? V6_SMALLEST : Integer.parseInt(six.group(1));
        if (prefix < V6_WIDEST) {
          return false;
        }
        v6 += 1L << Math.max(0, V6_SMALLEST - prefix);
      } else {
        return false;
      }
    }
    return !ranges.isEmpty()
        && v4 <= 1L << (V4_BITS - V4_WIDEST)
        && v6 <= 1L << (V6_SMALLEST - V6_WIDEST);
  }

  /** RFC 1918. */
  private static boolean isPrivate(Matcher address, int prefix) {
    int first = Integer.parseInt(address.group(1));
    int second = Integer.parseInt(address.group(2));
    return (first == 10 && prefix >= 8)
        || (first == 172 && (second & 0xf0) == 16 && prefix >= 12)
        || (first == 192 && second == 168 && prefix >= 16);
  }
}
