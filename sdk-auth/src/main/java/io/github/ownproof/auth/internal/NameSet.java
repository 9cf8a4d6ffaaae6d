package io.github.ownproof.auth.internal;

import org.jspecify.annotations.Nullable;

/** Some of the {@link WellKnownName}s. Immutable. */
public final class NameSet {

  final long bits;

  private NameSet(long bits) {
    this.bits = bits;
  }

  /** These. */
  public static NameSet of(WellKnownName... names) {
    long bits = 0;
    for (WellKnownName name : names) {
      bits |= name.bit();
    }
    return new NameSet(bits);
  }

  /** Whether it is one of them; null is none. */
  public boolean contains(@Nullable WellKnownName name) {
    return name != null && (bits & name.bit()) != 0;
  }
}
