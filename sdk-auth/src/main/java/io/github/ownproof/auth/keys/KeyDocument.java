package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.keys.FetchFailure.Why;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns one attempt into keys that may replace those that are held, or says why not. */
final class KeyDocument {

  private final Discovery discovery;
  private final KeyFetch fetch;
  private final Duration deadline;
  private final Duration staleFor;
  private final CacheLifetime lifetime;

  KeyDocument(Discovery discovery, KeyFetch fetch, RemoteKeySettings settings) {
    this.discovery = discovery;
    this.fetch = fetch;
    this.deadline = settings.fetchDeadline();
    this.staleFor = settings.staleFor();
    this.lifetime = new CacheLifetime(settings.shortestTimeToLive(), settings.longestTimeToLive());
  }

  KnownKeys fetch(Attempt attempt, @Nullable KnownKeys held) throws FetchFailure {
    URI jwks = discovery.jwks(fetch, attempt, deadline);
    try {
      return fetch(jwks, attempt, held);
    } catch (FetchFailure e) {
      discovery.doubt();
      throw e;
    }
  }

  private KnownKeys fetch(URI jwks, Attempt attempt, @Nullable KnownKeys held) throws FetchFailure {
    Optional<String> etag = held == null ? Optional.empty() : held.etag(jwks);
    KeyFetch.Document answer = fetch.get(jwks, etag, attempt, deadline);
    if (answer.body().isPresent()) {
      return read(answer.body().get(), answer, jwks, attempt, held);
    }
    if (held == null) {
      throw FetchFailure.ofStatus(304);
    }
    boolean says = answer.headers().firstValue("Cache-Control").isPresent();
    return new KnownKeys(
        held.keys(),
        jwks,
        attempt.number(),
        etag,
        held.digest(),
        attempt.startedAt(),
        says ? lifetime.of(answer.headers()) : held.timeToLive(),
        staleFor);
  }

  private KnownKeys read(
      byte[] body, KeyFetch.Document answer, URI jwks, Attempt attempt, @Nullable KnownKeys held)
      throws FetchFailure {
    String digest = sha256(body);
    KeySet keys;
    if (held != null && held.digest().equals(digest)) {
      keys = held.keys();
    } else {
      try {
        keys = KeySet.read(body);
      } catch (MalformedInput e) {
        throw new FetchFailure(Why.MALFORMED);
      }
      if (keys.usable() == 0) {
        throw new FetchFailure(Why.NO_USABLE_KEYS);
      }
      if (held != null) {
        keys = keys.carryOver(held.keys());
      }
    }
    return new KnownKeys(
        keys,
        jwks,
        attempt.number(),
        answer.etag(),
        digest,
        attempt.startedAt(),
        lifetime.of(answer.headers()),
        staleFor);
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
