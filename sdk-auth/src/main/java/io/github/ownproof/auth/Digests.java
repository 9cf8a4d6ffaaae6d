package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.Base64Url;
import io.github.ownproof.auth.internal.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 in base64url, as tokens carry it. */
final class Digests {

  /** 32 bytes in base64url. */
  private static final int LENGTH = 43;

  private Digests() {}

  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Whether it could be one: compared to anything else, no digest would ever be equal. */
  static boolean isDigest(String text) {
    try {
      return text.length() == LENGTH && Base64Url.decode(text).length == 32;
    } catch (MalformedInput e) {
      return false;
    }
  }

  /** In a time that does not tell where they differ. */
  static boolean areEqual(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
