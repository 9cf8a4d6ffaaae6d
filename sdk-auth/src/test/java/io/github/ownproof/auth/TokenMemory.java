package io.github.ownproof.auth;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.TokenForge;
import java.util.SplittableRandom;

/**
 * A program of its own, for a small heap: verifies many tokens, no two the same, valid and forged,
 * and says what the remembered ones take.
 */
final class TokenMemory {

  private static final String ISSUER = "https://login.example.com";
  private static final long BOUND = 4L * 1024 * 1024;

  private TokenMemory() {}

  /** Takes the number of valid tokens, and how many forged ones to each. */
  public static void main(String[] arguments) {
    int valid = Integer.parseInt(arguments[0]);
    int forgedPerValid = Integer.parseInt(arguments[1]);
    TokenForge forge = TokenForge.issuer(ISSUER).key(ForgedKey.of("ES256", "memory"));
    TokenVerifier verifier =
        TokenVerifier.builder()
            .rememberTokens(BOUND)
            .accept(
                IssuerProfiles.oidc(ISSUER)
                    .audience("https://api.example.com")
                    .accessTokens()
                    .keys(KeySource.pinned(forge.jwks())))
            .build();
    verifier.verify(forge.token().compact());
    SplittableRandom random = new SplittableRandom(1);
    long before = used();
    for (int i = 0; i < valid; i++) {
      String token = token(forge, i);
      expect(verifier.tryVerify(token) instanceof Verification.Accepted);
      for (int j = 0; j < forgedPerValid; j++) {
        expect(verifier.tryVerify(forged(token, random)) instanceof Verification.Rejected);
      }
    }
    long taken = used() - before;
    System.out.println("taken " + taken + " bound " + BOUND);
    verifier.verify(forge.token().compact());
    expect(taken <= BOUND + BOUND / 10);
  }

  private static String token(TokenForge forge, int i) {
    return forge
        .subject("user-" + i)
        .token()
        .claim("name", "Somebody Or Other " + i)
        .claim("email", "somebody." + i + "@example.com")
        .claim("scope", "orders:read orders:write profile")
        .claim("groups", java.util.List.of("a" + i, "b" + i, "c", "d", "e"))
        .compact();
  }

  private static String forged(String token, SplittableRandom random) {
    StringBuilder forged = new StringBuilder(token);
    int signature = token.lastIndexOf('.') + 1;
    for (int i = signature; i < token.length() - 1; i++) {
      forged.setCharAt(i, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef".charAt(random.nextInt(32)));
    }
    return forged.toString();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void expect(boolean condition) {
    if (!condition) {
      throw new AssertionError("Not as expected");
    }
  }
}
