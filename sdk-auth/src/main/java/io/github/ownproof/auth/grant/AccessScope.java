package io.github.ownproof.auth.grant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How much: which resources, which permissions on them, for how long. Immutable, thread-safe,
 * compared by value.
 *
 * @param resources which resources
 * @param permissions which permissions, each on each of the resources, e.g. {@code orders:read}
 * @param duration for how long from the approval, in whole seconds
 */
public record AccessScope(Resources resources, Set<String> permissions, Duration duration) {

  /**
   * Checks the names and bounds.
   *
   * @throws InvalidSupportAccessException if there are none or more than 20 resources or
   *     permissions, a name has another form, or the duration is not positive whole seconds
   */
  public AccessScope {
    permissions = Permissions.sorted(permissions);
    if (resources.isEmpty() || resources.size() > Resources.MOST) {
      throw new InvalidSupportAccessException(
          "Support access is to 1 to "
              + Resources.MOST
              + " resources by name, not "
              + resources.size()
              + (resources.isEmpty() ? ": name at least one." : ": ask for fewer, or a tree."));
    }
    if (permissions.isEmpty() || permissions.size() > Permissions.MOST) {
      throw new InvalidSupportAccessException(
          "Support access has 1 to "
              + Permissions.MOST
              + " permissions, not "
              + permissions.size()
              + (permissions.isEmpty() ? ": name at least one." : ": ask for fewer."));
    }
    if (duration.compareTo(Duration.ofSeconds(1)) < 0
        || !duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
      throw new InvalidSupportAccessException(
          "Support access lasts whole seconds, at least one, not " + duration + ".");
    }
  }

  /** The same, for these resources. */
  public AccessScope withResources(Resources others) {
    return new AccessScope(others, permissions, duration);
  }

  /** The same, with these permissions. */
  public AccessScope withPermissions(String... others) {
    return new AccessScope(resources, new TreeSet<>(List.of(others)), duration);
  }

  /** The same, for this long. */
  public AccessScope withDuration(Duration other) {
    return new AccessScope(resources, permissions, other);
  }

  /** Whether this is no more than the other, in every respect. */
  public boolean isWithin(AccessScope other) {
    return resources.areWithin(other.resources)
        && other.permissions.containsAll(permissions)
        && duration.compareTo(other.duration) <= 0;
  }

  /** What of this is more than the other has, in words; empty if it is {@link #isWithin within}. */
  String beyond(AccessScope other) {
    List<String> more = new ArrayList<>();
    Resources foreign =
        new Resources(
            resources.exact().stream()
                .filter(name -> !other.resources.cover(name))
                .collect(Collectors.toSet()),
            resources.trees().stream()
                .filter(name -> !Resources.treesOf(name).areWithin(other.resources))
                .collect(Collectors.toSet()));
    if (!foreign.isEmpty()) {
      more.add(foreign.toText());
    }
    permissions.stream().filter(name -> !other.permissions.contains(name)).forEach(more::add);
    if (duration.compareTo(other.duration) > 0) {
      more.add(Spans.words(duration) + " instead of " + Spans.words(other.duration));
    }
    return String.join(", ", more);
  }

  /** Whether something would be left of both together. */
  boolean meets(AccessScope other) {
    return !resources.intersect(other.resources).isEmpty()
        && permissions.stream().anyMatch(other.permissions::contains);
  }

  /** What both allow; only of scopes that {@link #meets meet}. */
  AccessScope intersect(AccessScope other) {
    Set<String> both = new TreeSet<>(permissions);
    both.retainAll(other.permissions);
    return new AccessScope(
        resources.intersect(other.resources),
        both,
        duration.compareTo(other.duration) <= 0 ? duration : other.duration);
  }
}
