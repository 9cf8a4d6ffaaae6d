package io.github.ownproof.auth;

import io.github.ownproof.auth.keys.JwsAlgorithm;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How DPoP proofs are checked (RFC 9449). Immutable and thread-safe, apart from the store and the
 * nonces it was given.
 */
public final class DpopPolicy {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST_AGE = Duration.ofMinutes(10);
  private static final Duration LONGEST_AHEAD = Duration.ofMinutes(1);

  private final Set<JwsAlgorithm> algorithms;
  private final Duration maxAge;
  private final Duration ahead;
  private final @Nullable ReplayStore replayStore;
  private final @Nullable DpopNonces nonces;

  private DpopPolicy(
      Set<JwsAlgorithm> algorithms,
      Duration maxAge,
      Duration ahead,
      @Nullable ReplayStore replayStore,
      @Nullable DpopNonces nonces) {
    this.algorithms = algorithms;
    this.maxAge = maxAge;
    this.ahead = ahead;
    this.replayStore = replayStore;
    this.nonces = nonces;
  }

  /**
   * Proofs of the last minute, from clocks at most 5 seconds ahead of ours, by any algorithm we
   * verify, each good once per verifier, no nonce.
   */
  public static DpopPolicy defaults() {
    return new DpopPolicy(
        Collections.unmodifiableSet(EnumSet.allOf(JwsAlgorithm.class)),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        null,
        null);
  }

  /** The same, with proofs by these algorithms only. */
  public DpopPolicy algorithms(JwsAlgorithm first, JwsAlgorithm... more) {
    return new DpopPolicy(
        Collections.unmodifiableSet(EnumSet.of(first, more)), maxAge, ahead, replayStore, nonces);
  }

  /**
   * The same, with proofs made at most this long ago.
   *
   * @throws InvalidVerifierException if it is less than a second or more than 10 minutes
   */
  public DpopPolicy maxAge(Duration longest) {
    if (longest.compareTo(SECOND) < 0 || longest.compareTo(LONGEST_AGE) > 0) {
      throw new InvalidVerifierException(
          "A DPoP proof is good for 1 second to 10 minutes, not " + longest + ".");
    }
    return new DpopPolicy(algorithms, longest, ahead, replayStore, nonces);
  }

  /**
   * The same, with proofs by clients whose clocks are at most this much ahead of ours.
   *
   * @throws InvalidVerifierException if it is negative or more than a minute
   */
  public DpopPolicy clocksAhead(Duration most) {
    if (most.isNegative() || most.compareTo(LONGEST_AHEAD) > 0) {
      throw new InvalidVerifierException(
          "A client's clock may be 0 to 60 seconds ahead, not " + most + ".");
    }
    return new DpopPolicy(algorithms, maxAge, most, replayStore, nonces);
  }

  /**
   * The same, with each proof good once as far as this store reaches: needed where several
   * processes, or several verifiers in one, answer for the same URI.
   */
  public DpopPolicy replayStore(ReplayStore store) {
    return new DpopPolicy(algorithms, maxAge, ahead, store, nonces);
  }

  /** The same, with proofs that carry one of these nonces only. */
  public DpopPolicy nonces(DpopNonces source) {
    return new DpopPolicy(algorithms, maxAge, ahead, replayStore, source);
  }

  /** The nonces a proof must carry; empty if it need not. */
  public Optional<DpopNonces> nonces() {
    return Optional.ofNullable(nonces);
  }

  Set<JwsAlgorithm> algorithms() {
    return algorithms;
  }

  Duration maxAge() {
    return maxAge;
  }

  Duration ahead() {
    return ahead;
  }

  Optional<ReplayStore> replayStore() {
    return Optional.ofNullable(replayStore);
  }

  /** The names for the {@code algs} of a challenge, in the order of the enum. */
  String algs() {
    return algs(algorithms);
  }

  /** With both names of Ed25519, as clients may know the older one only. */
  static String algs(Set<JwsAlgorithm> algorithms) {
    return Arrays.stream(JwsAlgorithm.values())
        .filter(algorithms::contains)
        .flatMap(
            alg ->
                alg == JwsAlgorithm.ED25519
                    ? Stream.of("EdDSA", alg.value())
                    : Stream.of(alg.value()))
        .collect(Collectors.joining(" "));
  }

  /** One line for a report of how a verifier is set up. */
  String describe() {
    return String.join(
        ", ",
        List.of(
            "DPoP proofs by " + algs(),
            "made at most " + maxAge.toMillis() + " ms ago",
            "clocks at most " + ahead.toMillis() + " ms ahead",
            replayStore == null ? "each once per verifier" : "each once per shared store",
            nonces == null ? "no nonce" : "nonce required"));
  }

  /** All of it but the store and the nonces themselves. */
  @Override
  public String toString() {
    return "DpopPolicy(" + describe() + ")";
  }
}
