package io.github.ownproof.auth.s3;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * JSON in one form: ASCII, no white space, members in the order they were written. Reading takes
 * any form; whoever reads compares with what it would have written itself.
 */
final class Json {

  private Json() {}

  /** An object, from names and values in turn. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return members;
  }

  /** Objects, collections, whole numbers, and everything else by its text. */
  static String write(Object value) {
    StringBuilder out = new StringBuilder(1024);
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> members) {
      char before = '{';
      for (Map.Entry<?, ?> member : members.entrySet()) {
        out.append(before);
        appendText(out, member.getKey().toString());
        out.append(':');
        append(out, member.getValue());
        before = ',';
      }
      out.append('}');
    } else if (value instanceof Collection<?> elements) {
      out.append('[');
      String before = "";
      for (Object element : elements) {
        out.append(before);
        append(out, element);
        before = ",";
      }
      out.append(']');
    } else if (value instanceof Long || value instanceof Integer) {
      out.append(value);
    } else {
      appendText(out, value.toString());
    }
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    out.append('"');
  }

  /** Reads a document that is one object. */
  static Members read(String text) throws MalformedDocument {
    try {
      // The AWS SDK's own parser: on the class path already, and hardened.
      return Members.of(JsonNode.parser().parse(text), "the document");
    } catch (RuntimeException malformed) {
      throw new MalformedDocument("it is not JSON");
    }
  }

  /** The members of an object that is being read. */
  record Members(Map<String, JsonNode> named) {

    private static Members of(JsonNode node, String what) throws MalformedDocument {
      if (!node.isObject()) {
        throw new MalformedDocument(what + " is not an object");
      }
      return new Members(node.asObject());
    }

    String text(String name) throws MalformedDocument {
      JsonNode node = member(name);
      if (!node.isString()) {
        throw new MalformedDocument(name + " is not text");
      }
      return node.asString();
    }

    long number(String name) throws MalformedDocument {
      JsonNode node = member(name);
      try {
        return Long.parseLong(node.isNumber() ? node.asNumber() : "");
      } catch (NumberFormatException e) {
        throw new MalformedDocument(name + " is not a whole number");
      }
    }

    Instant instant(String name) throws MalformedDocument {
      try {
        return Instant.parse(text(name));
      } catch (DateTimeParseException e) {
        throw new MalformedDocument(name + " is not an instant");
      }
    }

    List<String> texts(String name) throws MalformedDocument {
      List<JsonNode> elements = elements(name);
      if (!elements.stream().allMatch(JsonNode::isString)) {
        throw new MalformedDocument(name + " is not a list of texts");
      }
      return elements.stream().map(JsonNode::asString).toList();
    }

    Members object(String name) throws MalformedDocument {
      return of(member(name), name);
    }

    List<Members> objects(String name) throws MalformedDocument {
      List<Members> objects = new ArrayList<>();
      for (JsonNode element : elements(name)) {
        objects.add(of(element, name));
      }
      return objects;
    }

    private List<JsonNode> elements(String name) throws MalformedDocument {
      JsonNode node = member(name);
      if (!node.isArray()) {
        throw new MalformedDocument(name + " is not a list");
      }
      return node.asArray();
    }

    private JsonNode member(String name) throws MalformedDocument {
      JsonNode node = named.get(name);
      if (node == null) {
        throw new MalformedDocument(name + " is missing");
      }
      return node;
    }
  }
}
