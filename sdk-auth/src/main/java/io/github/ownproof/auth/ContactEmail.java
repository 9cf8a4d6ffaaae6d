package io.github.ownproof.auth;

import org.jspecify.annotations.Nullable;

/**
 * An e-mail address to write to or to show, and for nothing else. Addresses change hands: it cannot
 * be compared, hashed or used as a key, and there is no way from it to an {@link Identity}.
 */
public final class ContactEmail {

  private final String address;
  private final boolean verified;

  ContactEmail(String address, boolean verified) {
    this.address = address;
    this.verified = verified;
  }

  /** The address as the issuer gave it; not checked to be one. */
  public String address() {
    return address;
  }

  /** Whether the issuer says that the user could read mail to it at some time. */
  public boolean isVerifiedByIssuer() {
    return verified;
  }

  /**
   * Not supported.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public boolean equals(@Nullable Object other) {
    throw new UnsupportedOperationException(
        "An e-mail address is not who somebody is: compare VerifiedToken.identity().");
  }

  /**
   * Not supported.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public int hashCode() {
    throw new UnsupportedOperationException(
        "An e-mail address is not who somebody is: key by VerifiedToken.identity().");
  }

  /** Without the address. */
  @Override
  public String toString() {
    return "ContactEmail";
  }
}
