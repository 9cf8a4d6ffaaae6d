package io.github.ownproof.s3.internal.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/** JSON as policies use it. */
final class PolicyJson {

  private PolicyJson() {}

  /** S3 takes no larger policy. */
  static final int MAX_BYTES = 20 * 1024;

  static JsonNode parse(String json) {
    int members = PolicyText.members(json);
    JsonNode root;
    try {
      // The AWS SDK's own parser: on the class path already, and hardened.
      root = JsonNode.parser().parse(json);
    } catch (RuntimeException malformed) {
      throw new MalformedPolicyException("it is not JSON");
    }
    if (members(root) != members) {
      throw new MalformedPolicyException("a name stands twice in one of its objects");
    }
    return root;
  }

  /** The parser keeps the last of two members of one name, so that fewer are left then. */
  private static int members(JsonNode node) {
    int count = 0;
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.asObject().entrySet()) {
        PolicyText.checkUnicode(member.getKey());
        count += 1 + members(member.getValue());
      }
    } else if (node.isArray()) {
      for (JsonNode element : node.asArray()) {
        count += members(element);
      }
    } else if (node.isString()) {
      PolicyText.checkUnicode(node.asString());
    }
    return count;
  }

  static String text(JsonNode node) {
    try (JsonWriter writer = JsonWriter.create()) {
      write(node, writer);
      return new String(writer.getBytes(), StandardCharsets.UTF_8);
    }
  }

  static String document(Map<String, JsonNode> head, String lastName, List<JsonNode> last) {
    try (JsonWriter writer = JsonWriter.create()) {
      writer.writeStartObject();
      head.forEach((name, value) -> write(value, writer.writeFieldName(name)));
      writer.writeFieldName(lastName).writeStartArray();
      last.forEach(one -> write(one, writer));
      writer.writeEndArray().writeEndObject();
      return new String(writer.getBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void write(JsonNode node, JsonWriter writer) {
    if (node.isObject()) {
      writer.writeStartObject();
      node.asObject().forEach((name, value) -> write(value, writer.writeFieldName(name)));
      writer.writeEndObject();
    } else if (node.isArray()) {
      writer.writeStartArray();
      node.asArray().forEach(one -> write(one, writer));
      writer.writeEndArray();
    } else if (node.isString()) {
      writer.writeValue(node.asString());
    } else if (node.isNumber()) {
      writer.writeNumber(node.asNumber());
    } else if (node.isBoolean()) {
      writer.writeValue(node.asBoolean());
    } else {
      writer.writeNull();
    }
  }

  /** In a policy, a value alone and a list of that one value say the same. */
  static List<JsonNode> list(JsonNode node) {
    return node.isArray() ? node.asArray() : List.of(node);
  }
}
