package io.github.ownproof.core;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one root of every exception Ownproof throws on purpose.
 *
 * <p>Each subclass has a stable {@link #code()} to switch and alert on, and a message that says
 * what went wrong, with which value, and what to do about it; it begins with the code. A message
 * never holds a credential, a token or a signature, and values that came from outside are shown
 * through {@link #quote(String)}: shortened, and without control characters.
 */
public abstract class OwnproofException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  private static final int LONGEST_QUOTE = 120;

  private final String code;

  /**
   * For subclasses, which live beside what throws them.
   *
   * @param code the stable code, upper case with underscores, e.g. {@code S3_OWNER_MISMATCH}
   * @param message what went wrong, with which value, and what to do
   * @param cause what led to it, if anything did
   */
  protected OwnproofException(String code, String message, @Nullable Throwable cause) {
    super(code + ": " + message, cause);
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("Not an exception code: " + code);
    }
    this.code = code;
  }

  /** The stable code of this kind of failure; it does not change between releases. */
  public final String code() {
    return code;
  }

  /** The code, what went wrong, with which value, and what to do; never null. */
  @Override
  public final String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /**
   * A value from outside, fit for a message: in single quotes, at most 120 characters of it, and
   * everything but printable ASCII shown as {@code \}{@code uXXXX}, so that it can neither forge a
   * log line nor flood one.
   */
  public static String quote(@Nullable String value) {
    if (value == null) {
      return "null";
    }
    StringBuilder out =
        new StringBuilder(Math.min(value.length(), LONGEST_QUOTE) + 16).append('\'');
    int shown = Math.min(value.length(), LONGEST_QUOTE);
    for (int i = 0; i < shown; i++) {
      char c = value.charAt(i);
      if (c >= 0x20 && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    out.append('\'');
    if (shown < value.length()) {
      out.append(" (").append(value.length()).append(" characters)");
    }
    return out.toString();
  }
}
