package io.github.ownproof.auth.grant;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/**
 * A check that does not hold, on its way out of a checker. One instance per refusal, without stack
 * or message: it is thrown at the rate at which garbage arrives.
 */
final class GrantDenial extends Exception {

  private static final long serialVersionUID = 1L;
  private static final Map<SupportRefusal, GrantDenial> ALL = new EnumMap<>(SupportRefusal.class);

  static {
    for (SupportRefusal refusal : SupportRefusal.values()) {
      ALL.put(refusal, new GrantDenial(refusal));
    }
  }

  private final SupportRefusal refusal;

  private GrantDenial(SupportRefusal refusal) {
    super(refusal.name(), null, false, false);
    this.refusal = refusal;
  }

  static GrantDenial of(SupportRefusal refusal) {
    return requireNonNull(ALL.get(refusal));
  }

  static void unless(boolean fulfilled, SupportRefusal refusal) throws GrantDenial {
    if (!fulfilled) {
      throw of(refusal);
    }
  }

  SupportRefusal refusal() {
    return refusal;
  }
}
