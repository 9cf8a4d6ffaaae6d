package io.github.ownproof.benchmarks;

import io.github.ownproof.auth.VerifiedToken;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * EdDSA tokens verified in full, remembering nothing, beside other libraries.
 *
 * <p>In a plain JVM everybody's signatures are the JDK's. The comparisons named {@code corretto}
 * run in a JVM that has the Amazon Corretto Crypto Provider on its class path, which is all that
 * ours asks for, and installed as the first provider, which is what the others need. {@code
 * overDefaults} has it on the class path alone: the others go on with the JDK's. Nimbus brings its
 * own arithmetic, Tink, in both, so that it is beside ours for information and no promise is made
 * about it. Only those run that take {@code EdDSA} for {@code alg}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenVerificationEdDsaBenchmark extends TokenVerificationRace {

  private final TokenContender jjwt;
  private final TokenContender jose4j;
  private final TokenContender nimbus;

  /** With a key of its own. */
  public TokenVerificationEdDsaBenchmark() {
    this(SignedTokens.of("EdDSA"));
  }

  private TokenVerificationEdDsaBenchmark(SignedTokens tokens) {
    super("EdDSA", tokens);
    this.jjwt = enter("jjwt", TokenPeers.jjwt(tokens.publicKey()));
    this.jose4j = enter("jose4j", TokenPeers.jose4j("EdDSA", tokens.publicKey()));
    this.nimbus = enter("Nimbus JOSE+JWT", nimbusOnTink(tokens));
  }

  private static TokenContender nimbusOnTink(SignedTokens tokens) {
    try {
      return TokenPeers.nimbusEd25519(tokens.key().publicJwk());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Benchmark
  @Compared(
      id = "auth.verify.eddsa",
      peer = "jose4j",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.eddsa.jjwt",
      peer = "jjwt",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(id = "auth.verify.eddsa.nimbus", peer = "nimbus", floor = "raw", notInQuick = true)
  @Compared(
      id = "auth.verify.eddsa.corretto",
      peer = "jose4j",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true,
      crypto = Crypto.CORRETTO_FIRST)
  @Compared(
      id = "auth.verify.eddsa.corretto.jjwt",
      peer = "jjwt",
      floor = "raw",
      crypto = Crypto.CORRETTO_FIRST,
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.eddsa.corretto.nimbus",
      peer = "nimbus",
      floor = "raw",
      crypto = Crypto.CORRETTO_FIRST,
      notInQuick = true)
  @Compared(
      id = "auth.verify.eddsa.overRaw",
      peer = "raw",
      ratioAtMost = 1.10,
      extraBytesAtMost = 6144,
      notInQuick = true)
  @Compared(
      id = "auth.verify.eddsa.corretto.overDefaults",
      peer = "jose4j",
      crypto = Crypto.CORRETTO_ON_CLASS_PATH)
  public VerifiedToken ownproof() {
    return verifier.verify(token);
  }

  @Benchmark
  public Object raw() throws Exception {
    return signature.verify();
  }

  @Benchmark
  public Object jjwt() throws Exception {
    return jjwt.verify(token);
  }

  @Benchmark
  public Object jose4j() throws Exception {
    return jose4j.verify(token);
  }

  @Benchmark
  public Object nimbus() throws Exception {
    return nimbus.verify(token);
  }
}
