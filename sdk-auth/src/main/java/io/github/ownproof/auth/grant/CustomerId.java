package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;
import java.util.regex.Pattern;

/**
 * Whose data it is: the customer, tenant or account, by the id that never changes. Never an e-mail
 * address, a domain or a display name. Immutable, thread-safe, compared by value.
 *
 * @param value 1 to 128 ASCII letters, digits and {@code . _ : -}, a letter or digit first
 */
public record CustomerId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

  /**
   * Checks the form.
   *
   * @throws InvalidSupportAccessException if it has another
   */
  public CustomerId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidSupportAccessException(
          "A customer's id is 1 to 128 ASCII letters, digits and . _ : - with a letter or digit"
              + " first, not "
              + OwnproofException.quote(value)
              + ". Use the id that never changes, not a name or an address.");
    }
  }

  /** The customer of this id. */
  public static CustomerId of(String value) {
    return new CustomerId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
