package io.github.ownproof.auth;

import java.util.EnumMap;
import java.util.Map;

/**
 * A check that does not hold, on its way out of the verification. One instance per reason, without
 * stack or message: it is thrown at the rate at which garbage arrives.
 */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;
  private static final Map<Reason, Refusal> ALL = new EnumMap<>(Reason.class);

  static {
    for (Reason reason : Reason.values()) {
      ALL.put(reason, new Refusal(reason));
    }
  }

  private final Reason reason;

  private Refusal(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  static Refusal of(Reason reason) {
    return ALL.getOrDefault(reason, new Refusal(reason));
  }

  Reason reason() {
    return reason;
  }
}
