package io.github.ownproof.auth;

import static java.util.Objects.requireNonNull;

import io.github.ownproof.auth.internal.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a verified token, or an object inside them, as the issuer wrote them.
 *
 * <p>Use them to authorize and to show; the user is {@link VerifiedToken#identity()}, which no
 * claim replaces. A claim of another JSON type than asked for reads as absent, never as converted.
 * Immutable and thread-safe.
 */
public final class Claims {

  private final JsonObject json;

  Claims(JsonObject json) {
    this.json = json;
  }

  /** Whether there is a claim of this name, be it null. */
  public boolean has(String name) {
    return json.has(name);
  }

  /** The names of all claims. */
  public List<String> names() {
    return json.names();
  }

  /** The claim, if it is a string. */
  public Optional<String> string(String name) {
    return json.get(name) instanceof String value ? Optional.of(value) : Optional.empty();
  }

  /**
   * The strings of the claim: of an array, if all its elements are strings, or the one it is.
   *
   * @return unmodifiable; empty if absent or of another type
   */
  public List<String> strings(String name) {
    return strings(json.get(name));
  }

  /** The claim, if it is a boolean. */
  public Optional<Boolean> bool(String name) {
    return json.get(name) instanceof Boolean value ? Optional.of(value) : Optional.empty();
  }

  /** The claim, if it is a number, with all its digits. */
  public Optional<BigDecimal> number(String name) {
    Object value = json.get(name);
    return value instanceof Long whole
        ? Optional.of(BigDecimal.valueOf(whole))
        : value instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
  }

  /** The claim, if it is an object. */
  public Optional<Claims> object(String name) {
    return json.get(name) instanceof JsonObject value
        ? Optional.of(new Claims(value))
        : Optional.empty();
  }

  JsonObject json() {
    return json;
  }

  @SuppressWarnings("unchecked") // each element was looked at, and nobody can change the list
  static List<String> strings(@Nullable Object value) {
    if (value instanceof String one) {
      return List.of(one);
    }
    return isStrings(value) ? (List<String>) requireNonNull(value) : List.of();
  }

  /** Whether it is an array of nothing but strings. */
  static boolean isStrings(@Nullable Object value) {
    if (!(value instanceof List<?> many)) {
      return false;
    }
    for (int i = 0; i < many.size(); i++) {
      if (!(many.get(i) instanceof String)) {
        return false;
      }
    }
    return true;
  }

  /** The number of claims alone. */
  @Override
  public String toString() {
    return "Claims(" + json.size() + ")";
  }
}
