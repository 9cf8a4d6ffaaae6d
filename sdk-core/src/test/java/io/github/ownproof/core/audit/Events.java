package io.github.ownproof.core.audit;

import java.time.Instant;

/** Events to test with. */
final class Events {

  static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  static final Actor ENGINEER = new Actor.Identified("https://login.example.com", "user-1");

  private Events() {}

  static Occasion occasion() {
    return Occasion.of(ENGINEER, NOON, "req-1");
  }

  static AuditEvent read(String target) {
    return new AuditEvent.Access(occasion(), "orders:read", target, Outcome.ALLOWED);
  }
}
