package io.github.ownproof.auth.internal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Headers that were read before, by their exact characters: all tokens that one key signed have the
 * same, so it need not be decoded and read for each. What is remembered is what reading it gives,
 * and nothing that was decided about it. A few short ones at most. Thread-safe without locks.
 */
public final class KnownHeaders {

  /** More headers than this push each other out. A power of two. */
  private static final int SLOTS = 16;

  private static final int LONGEST = 512;

  /** Any odd number that spreads them well. */
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  private static final class Known {

    private final byte[] characters;
    private final JsonObject header;

    Known(byte[] characters, JsonObject header) {
      this.characters = characters;
      this.header = header;
    }
  }

  private final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(SLOTS);

  /** What reading {@code ascii[0, length)} gives, if it was remembered. */
  @Nullable JsonObject find(byte[] ascii, int length) {
    if (length > LONGEST) {
      return null;
    }
    Known there = known.get(slot(ascii, length));
    return there != null
            && Arrays.equals(ascii, 0, length, there.characters, 0, there.characters.length)
        ? there.header
        : null;
  }

  /**
   * Remembers the header of this token. Only for tokens whose signature holds, so that nobody else
   * can push out what is of use.
   */
  public void remember(CompactToken token) {
    int length = token.headerLength();
    if (length <= LONGEST && find(token.ascii(), length) == null) {
      known.set(
          slot(token.ascii(), length),
          new Known(Arrays.copyOf(token.ascii(), length), token.header()));
    }
  }

  private static int slot(byte[] ascii, int length) {
    long mixed = length;
    for (int at = 0; at <= length - Long.BYTES; at += Long.BYTES) {
      mixed = (mixed ^ Words.at(ascii, at)) * MIX;
    }
    return (int) (mixed >>> 60);
  }
}
