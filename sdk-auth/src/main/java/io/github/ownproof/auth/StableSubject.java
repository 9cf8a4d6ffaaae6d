package io.github.ownproof.auth;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * What a provider always calls the same user and nobody else.
 *
 * @param value the identifier, which {@link #checkForm} and {@link #checkAtSign} have not seen yet
 * @param kind what it stands for
 * @param atSignIsTheirs whether the provider puts an at sign into identifiers of this form
 */
record StableSubject(String value, IdentityKind kind, boolean atSignIsTheirs) {

  /** As OpenID Connect Core section 2 has it. */
  private static final int LONGEST = 255;

  /**
   * What parts an identifier, so that an at sign behind it begins a name: {@code github|@alice}.
   */
  private static final String SEPARATORS = "|/:;,<([{";

  /**
   * Characters without a glyph that Unicode counts among letters, marks or symbols: first and last
   * of each range.
   */
  private static final int[] BLANKS = {
    0x034f, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x2800, 0x2800, 0x3164, 0x3164,
    0xfe00, 0xfe0f, 0xffa0, 0xffa0, 0xe0100, 0xe01ef
  };

  static StableSubject of(@Nullable Object claim, IdentityKind kind) throws Refusal {
    if (claim instanceof String value) {
      return new StableSubject(value, kind, false);
    }
    throw Refusal.of(Reason.SUBJECT);
  }

  /** Refuses what two systems might not store or compare alike. */
  @CanIgnoreReturnValue
  StableSubject checkForm() throws Refusal {
    if (value.isEmpty()
        || value.length() > LONGEST
        || isWhite(value.codePointAt(0))
        || isWhite(value.codePointBefore(value.length()))
        || hasInvisible(value)) {
      throw Refusal.of(Reason.SUBJECT);
    }
    return this;
  }

  /** Refuses an e-mail address, which may be somebody else's tomorrow. */
  @CanIgnoreReturnValue
  StableSubject checkAtSign(boolean mayLookLikeEmail) throws Refusal {
    if (!mayLookLikeEmail && !atSignIsTheirs && looksLikeEmail(value)) {
      throw Refusal.of(Reason.EMAIL_SUBJECT);
    }
    return this;
  }

  /** Some databases compare without the white space at the ends: there, two users would be one. */
  private static boolean isWhite(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean hasInvisible(String text) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if ((c < ' ' || c > '~') && isInvisible(c)) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBlank(c);
    };
  }

  private static boolean isBlank(int c) {
    for (int i = 0; i < BLANKS.length; i += 2) {
      if (c >= BLANKS[i] && c <= BLANKS[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether there is an at sign, in any spelling, that joins two things: what stands around them,
   * such as {@code acct:} or {@code connection|}, does not hide an address.
   */
  static boolean looksLikeEmail(String text) {
    String plain = text.replace('\uFF20', '@').replace('\uFE6B', '@');
    if (plain.indexOf('%') >= 0) {
      plain = plain.replace("%25", "%").replace("%40", "@");
    }
    for (int at = plain.indexOf('@', 1); at >= 0; at = plain.indexOf('@', at + 1)) {
      if (at < plain.length() - 1
          && !isWhite(plain.charAt(at - 1))
          && SEPARATORS.indexOf(plain.charAt(at - 1)) < 0
          && beginsHost(plain.codePointAt(at + 1))) {
        return true;
      }
    }
    return false;
  }

  /** A name, or an address in brackets (RFC 5321 section 4.1.3). */
  private static boolean beginsHost(int c) {
    return Character.isLetterOrDigit(c) || c == '[';
  }

  /** The kind alone. */
  @Override
  public String toString() {
    return "StableSubject(" + kind + ")";
  }
}
