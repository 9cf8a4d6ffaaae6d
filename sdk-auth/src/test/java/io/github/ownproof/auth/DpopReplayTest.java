package io.github.ownproof.auth;

import static io.github.ownproof.auth.ProofForge.HOLDER;
import static io.github.ownproof.auth.ProofForge.METHOD;
import static io.github.ownproof.auth.ProofForge.THIEF;
import static io.github.ownproof.auth.ProofForge.URL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** RFC 9449 section 11.1, each proof once, and section 9, nonces. */
class DpopReplayTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final long SECOND = NOW.getEpochSecond();

  private final MutableClock clock = MutableClock.at(NOW);
  private final ProofForge proofs = new ProofForge(DpopPolicy.defaults(), clock);

  @Test
  void check_secondTime_isReplay() {
    ForgedToken proof = proofs.valid();
    assertThat(proofs.check(proof)).isEmpty();
    assertThat(proofs.check(proof)).contains(Reason.DPOP_REPLAY);
    assertThat(proofs.check(proof.claim("iat", SECOND + 1))).contains(Reason.DPOP_REPLAY);
    assertThat(proofs.check(proof.claim("jti", "another"))).isEmpty();
  }

  @Test
  void check_64ThreadsWithOneProof_oneIsAccepted() throws Exception {
    List<String> proof = List.of(proofs.valid().compact());
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Optional<Reason>>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  return proofs.check(proof);
                }));
      }
      start.countDown();
      Map<Optional<Reason>, Integer> outcomes = new HashMap<>();
      for (Future<Optional<Reason>> each : all) {
        outcomes.merge(each.get(), 1, Integer::sum);
      }
      assertThat(outcomes)
          .containsOnly(
              Map.entry(Optional.empty(), 1), Map.entry(Optional.of(Reason.DPOP_REPLAY), 63));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void check_sameIdByAnotherKey_isNoReplay() {
    ForgedToken proof = proofs.valid().claim("jti", "1");
    assertThat(proofs.check(proof)).isEmpty();
    List<String> others = List.of(proofs.by(THIEF, METHOD, URL).claim("jti", "1").compact());
    assertThat(proofs.check(others, THIEF, METHOD, URL)).isEmpty();
    assertThat(proofs.check(others, THIEF, METHOD, URL)).contains(Reason.DPOP_REPLAY);
  }

  @Test
  void check_replayedAtAnyTime_isNeverAccepted() {
    // Made as far ahead as is allowed, so that it is good for as long as can be.
    ForgedToken proof = proofs.valid().claim("iat", SECOND + 5);
    assertThat(proofs.check(proof)).isEmpty();
    for (int second = 0; second <= 80; second++) {
      assertThat(proofs.check(proof)).as("after %s s", second).isPresent();
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void check_storeThatFails_isUnavailable() {
    DpopPolicy policy =
        DpopPolicy.defaults()
            .replayStore(
                (key, until) -> {
                  throw new IllegalStateException("down");
                });
    ProofForge forge = new ProofForge(policy, clock);
    assertThat(forge.check(forge.valid())).contains(Reason.REPLAY_UNAVAILABLE);
  }

  @Test
  void check_storeThatIsFull_isUnavailable() {
    ReplayStore store = ReplayStore.inMemory(clock, 2);
    ProofForge forge = new ProofForge(DpopPolicy.defaults().replayStore(store), clock);
    ForgedToken first = forge.valid();
    assertThat(forge.check(first)).isEmpty();
    assertThat(forge.check(forge.valid())).isEmpty();
    assertThat(forge.check(forge.valid())).contains(Reason.REPLAY_UNAVAILABLE);
    assertThat(forge.check(first)).contains(Reason.DPOP_REPLAY);
    clock.advance(Duration.ofSeconds(66));
    assertThat(forge.check(forge.valid())).isEmpty();
  }

  @Test
  void replayStore_sharedByTwoVerifiers_acceptsOnce() {
    DpopPolicy policy = DpopPolicy.defaults().replayStore(ReplayStore.inMemory(clock));
    ProofForge one = new ProofForge(policy, clock);
    ProofForge other = new ProofForge(policy, clock);
    ForgedToken proof = one.valid();
    assertThat(one.check(proof)).isEmpty();
    assertThat(other.check(proof)).contains(Reason.DPOP_REPLAY);
  }

  @Test
  void replayStore_key_tellsNothingOfTheProof() {
    List<String> keys = new ArrayList<>();
    List<Instant> untils = new ArrayList<>();
    DpopPolicy policy =
        DpopPolicy.defaults()
            .replayStore(
                (key, until) -> {
                  untils.add(until);
                  return keys.add(key);
                });
    ProofForge forge = new ProofForge(policy, clock);
    assertThat(forge.check(forge.valid().claim("jti", "the-canary"))).isEmpty();
    assertThat(keys).singleElement().asString().matches("[A-Za-z0-9_-]{43}");
    assertThat(keys.get(0)).doesNotContain("canary").isNotEqualTo(ProofForge.thumbprint(HOLDER));
    // Good until 60 s after iat, and by a clock 5 s behind for as much longer.
    assertThat(untils).containsExactly(NOW.plusSeconds(65));
  }

  // Section 9: nonces.

  private static final DpopNonces NONCES =
      new DpopNonces() {
        @Override
        public String current() {
          return "nonce-2";
        }

        @Override
        public boolean accepts(String nonce) {
          return Stream.of("nonce-1", "nonce-2").anyMatch(nonce::equals);
        }
      };

  @Test
  void nonces_required_oneOfThemIsNeeded() {
    ProofForge forge = new ProofForge(DpopPolicy.defaults().nonces(NONCES), clock);
    assertThat(forge.check(forge.valid().claim("nonce", "nonce-1"))).isEmpty();
    assertThat(forge.check(forge.valid().claim("nonce", "nonce-2"))).isEmpty();
    assertThat(forge.check(forge.valid())).contains(Reason.DPOP_NONCE);
    assertThat(forge.check(forge.valid().claim("nonce", "nonce-0"))).contains(Reason.DPOP_NONCE);
    assertThat(forge.check(forge.valid().claim("nonce", ""))).contains(Reason.DPOP_NONCE);
    assertThat(forge.check(forge.valid().claim("nonce", null))).contains(Reason.DPOP_NONCE);
    assertThat(forge.check(forge.valid().claim("nonce", 1))).contains(Reason.DPOP_NONCE);
  }

  @Test
  void nonces_missing_usesUpNothing() {
    ProofForge forge = new ProofForge(DpopPolicy.defaults().nonces(NONCES), clock);
    ForgedToken proof = forge.valid();
    assertThat(forge.check(proof)).contains(Reason.DPOP_NONCE);
    assertThat(forge.check(proof.claim("nonce", "nonce-2"))).isEmpty();
  }

  @Test
  void nonces_tooLong_areNotAskedFor() {
    List<String> asked = new ArrayList<>();
    DpopNonces all = nonces(nonce -> asked.add(nonce));
    ProofForge forge = new ProofForge(DpopPolicy.defaults().nonces(all), clock);
    assertThat(forge.check(forge.valid().claim("nonce", "n".repeat(257))))
        .contains(Reason.DPOP_NONCE);
    assertThat(asked).isEmpty();
    assertThat(forge.check(forge.valid().claim("nonce", "n".repeat(256)))).isEmpty();
  }

  @Test
  void nonces_thatFail_areUnavailable() {
    DpopNonces broken =
        nonces(
            nonce -> {
              throw new IllegalStateException("down");
            });
    ProofForge forge = new ProofForge(DpopPolicy.defaults().nonces(broken), clock);
    assertThat(forge.check(forge.valid().claim("nonce", "n"))).contains(Reason.REPLAY_UNAVAILABLE);
  }

  private static DpopNonces nonces(Predicate<String> accepts) {
    return new DpopNonces() {
      @Override
      public String current() {
        return "n";
      }

      @Override
      public boolean accepts(String nonce) {
        return accepts.test(nonce);
      }
    };
  }
}
