package io.github.ownproof.auth.grant;

import java.util.function.Function;

/**
 * What became of a step. The same step by the same person again has the same outcome. Immutable,
 * thread-safe, compared by value.
 *
 * @param <T> what the step gives
 */
public sealed interface SupportOutcome<T> {

  /**
   * It is done, now or before.
   *
   * @param value what it gives
   */
  record Completed<T>(T value) implements SupportOutcome<T> {
    /** Without the value, which may be a grant's token. */
    @Override
    public String toString() {
      return "SupportOutcome(completed)";
    }
  }

  /**
   * The approval is kept, and another administrator's is needed.
   *
   * @param request how it stands
   */
  record Waiting<T>(AccessRequest request) implements SupportOutcome<T> {
    /** The request's id alone. */
    @Override
    public String toString() {
      return "SupportOutcome(waiting, " + request.id() + ")";
    }
  }

  /**
   * It was refused.
   *
   * @param refusal why
   * @param detail the same for people, with what to do; holds nothing of a token
   * @param challenge the {@code WWW-Authenticate} value to answer with, for {@link
   *     SupportRefusal#STEP_UP}; else empty
   */
  record Refused<T>(SupportRefusal refusal, String detail, String challenge)
      implements SupportOutcome<T> {
    /** Why, without the detail, which quotes what was asked. */
    @Override
    public String toString() {
      return "SupportOutcome(" + refusal + ")";
    }
  }

  /** One of the three, by outcome. */
  default <R> R fold(
      Function<T, R> completed, Function<Waiting<T>, R> waiting, Function<Refused<T>, R> refused) {
    if (this instanceof Completed<T> done) {
      return completed.apply(done.value());
    }
    return this instanceof Waiting<T> waits
        ? waiting.apply(waits)
        : refused.apply((Refused<T>) this);
  }

  /**
   * What the step gives.
   *
   * @throws SupportAccessRefusedException if it was refused, or waits for another approval ({@link
   *     SupportRefusal#PENDING}: this one is kept)
   */
  default T orThrow() {
    return fold(
        value -> value,
        waiting -> {
          throw new SupportAccessRefusedException(
              SupportRefusal.PENDING,
              "The approval is kept; another administrator of the customer must approve too.");
        },
        refused -> {
          throw new SupportAccessRefusedException(refused.refusal(), refused.detail());
        });
  }
}
