package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * There are no credentials that a URL could be signed with now. The codes:
 *
 * <ul>
 *   <li>{@code S3_CREDENTIALS_ABSENT}: the provider has none; what it says is the cause
 *   <li>{@code S3_CREDENTIALS_ANONYMOUS}: the provider gives anonymous ones, which sign nothing
 *   <li>{@code S3_CREDENTIALS_EXPIRED}: they have ended, and with them each URL they would sign
 * </ul>
 */
public final class SigningCredentialsException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private SigningCredentialsException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }

  static SigningCredentialsException absent(RuntimeException cause) {
    return new SigningCredentialsException(
        "S3_CREDENTIALS_ABSENT",
        "No credentials were found to sign a URL with. Give the presigner a provider that has some,"
            + " or set up one of the sources that the cause names.",
        cause);
  }

  static SigningCredentialsException anonymous() {
    return new SigningCredentialsException(
        "S3_CREDENTIALS_ANONYMOUS",
        "The credentials are anonymous, and sign nothing. A URL of a private bucket is signed: give"
            + " the presigner a provider of real ones.",
        null);
  }

  static SigningCredentialsException expired(Instant end, Instant now) {
    return new SigningCredentialsException(
        "S3_CREDENTIALS_EXPIRED",
        "The credentials ended at "
            + end
            + ", and it is "
            + now
            + ": a URL signed with them would be refused. Give the presigner a provider that"
            + " refreshes them.",
        null);
  }
}
