package io.github.ownproof.auth;

import org.jspecify.annotations.Nullable;

/**
 * Who: an issuer, and what that issuer will always call the same user and nobody else.
 *
 * <p>Holding one proves that a token of this issuer, naming this subject, was verified in this
 * process; there is no other way to get one, and none at all from an e-mail address. It does not
 * prove that the user is still logged in or may do anything. Equal when issuer and subject are, so
 * it is fit to key users by: store {@link #issuer()} and {@link #subject()} as two columns with one
 * unique index. Immutable and thread-safe.
 */
public final class Identity {

  private final String issuer;
  private final String subject;
  private final IdentityKind kind;

  Identity(String issuer, String subject, IdentityKind kind) {
    this.issuer = issuer;
    this.subject = subject;
    this.kind = kind;
  }

  /** The issuer, exactly as in {@code iss}, except that Google's two spellings are one. */
  public String issuer() {
    return issuer;
  }

  /**
   * The subject, as stable as the provider has one: {@code sub}, or what its profile says. At most
   * 255 characters; case-sensitive; never show it as a name.
   */
  public String subject() {
    return subject;
  }

  /** What it stands for. */
  public IdentityKind kind() {
    return kind;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Identity that
        && subject.equals(that.subject)
        && issuer.equals(that.issuer);
  }

  @Override
  public int hashCode() {
    return 31 * issuer.hashCode() + subject.hashCode();
  }

  /** The kind alone: issuer and subject are claims, and do not belong into a log by accident. */
  @Override
  public String toString() {
    return "Identity(" + kind + ")";
  }
}
