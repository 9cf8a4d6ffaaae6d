package io.github.ownproof.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How S3 spells owners: the headers of the owner condition and the canonical user id. */
final class Owners {

  static final String EXPECTED = "x-amz-expected-bucket-owner";
  static final String EXPECTED_SOURCE = "x-amz-source-expected-bucket-owner";

  private Owners() {}

  /** 64 hex digits, always the same for an account, as a canonical user id is. */
  static String canonicalId(String account) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(("canonical user of " + account).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
