package io.github.ownproof.auth;

import io.github.ownproof.auth.VerificationPath.Checked;
import io.github.ownproof.auth.internal.CompactToken;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.keys.KeyHealth;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.keys.RemoteKeySettings;
import io.github.ownproof.core.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies tokens, strictly, and says who they are about.
 *
 * <p>A token is accepted when it has the one canonical form, comes from an accepted issuer, is
 * signed by a key that this issuer publishes, is of the expected kind, for the expected audience,
 * valid now, about a stable subject, speaks for nobody else, and is bound to nobody or to whoever
 * presented it. Everything else is refused with one {@link Reason}; nothing but {@link
 * TokenRejectedException} comes out of {@code verify}, whatever goes in.
 *
 * <p>Immutable and thread-safe; make one and share it. Verifying waits for the network only where
 * the issuer's keys were never fetched, or the token names a key not seen before, and then about a
 * second at most. {@link #close} it when the program ends; it keeps no program from ending.
 */
public final class TokenVerifier implements AutoCloseable {

  /** No {@link Builder#maxTokenLength} is more. */
  static final int MOST_LENGTH = 64 * 1024;

  private static final long PAUSE = Duration.ofMillis(50).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);

  private final List<AcceptedIssuer> issuers;
  private final VerificationPath path;
  private final @Nullable TokenCache cache;
  private final @Nullable RevocationCheck revocations;
  private final SenderConstraint senders;
  private final DpopPolicy dpop;
  private final Decisions decisions;
  private final Clock clock;
  private final Duration skew;
  private final int maxTokenLength;
  private final VerifierDescription description;
  private volatile boolean closed;

  private TokenVerifier(Builder builder, List<AcceptedIssuer> issuers, SignatureCheck signatures) {
    this.issuers = List.copyOf(issuers);
    Map<String, AcceptedIssuer> byIssuer = new HashMap<>();
    for (AcceptedIssuer issuer : issuers) {
      issuer.profile().rules().spellings().forEach(iss -> byIssuer.put(iss, issuer));
    }
    this.clock = builder.clock;
    this.skew = builder.skew;
    this.path = new VerificationPath(Map.copyOf(byIssuer), clock, skew, signatures);
    this.cache =
        builder.cacheBytes == 0 ? null : new TokenCache(path, clock, skew, builder.cacheBytes);
    this.revocations = builder.revocations;
    this.dpop = builder.dpop;
    this.senders = new SenderConstraint(builder.dpop, clock);
    this.decisions = new Decisions(builder.telemetry);
    this.maxTokenLength = builder.maxTokenLength;
    this.description = new VerifierDescription(builder, issuers);
  }

  /** A builder that needs at least one {@link Builder#accept}. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Verifies a token that came without proof of its sender, as most do.
   *
   * @param compact the token alone, without {@code Bearer}
   * @throws TokenRejectedException if it is refused
   * @throws IllegalStateException if this verifier is closed
   */
  public VerifiedToken verify(String compact) {
    return tryVerify(compact).orThrow();
  }

  /**
   * Verifies a token with all that came with it.
   *
   * @throws TokenRejectedException if it is refused
   * @throws IllegalStateException if this verifier is closed
   */
  public VerifiedToken verify(PresentedToken presented) {
    return tryVerify(presented).orThrow();
  }

  /**
   * The same as {@link #verify(String)}, the refusal as a value.
   *
   * @throws IllegalStateException if this verifier is closed
   */
  public Verification tryVerify(String compact) {
    return tryVerify(PresentedToken.bearer(compact));
  }

  /**
   * The same as {@link #verify(PresentedToken)}, the refusal as a value.
   *
   * @throws IllegalStateException if this verifier is closed
   */
  public Verification tryVerify(PresentedToken presented) {
    if (closed) {
      throw new IllegalStateException("This TokenVerifier is closed.");
    }
    try {
      VerifiedToken token = accepted(presented);
      decisions.accepted();
      return new Verification.Accepted(token);
    } catch (Refusal refusal) {
      return rejected(presented, refusal.reason());
    } catch (RuntimeException unforeseen) {
      // Its message may hold anything of the token, so only its kind is told.
      LOG.error(
          "Verifying a token failed with {}; the token was refused",
          unforeseen.getClass().getName());
      return rejected(presented, Reason.INTERNAL);
    }
  }

  private VerifiedToken accepted(PresentedToken presented) throws Refusal {
    byte[] ascii = ascii(presented.token());
    VerifiedToken token = cache == null ? verified(ascii) : cache.verify(ascii);
    refuseRevoked(token);
    senders.check(presented, token);
    return token;
  }

  private VerifiedToken verified(byte[] ascii) throws Refusal {
    Checked checked = path.verify(ascii);
    checked.checkTimes(clock.instant(), skew);
    return checked.token();
  }

  private byte[] ascii(@Nullable String compact) throws Refusal {
    if (compact == null) {
      // What a request without the header gives; not worth an error in the log.
      throw Refusal.of(Reason.MISSING);
    }
    try {
      return CompactToken.ascii(compact, maxTokenLength);
    } catch (MalformedInput e) {
      throw VerificationPath.refusal(e);
    }
  }

  private void refuseRevoked(VerifiedToken token) throws Refusal {
    if (revocations == null) {
      return;
    }
    boolean revoked;
    try {
      revoked = revocations.isRevoked(token);
    } catch (RuntimeException e) {
      LOG.error("Asking for revocations failed with {}", e.getClass().getName());
      throw Refusal.of(Reason.REVOCATION_UNAVAILABLE);
    }
    if (revoked) {
      throw Refusal.of(Reason.REVOKED);
    }
  }

  private Verification rejected(PresentedToken presented, Reason reason) {
    decisions.refused(reason);
    return new Verification.Rejected(reason, Challenges.of(reason, presented.scheme(), dpop));
  }

  /**
   * Fetches the keys of all issuers that were not fetched yet, so that the first token need not
   * wait. Waits about a second at most for each; an issuer that does not answer is tried on in the
   * background.
   *
   * @return how it is with the keys of each issuer, by {@link IssuerProfile#issuer()}
   */
  public Map<String, KeyHealth> warmUp() {
    Map<String, KeyHealth> health = new LinkedHashMap<>();
    for (AcceptedIssuer issuer : issuers) {
      health.put(issuer.profile().issuer(), issuer.keys().warmUp());
    }
    return health;
  }

  /**
   * The same, and again until the keys of all issuers are there or the time is up: for start-up,
   * where a cold JVM takes its time for a first request. An interrupt ends it, and stays set.
   *
   * @return how it is with the keys of each issuer, by {@link IssuerProfile#issuer()}
   */
  public Map<String, KeyHealth> warmUp(Duration atMost) {
    long begin = System.nanoTime();
    Map<String, KeyHealth> health = warmUp();
    while (!health.values().stream().allMatch(KeyHealth::isUsable)
        && System.nanoTime() - begin < atMost.toNanos()
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE);
      health = warmUp();
    }
    return health;
  }

  /** How it is with the keys of each issuer now, by {@link IssuerProfile#issuer()}; does no I/O. */
  public Map<String, KeyHealth> health() {
    Map<String, KeyHealth> health = new LinkedHashMap<>();
    for (AcceptedIssuer issuer : issuers) {
      health.put(issuer.profile().issuer(), issuer.keys().health());
    }
    return health;
  }

  /** How it checks DPoP proofs. */
  public DpopPolicy dpopPolicy() {
    return dpop;
  }

  /**
   * What this verifier accepts, which checks it does without and why, and which provider verifies
   * which algorithm: lines of text for the log at start-up. Holds configuration only.
   */
  public String describe() {
    return description.toString();
  }

  /** Stops fetching keys, except from sources it was given. A second call does nothing. */
  @Override
  public void close() {
    closed = true;
    issuers.forEach(AcceptedIssuer::close);
  }

  /** How many issuers it accepts. */
  @Override
  public String toString() {
    return "TokenVerifier(issuers: " + issuers.size() + ")";
  }

  /** Puts a {@link TokenVerifier} together. Not thread-safe. */
  public static final class Builder {

    private static final Duration MOST_SKEW = Duration.ofSeconds(60);
    private static final int DEFAULT_LENGTH = 16 * 1024;
    private static final long DEFAULT_CACHE = 16L * 1024 * 1024;

    final List<IssuerProfile> profiles = new ArrayList<>();
    Clock clock = Clock.systemUTC();
    Duration skew = MOST_SKEW;
    int maxTokenLength = DEFAULT_LENGTH;
    long cacheBytes = DEFAULT_CACHE;
    Telemetry telemetry = Telemetry.none();
    DpopPolicy dpop = DpopPolicy.defaults();
    @Nullable RevocationCheck revocations;

    private Builder() {}

    /**
     * Accepts tokens of this profile, beside those of others. Each issuer can be accepted as one
     * kind of token only: use a verifier per kind, so that none is taken for the other.
     */
    public Builder accept(IssuerProfile profile) {
      profiles.add(Objects.requireNonNull(profile, "profile"));
      return this;
    }

    /** What time it is; the system's clock by default. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * How much issuers' clocks and ours may differ: 60 seconds by default.
     *
     * @throws InvalidVerifierException if it is not between 0 and 60 seconds
     */
    public Builder clockSkew(Duration skew) {
      if (skew.isNegative() || skew.compareTo(MOST_SKEW) > 0) {
        throw new InvalidVerifierException(
            "A clock skew of "
                + skew
                + " is not between 0 and 60 seconds: set the clocks instead.");
      }
      this.skew = skew;
      return this;
    }

    /**
     * The longest token that is looked at, in characters: 16,384 by default.
     *
     * @throws InvalidVerifierException if it is not between 256 and 65,536
     */
    public Builder maxTokenLength(int characters) {
      if (characters < 256 || characters > MOST_LENGTH) {
        throw new InvalidVerifierException(
            "A longest token of " + characters + " characters is not between 256 and 65,536.");
      }
      this.maxTokenLength = characters;
      return this;
    }

    /**
     * How much memory remembered tokens may take: 16 MiB by default, enough for some thousands.
     *
     * @throws InvalidVerifierException if it is less than 64 KiB
     */
    public Builder rememberTokens(long maxBytes) {
      if (maxBytes < 64 * 1024) {
        throw new InvalidVerifierException(
            "Remembering tokens in "
                + maxBytes
                + " bytes is not worth it: give at least 65,536, or call verifyEveryTokenAnew().");
      }
      this.cacheBytes = maxBytes;
      return this;
    }

    /** Remembers no tokens: each is verified in full each time. */
    public Builder verifyEveryTokenAnew() {
      this.cacheBytes = 0;
      return this;
    }

    /** Where metrics go; nowhere by default. */
    public Builder telemetry(Telemetry telemetry) {
      this.telemetry = Telemetry.safe(telemetry);
      return this;
    }

    /** Who knows the tokens revoked before their time; by default nobody. */
    public Builder revocations(RevocationCheck revocations) {
      this.revocations = Objects.requireNonNull(revocations, "revocations");
      return this;
    }

    /** How DPoP proofs are checked. */
    public Builder dpop(DpopPolicy policy) {
      this.dpop = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * The verifier. Does no I/O: keys are fetched when the first token comes, or by {@link
     * TokenVerifier#warmUp}.
     *
     * @throws InvalidVerifierException if no profile is accepted, two accept the same issuer, or
     *     one needs {@link IssuerProfile#allowInsecureLoopback}
     */
    public TokenVerifier build() {
      return build(SignatureCheck.BY_KEY);
    }

    TokenVerifier build(SignatureCheck signatures) {
      ProfileConflicts.refuse(profiles);
      List<AcceptedIssuer> issuers = new ArrayList<>();
      for (IssuerProfile profile : profiles) {
        KeySource given = profile.keys();
        issuers.add(
            given == null
                ? new AcceptedIssuer(profile, remoteKeys(profile), true)
                : new AcceptedIssuer(profile, given, false));
      }
      return new TokenVerifier(this, issuers, signatures);
    }

    private KeySource remoteKeys(IssuerProfile profile) {
      RemoteKeySettings settings = profile.keySettings().telemetry(telemetry);
      String reason = profile.loopbackReason();
      if (reason != null) {
        settings = settings.allowInsecureLoopback(reason);
      }
      return profile.jwksUri() == null
          ? KeySource.discovered(profile.issuer(), settings)
          : KeySource.jwks(profile.jwksUri(), settings);
    }
  }
}
