package io.github.ownproof.benchmarks;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/**
 * The least that verifying can cost: one prepared {@link Signature} of the JVM's first provider,
 * over bytes that are decoded already. Nothing is parsed, and nothing but the signature is checked.
 * That is the JDK's provider wherever nobody installed another one, be it on the class path or not.
 */
final class RawSignature {

  private final Signature signature;
  private final byte[] data;
  private final byte[] signed;

  RawSignature(String algorithm, SignedTokens tokens) throws GeneralSecurityException {
    this.signature =
        Signature.getInstance(
            switch (algorithm) {
              case "RS256" -> "SHA256withRSA";
              case "PS256" -> "RSASSA-PSS";
              case "ES256" -> "SHA256withECDSAinP1363Format";
              case "EdDSA" -> "Ed25519";
              default -> throw new IllegalArgumentException(algorithm);
            });
    if (algorithm.equals("PS256")) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signature.initVerify(tokens.publicKey());
    this.data = tokens.signingInput();
    this.signed = tokens.signature();
  }

  Object verify() throws GeneralSecurityException {
    signature.update(data);
    if (!signature.verify(signed)) {
      throw new IllegalStateException("the signature does not hold");
    }
    return signed;
  }
}
