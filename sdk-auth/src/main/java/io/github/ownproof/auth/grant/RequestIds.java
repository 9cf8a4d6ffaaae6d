package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Set;

/** The id of a request follows from who asks for what, so that asking twice is asking once. */
final class RequestIds {

  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LETTERS = 32;

  private RequestIds() {}

  /** The id of this engineer's n-th request of this draft, 0 for the first. */
  static GrantId of(
      Actor.Identified engineer, AccessRequestDraft draft, Set<String> services, int n) {
    MessageDigest digest = sha256();
    add(digest, "ownproof support request 1");
    add(digest, engineer.issuer());
    add(digest, engineer.subject());
    add(digest, draft.customer().value());
    add(digest, draft.ticket());
    AccessScope scope = draft.scope();
    addAll(digest, scope.resources().exact());
    addAll(digest, scope.resources().trees());
    addAll(digest, scope.permissions());
    add(digest, Long.toString(scope.duration().toSeconds()));
    addAll(digest, services);
    add(digest, draft.residency());
    add(digest, draft.justification());
    add(digest, Integer.toString(n));
    return GrantId.of("sg-" + letters(digest.digest()));
  }

  private static String letters(byte[] hash) {
    StringBuilder letters = new StringBuilder(LETTERS);
    for (int bit = 0; bit < LETTERS * 5; bit += 5) {
      int two = (hash[bit / 8] & 0xff) << 8 | (hash[bit / 8 + 1] & 0xff);
      letters.append(BASE32.charAt(two >> (11 - bit % 8) & 31));
    }
    return letters.toString();
  }

  private static void addAll(MessageDigest digest, Collection<String> values) {
    digest.update(ByteBuffer.allocate(4).putInt(0, values.size()));
    values.forEach(value -> add(digest, value));
  }

  /** With its length, so that no two lists of values are the same bytes. */
  private static void add(MessageDigest digest, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256.", e);
    }
  }
}
