package io.github.ownproof.core.reliability;

import java.util.function.Function;

/**
 * Whether a dependency can meet a target by retrying, and how. {@link Feasible} or {@link Refused}.
 * A plain value: it says what the figures it was made from imply, not that they are true.
 */
public sealed interface RetryPlan {

  /** Why a plan is refused. */
  enum Reason {
    /** Too many of the failures hit every try alike: no number of retries helps. */
    COMMON_CAUSE,
    /** It needs more retries than the handler is reliable enough for. */
    TOO_MANY_RETRIES,
    /** The retries would do, but the handler's own failures use up what is left of the budget. */
    HANDLER_FAILURES
  }

  /** The plan in one sentence for people. */
  String explanation();

  /** Calls the one that fits. */
  <R> R fold(Function<Feasible, ? extends R> feasible, Function<Refused, ? extends R> refused);

  /**
   * The target can be met.
   *
   * @param retries how many retries it takes; 0 if the dependency meets the target by itself
   * @param retriesAllowed how many the handler allows; at least {@code retries}
   * @param reliability what is reached with {@code retries}, the first try counted and the handler
   *     at work only after a failure; at least the target
   */
  record Feasible(int retries, int retriesAllowed, double reliability) implements RetryPlan {

    @Override
    public String explanation() {
      return "Needs "
          + retries
          + (retries == 1 ? " retry" : " retries")
          + " of at most "
          + retriesAllowed
          + " and reaches "
          + Percent.atMost(reliability)
          + ".";
    }

    @Override
    public <R> R fold(
        Function<Feasible, ? extends R> feasible, Function<Refused, ? extends R> refused) {
      return feasible.apply(this);
    }
  }

  /**
   * The target cannot be met. Do not retry more; use a better dependency or a better handler, make
   * the failures independent of each other, or promise less.
   *
   * @param reason why
   * @param ceiling what even the allowed retries reach at best, the first try counted and the
   *     handler at work only after a failure; it may exceed the target where the plan is refused
   *     for {@link Reason#TOO_MANY_RETRIES}, because there the first try is not counted on
   * @param leastDependency the reliability the dependency would have to have
   * @param explanation the plan in one sentence for people
   */
  record Refused(Reason reason, double ceiling, double leastDependency, String explanation)
      implements RetryPlan {

    @Override
    public <R> R fold(
        Function<Feasible, ? extends R> feasible, Function<Refused, ? extends R> refused) {
      return refused.apply(this);
    }
  }
}
