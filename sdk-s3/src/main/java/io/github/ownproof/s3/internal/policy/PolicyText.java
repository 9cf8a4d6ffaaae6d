package io.github.ownproof.s3.internal.policy;

import java.nio.charset.StandardCharsets;

/**
 * What a policy's text must hold to beyond what the JSON parser asks: S3 has a parser of its own,
 * and where two parsers may differ, one would judge what the other does not see.
 */
final class PolicyText {

  /** A policy needs six. */
  private static final int MAX_DEPTH = 16;

  private PolicyText() {}

  /**
   * The number of members of all objects in a text, counted by their colons.
   *
   * @throws MalformedPolicyException if it is too large or too deep, has comments, or more than one
   *     object
   */
  static int members(String json) {
    checkUnicode(json);
    if (json.getBytes(StandardCharsets.UTF_8).length > PolicyJson.MAX_BYTES) {
      throw new MalformedPolicyException(
          "it is larger than " + PolicyJson.MAX_BYTES + " bytes, which S3 does not take");
    }
    int members = 0;
    int depth = 0;
    boolean ended = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        continue;
      }
      if (depth == 0 && (ended || c != '{')) {
        throw new MalformedPolicyException("it is not one JSON object");
      }
      switch (c) {
        case '"' -> i = endOfString(json, i);
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case ':' -> members++;
        case '/' -> throw new MalformedPolicyException("it has a comment, which JSON has not");
        default -> {
          // a number, a literal or a comma, which the parser looks at
        }
      }
      if (depth > MAX_DEPTH) {
        throw new MalformedPolicyException("it is nested deeper than a policy can be");
      }
      ended |= depth == 0;
    }
    if (!ended) {
      throw new MalformedPolicyException("it is not JSON");
    }
    return members;
  }

  private static int endOfString(String json, int start) {
    for (int i = start + 1; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i;
      }
    }
    throw new MalformedPolicyException("it is not JSON");
  }

  /** Half of a surrogate pair has no bytes: it would be sent as something else. */
  static void checkUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          throw new MalformedPolicyException("it has half of a surrogate pair");
        }
        i++;
      }
    }
  }
}
