package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Which resources: each by its exact name, and whole trees only where somebody said so. There are
 * no wildcards. Immutable, thread-safe, compared by value.
 *
 * <p>A name is 1 to 256 visible ASCII characters in segments parted by {@code /}, such as {@code
 * orders/123}. It has no empty segment, none that is {@code .} or {@code ..} (also with a {@code ;}
 * and more after it), and none of the characters {@code * ? # % \ " < > } and the like that one
 * reader takes for something else than the next: encode such ids before they become a resource.
 *
 * @param exact resources that are meant alone, without what is below them
 * @param trees resources that are meant with everything below them: {@code orders/123} and {@code
 *     orders/123/items/1}, never {@code orders/1234}
 */
public record Resources(Set<String> exact, Set<String> trees) {

  /** The most names in one request or grant: its token has to fit into a header. */
  static final int MOST = 20;

  private static final int LONGEST = 256;
  private static final String PUNCTUATION = "._-:@~$!&'()+,;=";

  /**
   * Checks every name, and keeps sorted copies.
   *
   * @throws InvalidSupportAccessException if a name has another form
   */
  public Resources {
    exact = sorted(exact);
    trees = sorted(trees);
  }

  /** These alone; one that is named twice counts once. */
  public static Resources exactly(String... names) {
    return new Resources(new TreeSet<>(List.of(names)), Set.of());
  }

  /** These, and all that is below them; one that is named twice counts once. */
  public static Resources treesOf(String... names) {
    return new Resources(Set.of(), new TreeSet<>(List.of(names)));
  }

  /** None. */
  public static Resources none() {
    return new Resources(Set.of(), Set.of());
  }

  /** Those of either. */
  public Resources and(Resources others) {
    return new Resources(union(exact, others.exact), union(trees, others.trees));
  }

  /** Whether this resource is one of them; false for a name that cannot be one. */
  public boolean cover(String resource) {
    if (!isName(resource)) {
      return false;
    }
    return exact.contains(resource) || isInTree(resource);
  }

  /** Whether these are no more than the others: all that these cover, the others cover too. */
  public boolean areWithin(Resources others) {
    return exact.stream().allMatch(others::cover) && trees.stream().allMatch(others::isInTree);
  }

  /** Those that both cover. */
  public Resources intersect(Resources others) {
    Set<String> both = new TreeSet<>();
    exact.stream().filter(others::cover).forEach(both::add);
    others.exact.stream().filter(this::cover).forEach(both::add);
    Set<String> bothTrees = new TreeSet<>();
    trees.stream().filter(others::isInTree).forEach(bothTrees::add);
    others.trees.stream().filter(this::isInTree).forEach(bothTrees::add);
    return new Resources(both, bothTrees);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return exact.isEmpty() && trees.isEmpty();
  }

  int size() {
    return exact.size() + trees.size();
  }

  /** The names parted by spaces, those of trees with {@code /...} after them. */
  String toText() {
    StringJoiner text = new StringJoiner(" ");
    for (String name : exact) {
      text.add(name);
    }
    for (String tree : trees) {
      text.add(tree + "/...");
    }
    return text.toString();
  }

  private boolean isInTree(String name) {
    for (String tree : trees) {
      if (name.startsWith(tree)
          && (name.length() == tree.length() || name.charAt(tree.length()) == '/')) {
        return true;
      }
    }
    return false;
  }

  static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return false;
    }
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || name.charAt(i) == '/') {
        if (i == start || isDots(name, start, i)) {
          return false;
        }
        start = i + 1;
      } else if (!isPlain(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the segment is {@code .} or {@code ..}, or is that or nothing for a server that takes
   * off what follows a {@code ;} (RFC 3986 section 3.3) before it follows the dots.
   */
  private static boolean isDots(String name, int start, int end) {
    int semicolon = name.indexOf(';', start);
    int bareEnd = semicolon < 0 ? end : Math.min(semicolon, end);
    for (int i = start; i < bareEnd; i++) {
      if (name.charAt(i) != '.') {
        return false;
      }
    }
    return bareEnd - start <= 2;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || PUNCTUATION.indexOf(c) >= 0;
  }

  private static Set<String> sorted(Set<String> names) {
    for (String name : names) {
      if (!isName(name)) {
        throw new InvalidSupportAccessException(
            "A resource is named by segments of ASCII letters, digits and . _ : @ ~ $ ! & ' ( ) + ,"
                + " ; = - parted by /, at most 256 characters, without wildcards and without the"
                + " segments . and .. ; not "
                + OwnproofException.quote(name)
                + ". Name each resource; for all below one, ask for it with its descendants.");
      }
    }
    return Collections.unmodifiableSet(new TreeSet<>(names));
  }

  private static Set<String> union(Collection<String> some, Collection<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }
}
