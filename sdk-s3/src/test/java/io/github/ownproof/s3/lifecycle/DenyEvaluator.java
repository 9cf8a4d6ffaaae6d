package io.github.ownproof.s3.lifecycle;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * What a policy of denials does to one request, as AWS documents it: a condition holds if all its
 * keys do, and a negated operator holds where its key is absent.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 */
final class DenyEvaluator {

  private final JsonNode document;

  DenyEvaluator(String json) {
    this.document = JsonNode.parser().parse(json);
  }

  JsonNode document() {
    return document;
  }

  /** The ids of the statements that deny it. */
  List<String> deniedBy(String action, String resource, Map<String, String> context) {
    return document.field("Statement").orElseThrow().asArray().stream()
        .filter(one -> applies(one, action, resource, context))
        .map(one -> one.field("Sid").orElseThrow().asString())
        .toList();
  }

  private static boolean applies(
      JsonNode statement, String action, String resource, Map<String, String> context) {
    if (!statement.field("Effect").orElseThrow().asString().equals("Deny")) {
      throw new AssertionError("not a denial: " + statement);
    }
    boolean there =
        statement
            .field("Resource")
            .map(arns -> like(arns, resource))
            .orElseGet(() -> !like(statement.field("NotResource").orElseThrow(), resource));
    return there
        && like(statement.field("Action").orElseThrow(), action)
        && statement
            .field("Condition")
            .map(
                condition ->
                    condition.asObject().entrySet().stream()
                        .allMatch(
                            operator ->
                                operator.getValue().asObject().entrySet().stream()
                                    .allMatch(
                                        key ->
                                            holds(
                                                operator.getKey(),
                                                context.get(key.getKey()),
                                                key.getValue(),
                                                context))))
            .orElse(true);
  }

  private static boolean holds(
      String operator, String value, JsonNode expected, Map<String, String> context) {
    List<String> values =
        list(expected).stream()
            .map(JsonNode::asString)
            .map(
                one ->
                    one.equals("${aws:PrincipalOrgID}") ? context.get("aws:PrincipalOrgID") : one)
            .toList();
    return switch (operator) {
      case "StringNotEquals", "StringNotEqualsIfExists" -> value == null || !values.contains(value);
      case "ArnNotLike" -> value == null || !like(expected, value);
      case "Bool" -> value != null && values.contains(value);
      case "BoolIfExists" -> value == null || values.contains(value);
      case "Null" -> values.contains(String.valueOf(value == null));
      default -> throw new AssertionError("an operator that is not known here: " + operator);
    };
  }

  private static boolean like(JsonNode patterns, String value) {
    return list(patterns).stream()
        .map(JsonNode::asString)
        .anyMatch(
            pattern ->
                Pattern.matches(
                    "\\Q" + pattern.toLowerCase(Locale.ROOT).replace("*", "\\E.*\\Q") + "\\E",
                    value.toLowerCase(Locale.ROOT)));
  }

  private static List<JsonNode> list(JsonNode node) {
    return node.isArray() ? node.asArray() : List.of(node);
  }
}
