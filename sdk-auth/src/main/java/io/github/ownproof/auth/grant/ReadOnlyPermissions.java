package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which permissions are reads, and which reads go with the others: an explicit map, from which
 * everything else follows. A permission it does not know grants nothing. Immutable and thread-safe.
 */
public final class ReadOnlyPermissions {

  private static final String RESERVED = "support:";

  private final Map<String, Set<String>> reads;

  private ReadOnlyPermissions(Map<String, Set<String>> reads) {
    this.reads = reads;
  }

  /** A map to fill. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether this permission is itself a read, and so can be granted to support. */
  public boolean isRead(String permission) {
    return reads.getOrDefault(permission, Set.of()).contains(permission);
  }

  /** The reads that whoever has this permission may do; empty for one that is not known. */
  public Set<String> readsOf(String permission) {
    return reads.getOrDefault(permission, Set.of());
  }

  /** The record with nothing but its reads: what support could be granted of it. */
  public AccessRecord readOnly(AccessRecord record) {
    List<AccessRecord.Statement> statements = new ArrayList<>();
    for (AccessRecord.Statement statement : record.statements()) {
      Set<String> allowed = new TreeSet<>();
      for (String permission : statement.permissions()) {
        allowed.addAll(readsOf(permission));
      }
      if (!allowed.isEmpty()) {
        statements.add(new AccessRecord.Statement(allowed, statement.resources()));
      }
    }
    return new AccessRecord(statements);
  }

  /**
   * Whether the record allows this read on this resource, itself or by a permission it goes with.
   */
  boolean allowsRead(AccessRecord record, String read, String resource) {
    if (!isRead(read)) {
      return false;
    }
    for (AccessRecord.Statement statement : record.statements()) {
      if (goesWith(statement.permissions(), read) && statement.resources().cover(resource)) {
        return true;
      }
    }
    return false;
  }

  private boolean goesWith(Set<String> permissions, String read) {
    for (String permission : permissions) {
      if (readsOf(permission).contains(read)) {
        return true;
      }
    }
    return false;
  }

  /** The number of permissions alone. */
  @Override
  public String toString() {
    return "ReadOnlyPermissions(" + reads.size() + ")";
  }

  /** Fills the map. Not thread-safe. */
  public static final class Builder {

    private final Set<String> reads = new TreeSet<>();
    private final Map<String, Set<String>> equivalents = new TreeMap<>();

    private Builder() {}

    /**
     * These permissions are reads.
     *
     * @throws InvalidSupportAccessException if one has not the form of a permission, or begins with
     *     {@code support:}, which would be a grant on grants
     */
    public Builder reads(String... permissions) {
      for (String permission : permissions) {
        reads.add(checked(permission));
      }
      return this;
    }

    /**
     * Whoever has this permission, which is none that may be granted, may do these reads.
     *
     * @throws InvalidSupportAccessException if there is no read, or a name has not the form of a
     *     permission, or begins with {@code support:}
     */
    public Builder readEquivalents(String permission, String... equivalent) {
      if (equivalent.length == 0) {
        throw new InvalidSupportAccessException(
            "The permission "
                + OwnproofException.quote(permission)
                + " is listed without a read that goes with it: name at least one, or leave it"
                + " out.");
      }
      Set<String> all = equivalents.computeIfAbsent(checked(permission), name -> new TreeSet<>());
      for (String read : equivalent) {
        all.add(checked(read));
      }
      return this;
    }

    /**
     * The map.
     *
     * @throws InvalidSupportAccessException if an equivalent is not a read itself, or a read has
     *     equivalents
     */
    public ReadOnlyPermissions build() {
      Map<String, Set<String>> all = new HashMap<>();
      equivalents.forEach(
          (permission, wanted) -> {
            if (reads.contains(permission)) {
              throw new InvalidSupportAccessException(
                  "The permission "
                      + OwnproofException.quote(permission)
                      + " is listed both as a read and as one with read equivalents: it is one or"
                      + " the other.");
            }
            for (String read : wanted) {
              if (!reads.contains(read)) {
                throw new InvalidSupportAccessException(
                    "The read equivalent "
                        + OwnproofException.quote(read)
                        + " of "
                        + OwnproofException.quote(permission)
                        + " is not listed as a read: add it to reads(...) if it is one.");
              }
            }
            all.put(permission, Collections.unmodifiableSet(new TreeSet<>(wanted)));
          });
      reads.forEach(read -> all.put(read, Set.of(read)));
      return new ReadOnlyPermissions(Map.copyOf(all));
    }

    private static String checked(String permission) {
      if (permission.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
        throw new InvalidSupportAccessException(
            "The permission "
                + OwnproofException.quote(permission)
                + " begins with support:, which is for support access itself: nobody is granted"
                + " access to grants.");
      }
      return Permissions.check(permission);
    }
  }
}
