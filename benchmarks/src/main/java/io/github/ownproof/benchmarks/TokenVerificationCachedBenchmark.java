package io.github.ownproof.benchmarks;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A token that was verified before and comes again. The least that can cost, without keeping tokens
 * in memory, is the SHA-256 of its characters and one look-up by it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenVerificationCachedBenchmark {

  private final SignedTokens tokens = SignedTokens.of("RS256");
  private final String token = tokens.valid();
  private final TokenVerifier verifier = tokens.rememberingVerifier();
  private final TokenContender javaJwt = TokenPeers.javaJwt("RS256", tokens.publicKey());
  private final MessageDigest sha256;
  private final Cache<Hash, VerifiedToken> cache = Caffeine.newBuilder().maximumSize(1000).build();

  private record Hash(long a, long b, long c, long d) {
    static Hash of(byte[] digest) {
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      return new Hash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
  }

  /** Has the token remembered already. */
  public TokenVerificationCachedBenchmark() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    cache.put(hash(), verifier.verify(token));
  }

  /** Also what is remembered is refused when it changes. */
  @Setup
  public void checkContenders() {
    tokens.check("Ownproof", verifier::verify);
    tokens.check("java-jwt", javaJwt);
  }

  @Benchmark
  @Compared(id = "auth.cached", peer = "hashAndLookUp", ratioAtMost = 1.3, extraBytesAtMost = 512)
  @Compared(id = "auth.cached.javaJwt", peer = "javaJwtAnew", ratioAtMost = 0.05)
  @Scales(id = "auth.cached.twoThreads")
  public VerifiedToken cached() {
    return verifier.verify(token);
  }

  @Benchmark
  public VerifiedToken hashAndLookUp() {
    return requireNonNull(cache.getIfPresent(hash()));
  }

  private Hash hash() {
    return Hash.of(sha256.digest(token.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Benchmark
  public Object javaJwtAnew() throws Exception {
    return javaJwt.verify(token);
  }
}
