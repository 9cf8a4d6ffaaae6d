package io.github.ownproof.core;

/**
 * A twelve-digit AWS account id. One that is not exactly twelve ASCII digits cannot be made, so
 * holding an {@code AccountId} means its form is right; it does not mean the account exists.
 *
 * <p>Account ids are not secrets: they may be printed and logged. Immutable and thread-safe.
 *
 * @param value the twelve digits, leading zeros kept
 * @see <a
 *     href="https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html">AWS
 *     account identifiers</a>
 */
public record AccountId(String value) {

  private static final int DIGITS = 12;

  /**
   * Checks the form.
   *
   * @throws InvalidContextException if {@code value} is not exactly twelve ASCII digits
   */
  public AccountId {
    if (!isWellFormed(value)) {
      throw InvalidContextException.account(value);
    }
  }

  /**
   * The account of these twelve digits.
   *
   * @throws InvalidContextException if {@code value} is not exactly twelve ASCII digits
   */
  public static AccountId of(String value) {
    return new AccountId(value);
  }

  /** Whether {@code value} is exactly twelve ASCII digits. */
  public static boolean isWellFormed(String value) {
    if (value.length() != DIGITS) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** The twelve digits. */
  @Override
  public String toString() {
    return value;
  }
}
