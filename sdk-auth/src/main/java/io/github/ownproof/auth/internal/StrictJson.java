package io.github.ownproof.auth.internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private @Nullable Object[] open = new Object[48];

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
    int others = 0;
    long known = 0;
    boolean twice = false;
    while (true) {
      if (next != '"' || ++count > limits.members()) {
        throw MalformedInput.malformed();
      }
      WellKnownName wellKnown = null;
      Object name = json.name();
      if (name instanceof WellKnownName one) {
        wellKnown = one;
        name = one.text();
        twice |= (known & one.bit()) != 0;
        known |= one.bit();
      } else {
        others++;
      }
      push(name);
      json.take(':');
      push(value(depth));
      push(wellKnown);
      if (closes('}')) {
        break;
      }
      next = json.peek();
    }
    if (twice || (others > 1 && othersHaveDuplicates(base, others))) {
      if (!duplicatesReadAsNull) {
        throw MalformedInput.malformed();
      }
      opened = base;
      return JsonObject.Null.NULL;
    }
    return new JsonObject(pop(base), known);
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
    return List.of(elements(base));
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

  private void push(@Nullable Object value) {
    if (opened == open.length) {
      open = Arrays.copyOf(open, 2 * opened);
    }
    open[opened++] = value;
  }

  @SuppressWarnings("NullAway") // no element is null: only what is no well-known name is
  private Object[] elements(int base) {
    return pop(base);
  }

  private @Nullable Object[] pop(int base) {
    Object[] popped = Arrays.copyOfRange(open, base, opened);
    opened = base;
    return popped;
  }

  /** Of the names that are not well known: none of them is spelled like one that is. */
  private boolean othersHaveDuplicates(int base, int others) {
    if (others <= FEW_MEMBERS) {
      for (int i = base + JsonObject.SLOTS; i < opened; i += JsonObject.SLOTS) {
        if (open[i + 2] == null && isAmongOthers(open[i], base, i)) {
          return true;
        }
      }
      return false;
    }
    // Stays fast with names chosen to have one hash code: the JDK turns such a bucket into a tree.
    Set<@Nullable Object> seen = new HashSet<>(2 * others);
    for (int i = base; i < opened; i += JsonObject.SLOTS) {
      if (open[i + 2] == null && !seen.add(open[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean isAmongOthers(@Nullable Object name, int from, int to) {
    for (int i = from; i < to; i += JsonObject.SLOTS) {
      if (open[i + 2] == null && Objects.equals(open[i], name)) {
        return true;
      }
    }
    return false;
  }
}
