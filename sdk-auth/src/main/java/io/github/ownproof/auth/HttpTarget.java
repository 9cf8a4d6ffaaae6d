package io.github.ownproof.auth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The target of an HTTP request without query and fragment, in one spelling of all that mean the
 * same (RFC 3986 sections 6.2.2 and 6.2.3), to compare by equality (RFC 9449 section 4.3 check 9).
 */
final class HttpTarget {

  private static final int LONGEST = 4096;
  private static final int HIGHEST_PORT = 65535;
  private static final String UNRESERVED_MARKS = "-._~";
  private static final String PATH_MARKS = "-._~!$&'()*+,;=:@/";

  private HttpTarget() {}

  /**
   * The one spelling; null for what is no absolute http or https URI in plain ASCII, and for one
   * with user information, which has no place in a request's target (RFC 9110 section 4.2.4).
   */
  static @Nullable String normalised(String uri) {
    if (uri.length() > LONGEST) {
      return null;
    }
    int schemeEnd = uri.indexOf("://");
    if (schemeEnd < 0) {
      return null;
    }
    String scheme = uri.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return null;
    }
    int end = firstOf(uri, "?#", schemeEnd + 3);
    int pathStart = Math.min(firstOf(uri, "/", schemeEnd + 3), end);
    String authority = authority(uri.substring(schemeEnd + 3, pathStart), scheme);
    String path = path(uri.substring(pathStart, end));
    return authority == null || path == null ? null : scheme + "://" + authority + path;
  }

  private static int firstOf(String text, String characters, int from) {
    int i = from;
    while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  private static @Nullable String authority(String authority, String scheme) {
    int hostEnd = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    String host = hostEnd < 0 ? authority : authority.substring(0, hostEnd);
    String rest = hostEnd < 0 ? "" : authority.substring(hostEnd);
    if (!isHost(host) || !(rest.isEmpty() || rest.startsWith(":"))) {
      return null;
    }
    String port = port(rest.isEmpty() ? "" : rest.substring(1), scheme);
    return port == null ? null : host.toLowerCase(Locale.ROOT) + port;
  }

  /** A name or IPv4 address, or an IPv6 address in brackets; no escapes, which no server needs. */
  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return host.length() > 2
          && host.chars()
              .skip(1)
              .limit(host.length() - 2L)
              .allMatch(c -> hex(c) >= 0 || c == ':' || c == '.');
    }
    return !host.isEmpty() && host.chars().allMatch(c -> isUnreserved(c) && c != '~');
  }

  private static @Nullable String port(String digits, String scheme) {
    if (digits.isEmpty()) {
      return "";
    }
    if (digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    int port = Integer.parseInt(digits);
    if (port == 0 || port > HIGHEST_PORT) {
      return null;
    }
    return port == (scheme.equals("https") ? 443 : 80) ? "" : ":" + port;
  }

  private static @Nullable String path(String path) {
    StringBuilder out = new StringBuilder(path.length() + 1);
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        int high = i + 2 < path.length() ? hex(path.charAt(i + 1)) : -1;
        int low = i + 2 < path.length() ? hex(path.charAt(i + 2)) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        int decoded = 16 * high + low;
        if (isUnreserved(decoded)) {
          out.append((char) decoded);
        } else {
          out.append(path.substring(i, i + 3).toUpperCase(Locale.ROOT));
        }
        i += 2;
      } else if (isAlphanumeric(c) || PATH_MARKS.indexOf(c) >= 0) {
        out.append(c);
      } else {
        return null;
      }
    }
    return out.length() == 0 ? "/" : withoutDots(out.toString());
  }

  /** RFC 3986 section 5.2.4, for a path that begins with a slash. */
  private static String withoutDots(String path) {
    String[] segments = path.substring(1).split("/", -1);
    Deque<String> kept = new ArrayDeque<>();
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> addIf(last, kept);
        case ".." -> {
          kept.pollLast();
          addIf(last, kept);
        }
        default -> kept.addLast(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }

  /** A path that ends in a dot segment ends in a slash. */
  private static void addIf(boolean last, Deque<String> kept) {
    if (last) {
      kept.addLast("");
    }
  }

  private static boolean isUnreserved(int c) {
    return isAlphanumeric(c) || UNRESERVED_MARKS.indexOf(c) >= 0;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static int hex(int c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
