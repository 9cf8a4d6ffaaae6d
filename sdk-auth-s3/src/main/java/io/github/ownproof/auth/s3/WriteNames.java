package io.github.ownproof.auth.s3;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names for single writes: whoever lost the answer to one finds it by its name. Thread-safe. */
final class WriteNames {

  private final SecureRandom random = new SecureRandom();

  /** One that nobody else has: 32 hexadecimal digits. */
  String next() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
