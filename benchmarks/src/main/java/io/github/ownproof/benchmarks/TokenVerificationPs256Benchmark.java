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
 * PS256 tokens verified in full, remembering nothing, beside other libraries.
 *
 * <p>In a plain JVM everybody's signatures are the JDK's. The comparisons named {@code corretto}
 * run in a JVM that has the Amazon Corretto Crypto Provider on its class path, which is all that
 * ours asks for, and installed as the first provider, which is what the others need.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenVerificationPs256Benchmark extends TokenVerificationRace {

  private final TokenContender javaJwt;
  private final TokenContender fusionAuth;
  private final TokenContender jjwt;
  private final TokenContender jose4j;
  private final TokenContender nimbus;
  private final TokenContender spring;

  /** With a key of its own. */
  public TokenVerificationPs256Benchmark() {
    this(SignedTokens.of("PS256"));
  }

  private TokenVerificationPs256Benchmark(SignedTokens tokens) {
    super("PS256", tokens);
    this.javaJwt = enter("java-jwt", TokenPeers.javaJwt("PS256", tokens.publicKey()));
    this.fusionAuth = enter("fusionauth-jwt", TokenPeers.fusionAuth("PS256", tokens.publicKey()));
    this.jjwt = enter("jjwt", TokenPeers.jjwt(tokens.publicKey()));
    this.jose4j = enter("jose4j", TokenPeers.jose4j("PS256", tokens.publicKey()));
    this.nimbus = enter("Nimbus JOSE+JWT", TokenPeers.nimbus("PS256", tokens.publicKey()));
    this.spring = enter("Spring Security", TokenPeers.spring("PS256", tokens.publicKey()));
  }

  @Benchmark
  @Compared(
      id = "auth.verify.ps256",
      peer = "javaJwt",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.fusionAuth",
      peer = "fusionAuth",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.jjwt",
      peer = "jjwt",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.jose4j",
      peer = "jose4j",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.nimbus",
      peer = "nimbus",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.spring",
      peer = "spring",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.corretto",
      peer = "fusionAuth",
      floor = "raw",
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true,
      crypto = Crypto.CORRETTO_FIRST)
  @Compared(
      id = "auth.verify.ps256.corretto.javaJwt",
      peer = "javaJwt",
      floor = "raw",
      crypto = Crypto.CORRETTO_FIRST,
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.corretto.nimbus",
      peer = "nimbus",
      floor = "raw",
      crypto = Crypto.CORRETTO_FIRST,
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.corretto.jjwt",
      peer = "jjwt",
      floor = "raw",
      crypto = Crypto.CORRETTO_FIRST,
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.corretto.jose4j",
      peer = "jose4j",
      floor = "raw",
      crypto = Crypto.CORRETTO_FIRST,
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  @Compared(
      id = "auth.verify.ps256.corretto.spring",
      peer = "spring",
      floor = "raw",
      crypto = Crypto.CORRETTO_FIRST,
      ratioAtMost = 1,
      extraBytesAtMost = 0,
      notInQuick = true)
  public VerifiedToken ownproof() {
    return verifier.verify(token);
  }

  @Benchmark
  public Object raw() throws Exception {
    return signature.verify();
  }

  @Benchmark
  public Object javaJwt() throws Exception {
    return javaJwt.verify(token);
  }

  @Benchmark
  public Object fusionAuth() throws Exception {
    return fusionAuth.verify(token);
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

  @Benchmark
  public Object spring() throws Exception {
    return spring.verify(token);
  }
}
