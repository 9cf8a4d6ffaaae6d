package io.github.ownproof.benchmarks;

import com.auth0.jwt.algorithms.Algorithm;
import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.VerifierOnTheBench;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What verifying costs besides the signature: all of it, with HMAC for the signature, which takes
 * about a microsecond. All make their HMAC anew each time; the floor is that HMAC alone, and what a
 * promise is about is what each takes beyond it.
 *
 * <p>Ours is a verifier built as anybody builds one, of which the one step that looks at the
 * signature is replaced. It takes no {@code HS256}, so its token is the others' with {@code RS256}
 * for {@code alg}, and the HMAC over that.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenVerificationParsingBenchmark {

  private static final byte[] SECRET =
      "a secret of two and thirty bytes".getBytes(StandardCharsets.US_ASCII);
  private static final String KEY_ID = "2026-11-key-1";

  private final SignedTokens tokens = new SignedTokens(ForgedKey.hmac("HS256", KEY_ID, SECRET));
  private final String token = tokens.valid();
  private final byte[] signingInput = tokens.signingInput();
  private final SecretKey secret = new SecretKeySpec(SECRET, "HmacSHA256");
  private final TokenVerifier verifier =
      VerifierOnTheBench.withHmac(
          TokenVerifier.builder()
              .accept(
                  IssuerProfiles.oidc(SignedTokens.ISSUER)
                      .audience(SignedTokens.AUDIENCE)
                      .accessTokens()
                      .keys(KeySource.pinned(ForgedKey.jwks(ForgedKey.rs256(KEY_ID)))))
              .verifyEveryTokenAnew(),
          secret);
  private final String ourToken = asRs256(token);
  private final Map<String, TokenContender> peers = new LinkedHashMap<>();
  private final TokenContender javaJwt =
      enter("java-jwt", TokenPeers.javaJwt(Algorithm.HMAC256(SECRET)));
  private final TokenContender fusionAuth = enter("fusionauth-jwt", TokenPeers.fusionAuth(SECRET));
  private final TokenContender jjwt = enter("jjwt", TokenPeers.jjwt(secret));
  private final TokenContender jose4j = enter("jose4j", TokenPeers.jose4j("HS256", secret));
  private final TokenContender nimbus =
      enter("Nimbus JOSE+JWT", TokenPeers.nimbus("HS256", secret));
  private final TokenContender spring =
      enter("Spring Security", TokenPeers.spring("HS256", secret));

  private TokenContender enter(String name, TokenContender contender) {
    peers.put(name, contender);
    return contender;
  }

  /** The same token for ours: as long, and with a right HMAC if this one has one. */
  private String asRs256(String hs256) {
    String[] parts = hs256.split("\\.", -1);
    String header =
        new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.US_ASCII)
            .replace("\"HS256\"", "\"RS256\"");
    String input = encoded(header.getBytes(StandardCharsets.US_ASCII)) + "." + parts[1];
    boolean isRight =
        MessageDigest.isEqual(
            hmac(parts[0] + "." + parts[1]), Base64.getUrlDecoder().decode(parts[2]));
    return input + "." + (isRight ? encoded(hmac(input)) : parts[2]);
  }

  private byte[] hmac(String input) {
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    return VerifierOnTheBench.hmac(secret, bytes, bytes.length);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Only those that accept what is right and refuse what is not are compared. */
  @Setup
  public void checkContenders() {
    tokens.check("Ownproof", token -> verifier.verify(asRs256(token)));
    peers.forEach(tokens::check);
  }

  @Benchmark
  @Compared(
      id = "auth.parse",
      peer = "fusionAuth",
      floor = "hmac",
      ratioAtMost = 0.7,
      extraBytesAtMost = 0,
      netOfFloor = true)
  @Compared(
      id = "auth.parse.javaJwt",
      peer = "javaJwt",
      floor = "hmac",
      ratioAtMost = 0.7,
      extraBytesAtMost = 0,
      notInQuick = true,
      netOfFloor = true)
  @Compared(
      id = "auth.parse.jjwt",
      peer = "jjwt",
      floor = "hmac",
      ratioAtMost = 0.7,
      extraBytesAtMost = 0,
      notInQuick = true,
      netOfFloor = true)
  @Compared(
      id = "auth.parse.jose4j",
      peer = "jose4j",
      floor = "hmac",
      ratioAtMost = 0.7,
      extraBytesAtMost = 0,
      notInQuick = true,
      netOfFloor = true)
  @Compared(
      id = "auth.parse.nimbus",
      peer = "nimbus",
      floor = "hmac",
      ratioAtMost = 0.7,
      extraBytesAtMost = 0,
      notInQuick = true,
      netOfFloor = true)
  @Compared(
      id = "auth.parse.spring",
      peer = "spring",
      floor = "hmac",
      ratioAtMost = 0.7,
      extraBytesAtMost = 0,
      notInQuick = true,
      netOfFloor = true)
  public VerifiedToken ownproof() {
    return verifier.verify(ourToken);
  }

  @Benchmark
  public byte[] hmac() {
    return VerifierOnTheBench.hmac(secret, signingInput, signingInput.length);
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
