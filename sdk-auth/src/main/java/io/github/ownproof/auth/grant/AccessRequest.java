package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request for support access with all that became of it: what is stored, and what the customer
 * and the engineer are shown. A plain value: it proves nothing and opens nothing. Immutable,
 * thread-safe, compared by value.
 *
 * @param id its id, and that of the grant it becomes
 * @param version 1 when stored first, one more with each change
 * @param engineer who asked, and who alone can use it
 * @param customer whose data
 * @param ticket the support case
 * @param justification why, in the engineer's words: show it escaped; may be empty
 * @param services where it can be used
 * @param residency where the data is
 * @param asked how much was asked for
 * @param requestedAt when
 * @param state where it is in its life
 */
public record AccessRequest(
    GrantId id,
    long version,
    Actor.Identified engineer,
    CustomerId customer,
    String ticket,
    String justification,
    Set<String> services,
    String residency,
    AccessScope asked,
    Instant requestedAt,
    AccessState state) {

  /** Keeps a sorted copy of the services. */
  public AccessRequest {
    services = Collections.unmodifiableSet(new TreeSet<>(services));
  }

  /** The same, one version later, in another state. */
  AccessRequest next(AccessState other) {
    return new AccessRequest(
        id,
        version + 1,
        engineer,
        customer,
        ticket,
        justification,
        services,
        residency,
        asked,
        requestedAt,
        other);
  }

  /** The id and version alone: who asked, and why, is not for logs. */
  @Override
  public String toString() {
    return "AccessRequest(" + id + ", version " + version + ")";
  }
}
