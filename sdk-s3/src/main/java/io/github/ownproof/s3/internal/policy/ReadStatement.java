package io.github.ownproof.s3.internal.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * A statement as far as it says who is let in. Reading is strict: an element, a type of principal
 * or a form of value that is not in the grammar is not skipped, it makes the statement unreadable.
 *
 * @param allows whether its effect is Allow
 * @param everybodyBut whether it names whom it is not about
 * @param principals by type: AWS, Service, Federated, CanonicalUser
 * @param conditions all of which must hold
 */
record ReadStatement(
    boolean allows,
    boolean everybodyBut,
    Map<String, List<String>> principals,
    List<Condition> conditions) {

  /**
   * One line of a condition.
   *
   * @param operator in lower case
   * @param key in lower case
   * @param values one of which must match
   */
  record Condition(String operator, String key, List<String> values) {
    Condition {
      values = List.copyOf(values);
    }
  }

  private static final Set<String> ELEMENTS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private static final Set<String> TYPES = Set.of("AWS", "Service", "Federated", "CanonicalUser");

  /** Copies both. */
  ReadStatement {
    principals = Map.copyOf(principals);
    conditions = List.copyOf(conditions);
  }

  static ReadStatement of(PolicyStatement statement) {
    Map<String, JsonNode> elements = statement.json().asObject();
    for (String name : elements.keySet()) {
      if (!ELEMENTS.contains(name)) {
        throw new MalformedPolicyException("it has an element that no statement has");
      }
    }
    JsonNode sid = elements.get("Sid");
    if (sid != null && !sid.isString()) {
      throw new MalformedPolicyException("its Sid is not a text");
    }
    checkStrings(oneOf(elements, "Action", "NotAction"));
    checkStrings(oneOf(elements, "Resource", "NotResource"));
    return new ReadStatement(
        allows(elements.get("Effect")),
        elements.containsKey("NotPrincipal"),
        principals(oneOf(elements, "Principal", "NotPrincipal")),
        conditions(elements.get("Condition")));
  }

  private static boolean allows(@Nullable JsonNode effect) {
    String written = effect != null && effect.isString() ? effect.asString() : "";
    return switch (written) {
      case "Allow" -> true;
      case "Deny" -> false;
      default -> throw new MalformedPolicyException("its Effect is neither Allow nor Deny");
    };
  }

  private static JsonNode oneOf(Map<String, JsonNode> elements, String name, String negated) {
    JsonNode plain = elements.get(name);
    JsonNode other = elements.get(negated);
    if (plain != null && other == null) {
      return plain;
    }
    if (plain == null && other != null) {
      return other;
    }
    throw new MalformedPolicyException("it does not have just one of " + name + ", " + negated);
  }

  private static Map<String, List<String>> principals(JsonNode written) {
    if (written.isString() && written.asString().equals("*")) {
      return Map.of("AWS", List.of("*"));
    }
    if (!written.isObject() || written.asObject().isEmpty()) {
      throw new MalformedPolicyException("its principal is neither * nor an object");
    }
    Map<String, List<String>> principals = new LinkedHashMap<>();
    written
        .asObject()
        .forEach(
            (type, who) -> {
              if (!TYPES.contains(type)) {
                throw new MalformedPolicyException("it has a type of principal that is unknown");
              }
              principals.put(type, strings(who));
            });
    return principals;
  }

  private static List<Condition> conditions(@Nullable JsonNode written) {
    if (written == null) {
      return List.of();
    }
    List<Condition> conditions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    object(written)
        .forEach(
            (operator, keys) -> {
              String lowerOperator = operator.toLowerCase(Locale.ROOT);
              if (!seen.add(lowerOperator)) {
                throw new MalformedPolicyException("an operator stands twice in its condition");
              }
              object(keys)
                  .forEach(
                      (key, values) -> {
                        String lowerKey = key.toLowerCase(Locale.ROOT);
                        if (!seen.add(lowerOperator + ' ' + lowerKey)) {
                          throw new MalformedPolicyException("a key stands twice in its condition");
                        }
                        conditions.add(
                            new Condition(lowerOperator, lowerKey, conditionValues(values)));
                      });
            });
    return conditions;
  }

  private static Map<String, JsonNode> object(JsonNode node) {
    if (!node.isObject()) {
      throw new MalformedPolicyException("its condition is not made of objects");
    }
    return node.asObject();
  }

  private static List<String> conditionValues(JsonNode node) {
    List<String> values = new ArrayList<>();
    for (JsonNode one : PolicyJson.list(node)) {
      if (!one.isString() && !one.isBoolean() && !one.isNumber()) {
        throw new MalformedPolicyException("a value in its condition is not a text");
      }
      values.add(one.text());
    }
    return values;
  }

  private static void checkStrings(JsonNode node) {
    List<String> unused = strings(node);
  }

  private static List<String> strings(JsonNode node) {
    List<String> values = new ArrayList<>();
    for (JsonNode one : PolicyJson.list(node)) {
      if (!one.isString()) {
        throw new MalformedPolicyException("it has a list of something else than texts");
      }
      values.add(one.asString());
    }
    if (values.isEmpty()) {
      throw new MalformedPolicyException("it has an empty list");
    }
    return values;
  }
}
