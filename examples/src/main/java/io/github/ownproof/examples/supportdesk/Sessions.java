package io.github.ownproof.examples.supportdesk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is signed in, and who is about to. An id is made here, at random, when somebody has signed
 * in; one that a browser brings along by itself is never taken up. Thread-safe.
 */
final class Sessions {

  private final Cache<String, Session> open =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofMinutes(30)).build();
  private final Cache<String, SignIn.Attempt> attempts =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  /** Remembers an attempt to sign in, under the id this returns. */
  String begin(SignIn.Attempt attempt) {
    String id = Secrets.next();
    attempts.put(id, attempt);
    return id;
  }

  /** The attempt of this id, which is used up by asking. */
  Optional<SignIn.Attempt> finish(String id) {
    return Optional.ofNullable(attempts.asMap().remove(id));
  }

  /** Opens a session, under the id this returns. */
  String open(Session session) {
    String id = Secrets.next();
    open.put(id, session);
    return id;
  }

  Optional<Session> find(String id) {
    return Optional.ofNullable(open.getIfPresent(id));
  }

  void close(String id) {
    open.invalidate(id);
  }
}
