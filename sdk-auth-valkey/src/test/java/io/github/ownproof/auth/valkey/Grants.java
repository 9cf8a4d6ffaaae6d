package io.github.ownproof.auth.valkey;

import io.github.ownproof.auth.grant.GrantId;
import java.util.concurrent.atomic.AtomicLong;

/** Grants nobody has used before in this process. */
final class Grants {

  private static final AtomicLong LAST = new AtomicLong();

  private Grants() {}

  static GrantId next() {
    return GrantId.of("sg-%032d".formatted(LAST.incrementAndGet()));
  }
}
