package io.github.ownproof.benchmarks;

import io.github.ownproof.auth.TokenVerifier;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Setup;

/** What the benchmarks of all algorithms have: the token, ours, the floor, and who else runs. */
abstract class TokenVerificationRace {

  final String token;
  final TokenVerifier verifier;
  final RawSignature signature;
  private final SignedTokens tokens;
  private final Map<String, TokenContender> contenders = new LinkedHashMap<>();

  TokenVerificationRace(String algorithm, SignedTokens tokens) {
    this.tokens = tokens;
    this.token = tokens.valid();
    this.verifier = tokens.verifier();
    try {
      this.signature = new RawSignature(algorithm, tokens);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    contenders.put("Ownproof", verifier::verify);
  }

  final TokenContender enter(String name, TokenContender contender) {
    contenders.put(name, contender);
    return contender;
  }

  /** Only those that accept what is right and refuse what is not are compared. */
  @Setup
  public void checkContenders() {
    contenders.forEach(tokens::check);
  }
}
