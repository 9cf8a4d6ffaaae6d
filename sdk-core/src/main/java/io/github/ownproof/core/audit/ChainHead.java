package io.github.ownproof.core.audit;

import java.util.regex.Pattern;

/**
 * The end of a hash chain: how many lines there are and the hash of the last. Kept where the
 * chain's writer cannot change it, it later proves that none of those lines was changed or cut off.
 * Immutable and thread-safe.
 *
 * @param count how many lines; 0 for an empty chain
 * @param hash the last line's SHA-256 in 64 lower-case hexadecimal digits; 64 zeros for an empty
 *     chain
 */
public record ChainHead(long count, String hash) {

  // Before EMPTY, whose making uses it.
  private static final Pattern NOT_HEX = Pattern.compile("[^0-9a-f]");

  /** The head of an empty chain. */
  public static final ChainHead EMPTY = new ChainHead(0, "0".repeat(64));

  /**
   * Checks the form.
   *
   * @throws InvalidAuditEventException if {@code count} is negative, {@code hash} is not 64
   *     lower-case hexadecimal digits, or exactly one of them is that of the empty chain
   */
  public ChainHead {
    boolean zeros = hash.equals("0".repeat(64));
    if (hash.length() != 64 || NOT_HEX.matcher(hash).find() || count < 0 || zeros != (count == 0)) {
      throw new InvalidAuditEventException(
          "Not the head of a hash chain: "
              + count
              + " lines and hash "
              + InvalidAuditEventException.quote(hash)
              + ". A head is a line count and 64 lower-case hexadecimal digits, zeros exactly for no"
              + " lines.");
    }
  }

  /**
   * The head after one line of a chain, read from the line alone: its form and its own hash are
   * checked. Whether it belongs into a chain at that place, only {@link HashChainedTrail#verify}
   * tells.
   *
   * @param line the bytes of one line, with its line feed
   * @throws InvalidAuditEventException if they are not, or its hash is not that of what it says
   */
  public static ChainHead of(byte[] line) {
    ChainHead head =
        line.length == 0 || line.length > ChainLine.LONGEST || line[line.length - 1] != '\n'
            ? null
            : ChainLine.headOf(line, line.length - 1);
    if (head == null) {
      throw new InvalidAuditEventException(
          "Not a line of a hash chain, or its hash is not that of what it says. Verify the chain it"
              + " is from.");
    }
    return head;
  }
}
