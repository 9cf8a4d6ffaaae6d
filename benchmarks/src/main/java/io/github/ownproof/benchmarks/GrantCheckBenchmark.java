package io.github.ownproof.benchmarks;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.SupportAccessChecker;
import io.github.ownproof.auth.grant.SupportDecision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One read under a grant that was seen before, by an engineer whose token was, with a trail that
 * keeps nothing. The least that can cost is the SHA-256 of both tokens, one look-up by each, and
 * one for whether the grant still stands.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrantCheckBenchmark {

  private final SignedTokens tokens = SignedTokens.of("RS256");
  private final String token = tokens.valid();
  private final TokenVerifier verifier = tokens.rememberingVerifier();
  private final VerifiedToken engineer = verifier.verify(token);
  private final SupportAccessChecker checker;
  private final String grant;
  private final MessageDigest sha256;
  private final Cache<Object, Object> cache = Caffeine.newBuilder().maximumSize(1000).build();

  private record Hash(long a, long b, long c, long d) {
    static Hash of(byte[] digest) {
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      return new Hash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
  }

  /** Has both tokens remembered already. */
  public GrantCheckBenchmark() {
    GrantOnTheBench desk;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      desk = new GrantOnTheBench(tokens, engineer, generator.generateKeyPair());
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    checker = desk.checker();
    grant = desk.issue();
    cache.put(hash(token), engineer);
    cache.put(hash(grant), checker);
    cache.put(GrantOnTheBench.RESOURCE, checker);
  }

  /** A checker that permits everything is fast, and not compared. */
  @Setup
  public void checkOutcomes() {
    if (!checked().isPermitted()) {
      throw new IllegalStateException("the read is refused: " + checked());
    }
    if (checker.check(engineer, grant, "PUT", GrantOnTheBench.RESOURCE, "orders:read").isPermitted()
        || checker.check(engineer, grant, "GET", "orders/1", "orders:read").isPermitted()) {
      throw new IllegalStateException("a read is permitted that is not granted");
    }
  }

  @Benchmark
  @Compared(
      id = "auth.grant.check",
      peer = "hashTwiceAndLookUpThrice",
      ratioAtMost = 2.0,
      extraBytesAtMost = 1280)
  @Scales(id = "auth.grant.check.twoThreads")
  public SupportDecision checked() {
    return checker.check(
        verifier.verify(token), grant, "GET", GrantOnTheBench.RESOURCE, GrantOnTheBench.PERMISSION);
  }

  @Benchmark
  public Object hashTwiceAndLookUpThrice() {
    requireNonNull(cache.getIfPresent(hash(token)));
    requireNonNull(cache.getIfPresent(hash(grant)));
    return requireNonNull(cache.getIfPresent(GrantOnTheBench.RESOURCE));
  }

  private Hash hash(String text) {
    return Hash.of(sha256.digest(text.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
