package io.github.ownproof.auth.internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads JSON (RFC 8259) in one pass over its bytes, and refuses whatever two readers might read
 * differently.
 */
public final class StrictJson {

  /** Up to here comparing all pairs is faster than hashing, and no input can make it slow. */
  private static final int FEW_MEMBERS = 16;

  private final JsonScanner json;
  private final JsonLimits limits;
  private final boolean duplicatesReadAsNull;

  /** The members and elements of the objects and arrays that are not yet closed. */
  private Object[] open = new Object[32];

  private int opened;

  private StrictJson(byte[] utf8, JsonLimits limits, boolean duplicatesReadAsNull) {
    this.json = new JsonScanner(utf8);
    this.limits = limits;
    this.duplicatesReadAsNull = duplicatesReadAsNull;
  }

  /**
   * Reads one object: strict UTF-8 without a byte order mark, no duplicate names at any depth,
   * nothing after it but white space, no lone surrogate, nothing beyond the limits.
   *
   * <p>A number has at most 64 characters and an exponent from -999 to 999.
   */
  public static JsonObject object(byte[] utf8, JsonLimits limits) throws MalformedInput {
    return new StrictJson(utf8, limits, false).document();
  }

  /**
   * The same, but an object with duplicate names anywhere <em>below</em> the top level reads as
   * {@link JsonObject.Null#NULL}, so that one bad element of a list does not spoil the others. Only
   * for documents whose source is trusted to be read at all: key sets and discovery.
   */
  public static JsonObject document(byte[] utf8, JsonLimits limits) throws MalformedInput {
    return new StrictJson(utf8, limits, true).document();
  }

  private JsonObject document() throws MalformedInput {
    // Duplicate names on the top level read as null too, which is no object.
    if (json.peek() != '{'
        || !(object(1) instanceof JsonObject whole)
        || json.peek() != JsonScanner.END) {
      throw MalformedInput.malformed();
    }
    return whole;
  }

  private Object value(int depth) throws MalformedInput {
    return switch (json.peek()) {
      case '"' -> json.string();
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case 't' -> json.literal("true", true);
      case 'f' -> json.literal("false", false);
      case 'n' -> json.literal("null", JsonObject.Null.NULL);
      default -> json.number();
    };
  }

  private Object object(int depth) throws MalformedInput {
    open(depth);
    int base = opened;
    int next = json.peek();
    if (next == '}') {
      json.skip();
      return JsonObject.EMPTY;
    }
    int count = 0;
    while (true) {
      if (next != '"' || ++count > limits.members()) {
        throw MalformedInput.malformed();
      }
      push(json.string());
      json.take(':');
      push(value(depth));
      if (closes('}')) {
        break;
      }
      next = json.peek();
    }
    if (hasDuplicates(base, count)) {
      if (!duplicatesReadAsNull) {
        throw MalformedInput.malformed();
      }
      opened = base;
      return JsonObject.Null.NULL;
    }
    return new JsonObject(pop(base));
  }

  private List<Object> array(int depth) throws MalformedInput {
    open(depth);
    int base = opened;
    if (json.peek() == ']') {
      json.skip();
      return List.of();
    }
    int count = 0;
    do {
      if (++count > limits.elements()) {
        throw MalformedInput.malformed();
      }
      push(value(depth));
    } while (!closes(']'));
    return List.of(pop(base));
  }

  private void open(int depth) throws MalformedInput {
    if (depth > limits.depth()) {
      throw MalformedInput.malformed();
    }
    json.skip();
  }

  /** Takes the closing bracket, or else the comma there must be. */
  private boolean closes(char bracket) throws MalformedInput {
    if (json.peek() == bracket) {
      json.skip();
      return true;
    }
    json.take(',');
    return false;
  }

  private void push(Object value) {
    if (opened == open.length) {
      open = Arrays.copyOf(open, 2 * opened);
    }
    open[opened++] = value;
  }

  private Object[] pop(int base) {
    Object[] popped = Arrays.copyOfRange(open, base, opened);
    opened = base;
    return popped;
  }

  private boolean hasDuplicates(int base, int count) {
    if (count <= FEW_MEMBERS) {
      for (int i = base + 2; i < opened; i += 2) {
        for (int j = base; j < i; j += 2) {
          if (open[i].equals(open[j])) {
            return true;
          }
        }
      }
      return false;
    }
    // Stays fast with names chosen to have one hash code: the JDK turns such a bucket into a tree.
    Set<Object> seen = new HashSet<>(2 * count);
    for (int i = base; i < opened; i += 2) {
      if (!seen.add(open[i])) {
        return true;
      }
    }
    return false;
  }
}
