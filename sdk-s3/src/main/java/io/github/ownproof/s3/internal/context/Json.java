package io.github.ownproof.s3.internal.context;

import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** One text field of a small JSON object. */
final class Json {

  private Json() {}

  /** The field's text; empty if there is none, it is not text, or this is not a JSON object. */
  static Optional<String> text(String json, String field) {
    try {
      // The AWS SDK's own parser: on the class path already, hardened, and kept stable because
      // older generated clients call it.
      return JsonNode.parser()
          .parse(json)
          .field(field)
          .filter(JsonNode::isString)
          .map(JsonNode::asString);
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }
}
