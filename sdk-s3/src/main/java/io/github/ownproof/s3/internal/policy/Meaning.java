package io.github.ownproof.s3.internal.policy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * What a statement says, apart from how: S3 gives a policy back in another form than it was put,
 * with lists of one as plain values, accounts as ARNs and lists in another order.
 */
final class Meaning {

  private static final Pattern ROOT = Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):root");
  private static final String EVERYBODY = "*";

  private Meaning() {}

  /** Two statements mean the same if these are equal. */
  static Map<String, Object> of(JsonNode statement) {
    Map<String, Object> meaning = new LinkedHashMap<>();
    statement.asObject().forEach((name, value) -> meaning.put(name, element(name, value)));
    return meaning;
  }

  private static Object element(String name, JsonNode value) {
    return switch (name) {
      case "Action", "NotAction" -> values(value, text -> text.toLowerCase(Locale.ROOT));
      case "Resource", "NotResource" -> values(value, UnaryOperator.identity());
      case "Principal", "NotPrincipal" -> principal(value);
      case "Condition" -> object(value, Meaning::operator);
      default -> value;
    };
  }

  private static Object principal(JsonNode value) {
    if (value.isString() && value.asString().equals(EVERYBODY)) {
      return Map.of("AWS", Set.of(EVERYBODY));
    }
    if (!value.isObject()) {
      return value;
    }
    Map<String, Object> principals = new LinkedHashMap<>();
    value
        .asObject()
        .forEach(
            (type, who) ->
                principals.put(
                    type,
                    values(who, type.equals("AWS") ? Meaning::account : UnaryOperator.identity())));
    return principals;
  }

  private static String account(String principal) {
    Matcher root = ROOT.matcher(principal);
    return root.matches() ? root.group(1) : principal;
  }

  private static Object operator(JsonNode keys) {
    return object(keys, Meaning::conditionValues);
  }

  /** S3 knows the names of operators and keys in any case. */
  private static Object object(JsonNode node, Function<JsonNode, Object> meaning) {
    if (!node.isObject()) {
      return node;
    }
    Map<String, Object> lower = new LinkedHashMap<>();
    Map<String, Object> exact = new LinkedHashMap<>();
    node.asObject()
        .forEach(
            (name, value) -> {
              lower.put(name.toLowerCase(Locale.ROOT), meaning.apply(value));
              exact.put(name, meaning.apply(value));
            });
    return lower.size() == exact.size() ? lower : exact;
  }

  /** S3 gives booleans and numbers back as strings. */
  private static Object conditionValues(JsonNode node) {
    Set<Object> values = new HashSet<>();
    for (JsonNode one : PolicyJson.list(node)) {
      values.add(one.isString() || one.isBoolean() || one.isNumber() ? one.text() : one);
    }
    return values;
  }

  private static Object values(JsonNode node, UnaryOperator<String> form) {
    Set<Object> values = new HashSet<>();
    for (JsonNode one : PolicyJson.list(node)) {
      values.add(one.isString() ? form.apply(one.asString()) : one);
    }
    return values;
  }
}
