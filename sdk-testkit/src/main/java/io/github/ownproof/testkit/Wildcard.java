package io.github.ownproof.testkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The patterns of policies: {@code *} is any text, {@code ?} is one character, and <code>${*}
 * </code>, <code>${?}</code> and <code>${$}</code> are the character in them.
 */
final class Wildcard {

  private static final Pattern ESCAPED = Pattern.compile("\\$\\{([*?$])}");

  /** Stand in for escaped characters; no pattern or text of a test has them. */
  private static final String LITERALS = "\uE000\uE001\uE002";

  private static final String ESCAPABLE = "*?$";

  private Wildcard() {}

  static boolean matches(String pattern, String text) {
    if (!pattern.contains("${")) {
      return unescapedMatches(pattern, text);
    }
    String literal =
        ESCAPED
            .matcher(pattern)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        String.valueOf(LITERALS.charAt(ESCAPABLE.indexOf(found.group(1))))));
    return unescapedMatches(literal, text);
  }

  private static boolean unescapedMatches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || unescaped(pattern.charAt(p)) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static char unescaped(char c) {
    int literal = LITERALS.indexOf(c);
    return literal < 0 ? c : ESCAPABLE.charAt(literal);
  }
}
