package io.github.ownproof.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Revocations of this process, in memory: of one token, of a session, or of all tokens of a subject
 * issued so far.
 *
 * <p>An entry is kept as long as a token may live. A token made to live longer than that, or that
 * does not say when it was issued, counts as revoked: nobody could know. There is room for a
 * bounded number of entries; when it is used up, revoking fails loudly and nothing is forgotten.
 * Thread-safe; share one among verifiers.
 */
public final class Revocations implements RevocationCheck {

  private static final int DEFAULT_CAPACITY = 100_000;

  /** More than issuers' clocks and ours may differ, both at the issue and at the end of a token. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final Clock clock;
  private final Duration longestLife;
  private final int capacity;
  private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();

  private enum Scope {
    TOKEN,
    SESSION,
    SUBJECT
  }

  private record Key(Scope scope, String issuer, String value) {
    @Override
    public String toString() {
      return "Key(" + scope + ")";
    }
  }

  /** Since when, and until when anybody needs to know. */
  private record Entry(Instant at, Instant until) {}

  private Revocations(Clock clock, Duration longestLife, int capacity) {
    this.clock = clock;
    this.longestLife = longestLife;
    this.capacity = capacity;
  }

  /**
   * None yet, with room for 100,000.
   *
   * @param longestLife how long the tokens of the accepted issuers live at most; every token made
   *     to live longer counts as revoked, so look it up at the issuer
   * @throws InvalidVerifierException if it is not positive, or more than 36,500 days
   */
  public static Revocations inMemory(Duration longestLife) {
    return inMemory(longestLife, DEFAULT_CAPACITY, Clock.systemUTC());
  }

  /**
   * None yet.
   *
   * @param longestLife how long the tokens of the accepted issuers live at most; every token made
   *     to live longer counts as revoked, so look it up at the issuer
   * @param capacity how many entries there is room for
   * @param clock what time it is; the verifier's
   * @throws InvalidVerifierException if the life or the capacity is not positive, or the life more
   *     than 36,500 days
   */
  public static Revocations inMemory(Duration longestLife, int capacity, Clock clock) {
    if (longestLife.isNegative()
        || longestLife.isZero()
        || longestLife.compareTo(IssuerProfile.LONGEST_LIMIT) > 0
        || capacity <= 0) {
      throw new InvalidVerifierException(
          "Revocations are kept for a positive time of at most 36,500 days, in a positive number; "
              + longestLife
              + " and "
              + capacity
              + " are not both.");
    }
    return new Revocations(clock, longestLife, capacity);
  }

  /**
   * Revokes one token.
   *
   * @param issuer its {@link Identity#issuer()}
   * @param id its {@code jti}
   * @throws RevocationsFullException if there is no room
   */
  public void revokeToken(String issuer, String id) {
    put(new Key(Scope.TOKEN, issuer, id));
  }

  /**
   * Revokes all tokens of a login session.
   *
   * @param issuer the issuer's {@link Identity#issuer()}
   * @param sessionId its {@code sid}
   * @throws RevocationsFullException if there is no room
   */
  public void revokeSession(String issuer, String sessionId) {
    put(new Key(Scope.SESSION, issuer, sessionId));
  }

  /**
   * Revokes all tokens of this user that were issued up to now; see {@link #revokeSubject(String,
   * String)}.
   *
   * @throws RevocationsFullException if there is no room
   */
  public void revokeSubject(Identity identity) {
    revokeSubject(identity.issuer(), identity.subject());
  }

  /**
   * Revokes all tokens of a subject that were issued up to now, to the second and by the issuer's
   * clock. Those issued later are good.
   *
   * @param issuer its {@link Identity#issuer()}
   * @param subject its {@link Identity#subject()}
   * @throws RevocationsFullException if there is no room
   */
  public void revokeSubject(String issuer, String subject) {
    put(new Key(Scope.SUBJECT, issuer, subject));
  }

  private synchronized void put(Key key) {
    Instant now = clock.instant();
    if (!entries.containsKey(key) && entries.size() >= capacity) {
      entries.values().removeIf(entry -> entry.until().isBefore(now));
      if (entries.size() >= capacity) {
        throw new RevocationsFullException(capacity);
      }
    }
    Entry fresh = new Entry(now, now.plus(longestLife).plus(MARGIN));
    entries.merge(key, fresh, (old, young) -> young.at().isAfter(old.at()) ? young : old);
  }

  @Override
  public boolean isRevoked(VerifiedToken token) {
    String issuer = token.identity().issuer();
    Optional<Instant> issuedAt = token.issuedAt();
    // Without it the token might be older than anything we remember.
    return issuedAt.isEmpty()
        || token.expiresAt().isAfter(issuedAt.get().plus(longestLife))
        || has(Scope.TOKEN, issuer, token.id())
        || has(Scope.SESSION, issuer, token.sessionId())
        || isBeforeEpoch(
            entries.get(new Key(Scope.SUBJECT, issuer, token.identity().subject())),
            issuedAt.get());
  }

  private boolean has(Scope scope, String issuer, Optional<String> value) {
    return value.isPresent() && entries.containsKey(new Key(scope, issuer, value.get()));
  }

  private static boolean isBeforeEpoch(@Nullable Entry entry, Instant issuedAt) {
    return entry != null && !issuedAt.isAfter(entry.at());
  }

  /** The number of entries alone. */
  @Override
  public String toString() {
    return "Revocations(" + entries.size() + ")";
  }
}
