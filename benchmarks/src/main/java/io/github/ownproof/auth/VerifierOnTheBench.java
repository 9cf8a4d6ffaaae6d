package io.github.ownproof.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Verifiers built as anybody builds one, but for the one step that looks at the signature. */
public final class VerifierOnTheBench {

  private VerifierOnTheBench() {}

  /**
   * With an HMAC for the signature, whatever the header calls it: it costs so little that the rest
   * can be measured.
   */
  public static TokenVerifier withHmac(TokenVerifier.Builder builder, SecretKey secret) {
    return builder.build(
        (key, algorithm, data, length, signature) ->
            MessageDigest.isEqual(hmac(secret, data, length), signature));
  }

  /** The HMAC, made anew. */
  public static byte[] hmac(SecretKey secret, byte[] data, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      mac.update(data, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
