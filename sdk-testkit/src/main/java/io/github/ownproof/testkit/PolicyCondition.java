package io.github.ownproof.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One condition of a policy statement: an operator, a key, and the values it is held against. */
record PolicyCondition(String operator, String key, List<String> values) {

  private static final Set<String> OPERATORS =
      Set.of(
          "stringequals",
          "stringnotequals",
          "stringequalsignorecase",
          "stringnotequalsignorecase",
          "stringlike",
          "stringnotlike",
          "arnequals",
          "arnnotequals",
          "arnlike",
          "arnnotlike",
          "bool",
          "null",
          "numericequals",
          "numericnotequals",
          "numericlessthan",
          "numericlessthanequals",
          "numericgreaterthan",
          "numericgreaterthanequals");

  /** Keys that tie a statement to somebody: with a fixed value, it is not public. */
  private static final Set<String> TYING =
      Set.of(
          "aws:sourcearn",
          "aws:sourceaccount",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:sourceowner",
          "aws:sourceip",
          "aws:principalaccount",
          "aws:principalarn",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:userid",
          "s3:dataaccesspointaccount",
          "s3:dataaccesspointarn");

  static PolicyCondition of(String operator, String key, List<String> values) {
    PolicyCondition condition =
        new PolicyCondition(
            operator.toLowerCase(Locale.ROOT), key.toLowerCase(Locale.ROOT), List.copyOf(values));
    if (!OPERATORS.contains(condition.base())) {
      throw Refusal.notModelled("the condition operator " + operator);
    }
    return condition;
  }

  boolean ties() {
    return TYING.contains(key)
        && !base().contains("not")
        && (base().startsWith("string") || base().startsWith("arn"))
        && values.stream().noneMatch(v -> v.equals("*"));
  }

  boolean holds(Map<String, String> context) {
    String actual = context.get(key);
    if (base().equals("null")) {
      return values.contains(String.valueOf(actual == null));
    }
    if (actual == null) {
      // A key that is not there satisfies "not" and "...IfExists", and nothing else.
      return operator.endsWith("ifexists") || base().contains("not");
    }
    boolean any = values.stream().anyMatch(value -> matches(value, actual));
    return base().contains("not") ? !any : any;
  }

  private String base() {
    return operator.endsWith("ifexists")
        ? operator.substring(0, operator.length() - "ifexists".length())
        : operator;
  }

  private boolean matches(String value, String actual) {
    return switch (base()) {
      case "stringequals", "stringnotequals" -> value.equals(actual);
      case "stringequalsignorecase", "stringnotequalsignorecase", "bool" ->
          value.equalsIgnoreCase(actual);
      case "numericequals", "numericnotequals" -> compare(actual, value) == 0;
      case "numericlessthan" -> compare(actual, value) < 0;
      case "numericlessthanequals" -> compare(actual, value) <= 0;
      case "numericgreaterthan" -> compare(actual, value) > 0;
      case "numericgreaterthanequals" -> compare(actual, value) >= 0;
      default -> Wildcard.matches(value, actual);
    };
  }

  private static int compare(String actual, String value) {
    Double left = number(actual);
    Double right = number(value);
    if (left == null || right == null) {
      throw Refusal.malformedPolicy("A numeric condition needs numbers");
    }
    return Double.compare(left, right);
  }

  private static @Nullable Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }
}
