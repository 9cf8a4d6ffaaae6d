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

  static final JsonObject EMPTY = new JsonObject(new Object[0]);

  /** Name, value, name, value: small objects are searched faster than they are indexed. */
  private final Object[] members;

  /**
   * Keeps the array.
   *
   * @param members name, value, name, value and so on; no name twice
   */
  JsonObject(Object[] members) {
    this.members = members;
  }

  /** The value of this member; Java's null if there is no such member. */
  public @Nullable Object get(String name) {
    for (int i = 0; i < members.length; i += 2) {
      if (name.equals(members[i])) {
        return members[i + 1];
      }
    }
    return null;
  }

  /** Whether there is such a member, be it null. */
  public boolean has(String name) {
    return get(name) != null;
  }

  /** The names of the members, as written. */
  public List<String> names() {
    String[] names = new String[size()];
    Arrays.setAll(names, i -> (String) members[2 * i]);
    return List.of(names);
  }

  /** The name of the member at this place, from 0, as written. */
  public String name(int index) {
    return (String) members[2 * index];
  }

  /** The value of the member at this place, from 0. */
  public Object value(int index) {
    return members[2 * index + 1];
  }

  /** The number of members. */
  public int size() {
    return members.length / 2;
  }

  /** Shows nothing of the content. */
  @Override
  public String toString() {
    return "JsonObject(" + size() + " members)";
  }
}
