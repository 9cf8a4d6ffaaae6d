package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.GrantId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the desk remembers of somebody who is signed in. The tokens stay here: no page, address or
 * log ever holds one. Thread-safe.
 */
final class Session {

  private static final int MOST_GRANTS = 100;

  private final String accessToken;
  private final String formToken = Secrets.next();
  private final Map<GrantId, String> grants = new ConcurrentHashMap<>();

  Session(String accessToken) {
    this.accessToken = accessToken;
  }

  /** The person's own access token; verified anew for every request. */
  String accessToken() {
    return accessToken;
  }

  /** What every form of this session carries, so that no other site can send one. */
  String formToken() {
    return formToken;
  }

  /** The grant's token, if it was issued to this session. */
  Optional<String> grant(GrantId id) {
    return Optional.ofNullable(grants.get(id));
  }

  void keep(GrantId id, String grant) {
    if (grants.size() >= MOST_GRANTS) {
      grants.clear();
    }
    grants.put(id, grant);
  }

  /** Nothing of what it holds. */
  @Override
  public String toString() {
    return "Session";
  }
}
