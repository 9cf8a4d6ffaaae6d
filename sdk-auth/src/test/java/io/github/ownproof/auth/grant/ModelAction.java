package io.github.ownproof.auth.grant;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One thing somebody does to the desk or to the world around it. Plain numbers, so that a sequence
 * of them can be made from a seed, printed, and cut down to the few that matter.
 *
 * @param kind what
 * @param who which of the people
 * @param what which of the requests or tokens made so far, counted from the last
 * @param variant how
 * @param fault what fails meanwhile
 */
record ModelAction(Kind kind, int who, int what, int variant, Fault fault) {

  enum Kind {
    REQUEST,
    APPROVE,
    DENY,
    REVOKE,
    ISSUE,
    CHECK,
    PASS_TIME,
    SET_CLOCK,
    CHANGE_RECORD,
    CHANGE_ROLE
  }

  enum Fault {
    NONE,
    TRAIL_DOWN,
    TRAIL_FIRST,
    TRAIL_SECOND,
    TRAIL_THIRD,
    STORE_DOWN,
    STORE_BEFORE_FIRST,
    STORE_BEFORE_SECOND,
    STORE_BEFORE_THIRD,
    STORE_AFTER_FIRST,
    STORE_AFTER_SECOND,
    STORE_AFTER_THIRD,
    EPOCHS_DOWN,
    CUSTOMERS_DOWN
  }

  /** How often each kind comes, of a hundred. */
  private static final int[] SHARES = {15, 23, 3, 5, 14, 24, 8, 2, 3, 3};

  static List<ModelAction> sequence(RandomGenerator random) {
    int length = 10 + random.nextInt(39);
    List<ModelAction> actions = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      actions.add(
          new ModelAction(
              kind(random.nextInt(100)),
              random.nextInt(64),
              Math.min(random.nextInt(6), random.nextInt(6)),
              random.nextInt(1024),
              random.nextInt(8) == 0
                  ? Fault.values()[random.nextInt(Fault.values().length)]
                  : Fault.NONE));
    }
    return actions;
  }

  private static Kind kind(int percent) {
    int left = percent;
    for (int i = 0; i < SHARES.length; i++) {
      left -= SHARES[i];
      if (left < 0) {
        return Kind.values()[i];
      }
    }
    throw new IllegalStateException("The shares make less than a hundred.");
  }
}
