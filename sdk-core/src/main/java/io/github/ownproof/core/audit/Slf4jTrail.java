package io.github.ownproof.core.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

final class Slf4jTrail implements AuditTrail {

  private static final String PREFIX = "audit.";

  /** Every field an event can have: those it lacks must not show through from an outer MDC. */
  private static final List<String> FIELDS =
      List.of(
          "kind",
          "time",
          "actor.type",
          "actor.issuer",
          "actor.subject",
          "actor.account",
          "actor.arn",
          "action",
          "target",
          "outcome",
          "reason",
          "ticket",
          "grant",
          "customer",
          "engineer.issuer",
          "engineer.subject",
          "correlation");

  private final Logger logger;

  Slf4jTrail(Logger logger) {
    this.logger = logger;
  }

  @Override
  public void record(AuditEvent event) {
    if (!logger.isInfoEnabled()) {
      throw new AuditFailedException(
          "INFO is off for the logger "
              + logger.getName()
              + ", or no SLF4J provider is present, so the event would be lost. Turn it on, or leave"
              + " AuditTrail.slf4j() out.",
          null);
    }
    Map<String, @Nullable String> before = new HashMap<>();
    for (String field : FIELDS) {
      before.put(PREFIX + field, MDC.get(PREFIX + field));
    }
    try {
      log(event);
    } catch (RuntimeException failed) {
      throw new AuditFailedException(
          "Logging to " + logger.getName() + " threw " + failed.getClass().getName() + ".", failed);
    } finally {
      before.forEach(Slf4jTrail::setMdc);
    }
  }

  private void log(AuditEvent event) {
    Map<String, String> fields = event.fields();
    LoggingEventBuilder line = logger.atInfo();
    for (String field : FIELDS) {
      String value = fields.get(field);
      String word = value == null ? null : AuditText.word(value);
      setMdc(PREFIX + field, word);
      if (word != null) {
        line = line.addKeyValue(PREFIX + field, word);
      }
    }
    line.log("audit");
  }

  private static void setMdc(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
