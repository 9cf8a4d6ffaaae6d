package io.github.ownproof.core.telemetry;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One dimension of a metric, such as {@code outcome=denied}. Values come from closed sets in the
 * program: every distinct value is a time series somebody pays for, and metrics are read by people
 * who may not read the data. The form keeps out what is most often put there by mistake: account
 * ids, ARNs, e-mail addresses, object keys and URLs do not fit it.
 *
 * <p>Immutable and thread-safe; worth keeping in a constant where calls are frequent.
 *
 * @param key the dimension: 1 to 32 lower-case ASCII letters and underscores, a letter first
 * @param value the value: 1 to 64 ASCII letters, digits and {@code . _ -}, a letter first
 */
public record Tag(String key, String value) {

  /** What was asked for, such as the S3 operation {@code GetObject}. */
  public static final String OPERATION = "operation";

  /** How it ended, such as {@code allowed}. */
  public static final String OUTCOME = "outcome";

  /** Why it ended so, a code in lower case such as {@code token_expired}, or {@code none}. */
  public static final String REASON = "reason";

  private static final Pattern KEY = Pattern.compile("[a-z][a-z_]{0,31}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

  /**
   * Checks the form.
   *
   * @throws InvalidTagException if key or value has not the form
   */
  public Tag {
    if (!KEY.matcher(key).matches()) {
      throw new InvalidTagException("key", key, "lower-case ASCII letters and underscores");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new InvalidTagException(
          "value", value, "ASCII letters, digits and . _ - from a closed set, a letter first");
    }
  }

  /**
   * A tag.
   *
   * @throws InvalidTagException if key or value has not the form
   */
  public static Tag of(String key, String value) {
    return new Tag(key, value);
  }

  /**
   * A tag whose value is a constant's name in lower case: bounded by construction.
   *
   * @throws InvalidTagException if the key has not the form
   */
  public static Tag of(String key, Enum<?> value) {
    return new Tag(key, value.name().toLowerCase(Locale.ROOT));
  }

  /** {@code key=value}. */
  @Override
  public String toString() {
    return key + "=" + value;
  }
}
