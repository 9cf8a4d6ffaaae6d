package io.github.ownproof.auth.grant;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Keeps requests, grants and their uses. It decides nothing: it keeps what {@link SupportAccess}
 * decided, one version after the other, and never loses one. Thread-safe.
 *
 * <p>Whoever can write to a store can forge a grant: keep it where only the desk can.
 */
public interface GrantStore extends GrantLiveness, GrantUses {

  /**
   * A store of this process, in memory, with room for 10,000 requests and 100,000 uses. What ended
   * more than 30 days ago makes room; when there is none left, requests and reads are refused.
   * Attempts that were refused take half of the room for uses at most; more of them are in the
   * audit trail alone.
   */
  static GrantStore inMemory() {
    return inMemory(Clock.systemUTC());
  }

  /** The same, with this clock. */
  static GrantStore inMemory(Clock clock) {
    return new InMemoryGrantStore(clock);
  }

  /**
   * The request of this id, in its last version.
   *
   * @throws GrantStoreException if it cannot be read
   */
  Optional<AccessRequest> find(GrantId id);

  /**
   * Keeps a new request.
   *
   * @return false if there is one of this id, which then stays as it is
   * @throws GrantStoreException if it is not known whether it was kept
   */
  boolean create(AccessRequest request);

  /**
   * Puts the next version in the place of this one.
   *
   * @return false if the stored version is not {@code expected.version()}; it stays as it is
   * @throws GrantStoreException if it is not known whether it was replaced
   */
  boolean replace(AccessRequest expected, AccessRequest next);

  /**
   * All requests for this customer's data, the oldest first. Unmodifiable.
   *
   * @throws GrantStoreException if they cannot be read
   */
  List<AccessRequest> requests(CustomerId customer);

  /**
   * Whether the request's state is {@link AccessState.Granted}, by what is stored; at most a second
   * old, and never older than the last {@link #replace} through this object.
   */
  @Override
  boolean isLive(GrantId id);
}
