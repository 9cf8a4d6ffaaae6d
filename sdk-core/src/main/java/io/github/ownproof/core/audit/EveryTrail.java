package io.github.ownproof.core.audit;

import java.util.ArrayList;
import java.util.List;

final class EveryTrail implements AuditTrail {

  private final List<AuditTrail> trails;

  EveryTrail(AuditTrail first, AuditTrail... others) {
    List<AuditTrail> all = new ArrayList<>();
    all.add(first);
    all.addAll(List.of(others));
    this.trails = List.copyOf(all);
  }

  @Override
  public void record(AuditEvent event) {
    for (AuditTrail trail : trails) {
      try {
        trail.record(event);
      } catch (AuditFailedException failed) {
        throw failed;
      } catch (RuntimeException failed) {
        throw new AuditFailedException(
            "The audit trail "
                + trail.getClass().getName()
                + " threw "
                + failed.getClass().getName()
                + ". The audited action is not carried out; see the cause.",
            failed);
      }
    }
  }
}
