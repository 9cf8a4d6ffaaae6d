package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;
import java.util.regex.Pattern;

/**
 * The id of a request for access, and of the grant it becomes. It is no secret and opens nothing.
 * Immutable, thread-safe, compared by value.
 *
 * @param value {@code sg-} and 32 lower-case letters and digits
 */
public record GrantId(String value) {

  private static final Pattern FORM = Pattern.compile("sg-[0-9a-z]{32}");

  /**
   * Checks the form.
   *
   * @throws InvalidSupportAccessException if it has another
   */
  public GrantId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidSupportAccessException(
          "The id of a support grant is sg- and 32 lower-case letters and digits, not "
              + OwnproofException.quote(value)
              + ".");
    }
  }

  /** The request or grant of this id. */
  public static GrantId of(String value) {
    return new GrantId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
