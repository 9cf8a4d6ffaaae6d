package io.github.ownproof.s3.internal.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * A bucket policy, read so that everything in it can be written again: statements that are not
 * touched keep every element they have. Immutable and thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar
 *     of the IAM JSON policy language</a>
 */
public final class PolicyDocument {

  /** The version in which policy variables, and their escapes, mean something. */
  public static final String CURRENT_VERSION = "2012-10-17";

  /** What a policy has that says none; in it, a variable is a text like any other. */
  static final String OLD_VERSION = "2008-10-17";

  private static final String STATEMENT = "Statement";

  /** Every element but the statements, in the order read. */
  private final Map<String, JsonNode> head;

  private final List<PolicyStatement> statements;

  private PolicyDocument(Map<String, JsonNode> head, List<PolicyStatement> statements) {
    this.head = head;
    this.statements = List.copyOf(statements);
  }

  /** A policy of the current version that says nothing. */
  public static PolicyDocument empty() {
    return new PolicyDocument(
        PolicyJson.parse("{\"Version\":\"" + CURRENT_VERSION + "\"}").asObject(), List.of());
  }

  /**
   * Reads a policy.
   *
   * @throws MalformedPolicyException if it is not a policy document
   */
  public static PolicyDocument parse(String json) {
    JsonNode root = PolicyJson.parse(json);
    if (!root.isObject()) {
      throw new MalformedPolicyException("it is not a JSON object");
    }
    Map<String, JsonNode> head = new LinkedHashMap<>(root.asObject());
    JsonNode written = head.remove(STATEMENT);
    if (written == null) {
      throw new MalformedPolicyException("it has no Statement");
    }
    List<PolicyStatement> statements = new ArrayList<>();
    for (JsonNode one : written.isArray() ? written.asArray() : List.of(written)) {
      statements.add(PolicyStatement.of(one));
    }
    return new PolicyDocument(head, statements);
  }

  Map<String, JsonNode> head() {
    return Collections.unmodifiableMap(head);
  }

  /** The version; the older one if it says none. */
  public String version() {
    JsonNode version = head.get("Version");
    return version != null && version.isString() ? version.asString() : OLD_VERSION;
  }

  /** The statements, in order. */
  public List<PolicyStatement> statements() {
    return statements;
  }

  /** The statement of this id. */
  public Optional<PolicyStatement> statement(String sid) {
    return statements.stream().filter(one -> one.sid().equals(Optional.of(sid))).findFirst();
  }

  /** Whether it says nothing; S3 takes no such policy. */
  public boolean isEmpty() {
    return statements.isEmpty();
  }

  /** This policy with a statement: in the place of the one of its id, or after all others. */
  public PolicyDocument with(PolicyStatement added) {
    List<PolicyStatement> changed = new ArrayList<>();
    boolean replaced = false;
    for (PolicyStatement one : statements) {
      boolean same = one.sid().isPresent() && one.sid().equals(added.sid());
      if (!same) {
        changed.add(one);
      } else if (!replaced) {
        changed.add(added);
        replaced = true;
      }
    }
    if (!replaced) {
      changed.add(added);
    }
    return new PolicyDocument(head, changed);
  }

  /** This policy without the statements that {@code unwanted} accepts. */
  public PolicyDocument without(Predicate<PolicyStatement> unwanted) {
    return new PolicyDocument(head, statements.stream().filter(unwanted.negate()).toList());
  }

  /** Whether both say the same, whatever the order and form of their elements. */
  public boolean means(@Nullable PolicyDocument other) {
    if (other == null || !version().equals(other.version())) {
      return false;
    }
    List<PolicyStatement> rest = new ArrayList<>(other.statements);
    for (PolicyStatement one : statements) {
      Optional<PolicyStatement> match = rest.stream().filter(one::means).findFirst();
      if (match.isEmpty()) {
        return false;
      }
      rest.remove(match.get());
    }
    return rest.isEmpty();
  }

  /** The policy as JSON, in one line. */
  public String toJson() {
    Map<String, JsonNode> all = new LinkedHashMap<>(head);
    return PolicyJson.document(
        all, STATEMENT, statements.stream().map(PolicyStatement::json).toList());
  }

  /** Equal as written; see {@link #means}. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyDocument that
        && that.head.equals(head)
        && that.statements.equals(statements);
  }

  @Override
  public int hashCode() {
    return Objects.hash(head, statements);
  }

  @Override
  public String toString() {
    return toJson();
  }
}
