package io.github.ownproof.core.audit;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an audited action ended, or that it is about to happen. Immutable, thread-safe, compared by
 * value.
 */
public final class Outcome {

  /** What can happen to an action. */
  public enum Result {
    /** It may happen and is about to: recorded before, so that nothing happens unrecorded. */
    ALLOWED,
    /** It has happened. */
    DONE,
    /** It was refused by a rule and did not happen. */
    DENIED,
    /** It was not refused, but could not be decided or finished; part of it may have happened. */
    FAILED
  }

  /** {@link Result#ALLOWED}. */
  public static final Outcome ALLOWED = new Outcome(Result.ALLOWED, null);

  /** {@link Result#DONE}. */
  public static final Outcome DONE = new Outcome(Result.DONE, null);

  private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  private final Result result;
  private final @Nullable String reason;

  private Outcome(Result result, @Nullable String reason) {
    this.result = result;
    this.reason = reason;
  }

  /**
   * {@link Result#DENIED} for a reason.
   *
   * @param reason a stable code such as that of an {@link
   *     io.github.ownproof.core.OwnproofException}, e.g. {@code S3_OWNER_MISMATCH}
   * @throws InvalidAuditEventException if {@code reason} is not 1 to 64 upper-case ASCII letters,
   *     digits and underscores, a letter first
   */
  public static Outcome denied(String reason) {
    return new Outcome(Result.DENIED, checked(reason));
  }

  /**
   * {@link Result#FAILED} for a reason.
   *
   * @param reason a stable code such as that of an {@link
   *     io.github.ownproof.core.OwnproofException}, e.g. {@code KEYS_UNAVAILABLE}
   * @throws InvalidAuditEventException if {@code reason} is not 1 to 64 upper-case ASCII letters,
   *     digits and underscores, a letter first
   */
  public static Outcome failed(String reason) {
    return new Outcome(Result.FAILED, checked(reason));
  }

  /** What happened to the action. */
  public Result result() {
    return result;
  }

  /** Why; present exactly for {@link Result#DENIED} and {@link Result#FAILED}. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Outcome that
        && result == that.result
        && Objects.equals(reason, that.reason);
  }

  @Override
  public int hashCode() {
    return Objects.hash(result, reason);
  }

  /** {@code ALLOWED}, or {@code DENIED (S3_OWNER_MISMATCH)}. */
  @Override
  public String toString() {
    return reason == null ? result.name() : result + " (" + reason + ")";
  }

  private static String checked(String reason) {
    if (!REASON.matcher(reason).matches()) {
      throw new InvalidAuditEventException(
          "The reason of an audit event is a code of 1 to 64 upper-case ASCII letters, digits and"
              + " underscores, such as S3_OWNER_MISMATCH; free text does not belong there.");
    }
    return reason;
  }
}
