package io.github.ownproof.auth.internal;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it was written: names in order, none twice.
 *
 * <p>A value is a {@link String}, a {@link Long} (an integer of at most 18 digits), a {@link
 * java.math.BigDecimal} (every other number), a {@link Boolean}, {@link Null#NULL}, a {@code
 * JsonObject}, or an unmodifiable {@link List} of these. Immutable and thread-safe.
 */
public final class JsonObject {

  /** JSON's null, which is a value and not the absence of one. */
  public enum Null {
    NULL
  }

  /** Name, value, {@link WellKnownName}. */
  static final int SLOTS = 3;

  static final JsonObject EMPTY = new JsonObject(new Object[0], 0);

  /** Small objects are searched faster than they are indexed. */
  private final @Nullable Object[] members;

  /** The bits of all well-known names that it has: most look-ups are for what is not there. */
  private final long known;

  /**
   * Keeps the array.
   *
   * @param members name, value, {@link WellKnownName#of} the name, name and so on; no name twice
   * @param known the bits of all well-known names among them
   */
  JsonObject(@Nullable Object[] members, long known) {
    this.members = members;
    this.known = known;
  }

  /** The value of this member; Java's null if there is no such member. */
  public @Nullable Object get(String name) {
    for (int i = 0; i < members.length; i += SLOTS) {
      if (name.equals(members[i])) {
        return members[i + 1];
      }
    }
    return null;
  }

  /** The value of this member; Java's null if there is no such member. */
  public @Nullable Object get(WellKnownName name) {
    if ((known & name.bit()) == 0) {
      return null;
    }
    int i = 2;
    while (members[i] != name) {
      i += SLOTS;
    }
    return members[i - 1];
  }

  /** Whether there is such a member, be it null. */
  public boolean has(String name) {
    return get(name) != null;
  }

  /** Whether there is such a member, be it null. */
  public boolean has(WellKnownName name) {
    return (known & name.bit()) != 0;
  }

  /** Whether there is any of these members, be it null. */
  public boolean hasAny(NameSet names) {
    return (known & names.bits) != 0;
  }

  /** The names of the members, as written. */
  public List<String> names() {
    String[] names = new String[size()];
    Arrays.setAll(names, this::name);
    return List.of(names);
  }

  /** The name of the member at this place, from 0, as written. */
  @SuppressWarnings("NullAway") // every third is a name
  public String name(int index) {
    return (String) members[SLOTS * index];
  }

  /** The value of the member at this place, from 0. */
  @SuppressWarnings("NullAway") // JSON's null is one of ours
  public Object value(int index) {
    return members[SLOTS * index + 1];
  }

  /** The name of the member at this place, from 0, if it is a well-known one. */
  public @Nullable WellKnownName wellKnownName(int index) {
    return (WellKnownName) members[SLOTS * index + 2];
  }

  /** The number of members. */
  public int size() {
    return members.length / SLOTS;
  }

  /** Shows nothing of the content. */
  @Override
  public String toString() {
    return "JsonObject(" + size() + " members)";
  }
}
