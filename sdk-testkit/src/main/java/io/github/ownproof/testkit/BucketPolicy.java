package io.github.ownproof.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bucket policy that was put, read into statements. Immutable. */
final class BucketPolicy {

  enum Answer {
    ALLOW,
    DENY,
    NOTHING
  }

  private static final JsonMapper JSON = new JsonMapper();

  private final List<PolicyStatement> statements;

  private BucketPolicy(List<PolicyStatement> statements) {
    this.statements = List.copyOf(statements);
  }

  static BucketPolicy parse(String document, String bucketArn) {
    JsonNode root;
    try {
      root = JSON.readTree(document);
    } catch (JacksonException malformed) {
      throw Refusal.malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
    }
    if (!root.isObject()) {
      throw Refusal.malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
    }
    JsonNode statements = root.get("Statement");
    if (statements == null || statements.isEmpty()) {
      throw Refusal.malformedPolicy("Missing required field Statement");
    }
    List<PolicyStatement> parsed = new ArrayList<>();
    if (statements.isArray()) {
      statements.forEach(statement -> parsed.add(statement(statement, bucketArn)));
    } else {
      parsed.add(statement(statements, bucketArn));
    }
    return new BucketPolicy(parsed);
  }

  /** A policy that lets everybody do everything with a bucket and what is in it. */
  static String openToEveryone(String bucket) {
    String arn = "arn:aws:s3:::" + bucket;
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
        + "\"Action\":\"s3:*\",\"Resource\":[\""
        + arn
        + "\",\""
        + arn
        + "/*\"]}]}";
  }

  Answer ask(Question question) {
    boolean allowed = false;
    for (PolicyStatement statement : statements) {
      if (statement.appliesTo(question)) {
        if (!statement.allow()) {
          return Answer.DENY;
        }
        allowed = true;
      }
    }
    return allowed ? Answer.ALLOW : Answer.NOTHING;
  }

  boolean isPublic() {
    return statements.stream().anyMatch(PolicyStatement::isPublic);
  }

  private static PolicyStatement statement(JsonNode node, String bucketArn) {
    String effect = node.path("Effect").asString("");
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw Refusal.malformedPolicy("Invalid effect: " + effect);
    }
    boolean notPrincipal = node.has("NotPrincipal");
    boolean notAction = node.has("NotAction");
    boolean notResource = node.has("NotResource");
    List<String> principals = principals(node.get(notPrincipal ? "NotPrincipal" : "Principal"));
    List<String> actions = texts(node.get(notAction ? "NotAction" : "Action"));
    List<String> resources = texts(node.get(notResource ? "NotResource" : "Resource"));
    if (principals.isEmpty()) {
      throw Refusal.malformedPolicy("Missing required field Principal");
    }
    if (actions.isEmpty()) {
      throw Refusal.malformedPolicy("Missing required field Action");
    }
    if (resources.isEmpty()) {
      throw Refusal.malformedPolicy("Missing required field Resource");
    }
    for (String resource : resources) {
      if (!resource.equals(bucketArn)
          && !resource.startsWith(bucketArn + "/")
          && !resource.equals("*")
          && !resource.equals(bucketArn + "*")) {
        throw Refusal.malformedPolicy("Policy has invalid resource");
      }
    }
    return new PolicyStatement(
        effect.equals("Allow"),
        notPrincipal,
        principals,
        notAction,
        actions,
        notResource,
        resources,
        conditions(node.get("Condition")));
  }

  private static List<String> principals(@Nullable JsonNode node) {
    List<String> principals = new ArrayList<>();
    if (node == null) {
      return principals;
    }
    if (node.isString()) {
      if (!node.asString().equals("*")) {
        throw Refusal.malformedPolicy("Invalid principal in policy");
      }
      return List.of("*");
    }
    node.forEachEntry(
        (kind, values) -> {
          for (String value : texts(values)) {
            principals.add(
                switch (kind) {
                  case "AWS" -> value;
                  case "CanonicalUser" -> "canonical:" + value;
                  default -> kind + ":" + value;
                });
          }
        });
    return principals;
  }

  private static List<PolicyCondition> conditions(@Nullable JsonNode node) {
    List<PolicyCondition> conditions = new ArrayList<>();
    if (node != null) {
      node.forEachEntry(
          (operator, keys) ->
              keys.forEachEntry(
                  (key, values) ->
                      conditions.add(PolicyCondition.of(operator, key, texts(values)))));
    }
    return List.copyOf(conditions);
  }

  private static List<String> texts(@Nullable JsonNode node) {
    if (node == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(element -> texts.add(element.asString()));
    } else {
      texts.add(node.asString());
    }
    return List.copyOf(texts);
  }
}
