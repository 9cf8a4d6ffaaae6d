package io.github.ownproof.benchmarks;

/**
 * Verifies tokens of one issuer, one algorithm and one audience: signature, {@code iss}, {@code
 * aud} and {@code exp}. Whatever is not right ends in an exception.
 */
@FunctionalInterface
interface TokenContender {

  /** What the token says. */
  Object verify(String token) throws Exception;
}
