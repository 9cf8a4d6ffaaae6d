package io.github.ownproof.core.audit;

import java.util.Map;

/**
 * An event as a flat JSON object in ASCII: the fields in their order, nothing optional about it.
 */
final class EventJson {

  private EventJson() {}

  static String of(AuditEvent event) {
    StringBuilder out = new StringBuilder(512);
    char before = '{';
    for (Map.Entry<String, String> field : event.fields().entrySet()) {
      out.append(before);
      AuditText.appendJson(out, field.getKey());
      out.append(':');
      AuditText.appendJson(out, field.getValue());
      before = ',';
    }
    return out.append('}').toString();
  }
}
