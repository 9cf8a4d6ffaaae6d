package io.github.ownproof.s3.internal.policy;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON for people to read, of maps, lists and texts that need no escapes. */
final class IndentedJson {

  private final StringBuilder text = new StringBuilder();

  private IndentedJson() {}

  static String of(Map<String, Object> document) {
    IndentedJson json = new IndentedJson();
    json.write(document, 0);
    return json.text.append('\n').toString();
  }

  private void write(Object value, int depth) {
    if (value instanceof Map<?, ?> members) {
      writeAll(members.entrySet().iterator(), '{', '}', depth);
    } else if (value instanceof List<?> elements) {
      writeAll(elements.iterator(), '[', ']', depth);
    } else {
      text.append('"').append(value).append('"');
    }
  }

  private void writeAll(Iterator<?> all, char open, char close, int depth) {
    text.append(open);
    while (all.hasNext()) {
      newLine(depth + 1);
      Object next = all.next();
      if (next instanceof Map.Entry<?, ?> member) {
        text.append('"').append(member.getKey()).append("\": ");
        write(member.getValue(), depth + 1);
      } else {
        write(next, depth + 1);
      }
      text.append(all.hasNext() ? "," : "");
    }
    newLine(depth);
    text.append(close);
  }

  private void newLine(int depth) {
    text.append('\n').append("  ".repeat(depth));
  }
}
