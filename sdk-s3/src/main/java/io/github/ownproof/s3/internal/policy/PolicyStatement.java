package io.github.ownproof.s3.internal.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** One statement of a policy, with every element it was written with. Immutable, thread-safe. */
public final class PolicyStatement {

  private final JsonNode json;

  private PolicyStatement(JsonNode json) {
    this.json = json;
  }

  static PolicyStatement of(JsonNode json) {
    if (!json.isObject()) {
      throw new MalformedPolicyException("a statement is not a JSON object");
    }
    return new PolicyStatement(json);
  }

  /**
   * Reads one statement.
   *
   * @throws MalformedPolicyException if it is not one
   */
  public static PolicyStatement parse(String json) {
    return of(PolicyJson.parse(json));
  }

  /** Its id, if it has one. */
  public Optional<String> sid() {
    return json.field("Sid").filter(JsonNode::isString).map(JsonNode::asString);
  }

  /** Whether both say the same, whatever the order and form of their elements. */
  public boolean means(PolicyStatement other) {
    return Meaning.of(json).equals(Meaning.of(other.json));
  }

  JsonNode json() {
    return json;
  }

  /** The statement as JSON, in one line. */
  public String toJson() {
    return PolicyJson.text(json);
  }

  /** Equal as written; see {@link #means}. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyStatement that && that.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }
}
