package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.NameSet;
import io.github.ownproof.auth.internal.WellKnownName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Claims by which a token says that somebody acts as somebody else: RFC 8693 sections 4.1 and 4.4,
 * and what providers write in their place.
 *
 * <p>Names are compared without case, {@code _}, {@code -} and the name space in front. A marker
 * whose value is null or false says that nobody does.
 */
final class ImpersonationMarkers {

  private static final Set<String> NAMES =
      Set.of(
          "act",
          "mayact",
          "actas",
          "actingas",
          "actor",
          "actorid",
          "actortoken",
          "generatedby",
          "obo");

  /** In nearly every token, and no markers: not taken apart. */
  static final NameSet OTHERS =
      NameSet.of(
          WellKnownName.ISS,
          WellKnownName.SUB,
          WellKnownName.AUD,
          WellKnownName.EXP,
          WellKnownName.IAT,
          WellKnownName.NBF,
          WellKnownName.JTI,
          WellKnownName.SID,
          WellKnownName.AZP,
          WellKnownName.CNF,
          WellKnownName.ACR,
          WellKnownName.AMR,
          WellKnownName.SCOPE,
          WellKnownName.SCP,
          WellKnownName.CLIENT_ID,
          WellKnownName.AUTH_TIME,
          WellKnownName.TOKEN_USE,
          WellKnownName.NONCE,
          WellKnownName.EMAIL,
          WellKnownName.NAME);

  /** Words that nobody uses for anything else, wherever in a name they stand. */
  private static final List<String> STEMS = List.of("impersonat", "onbehalfof");

  private ImpersonationMarkers() {}

  /**
   * Refuses a token with such a claim.
   *
   * @param accepted the names of claims, as written, that the operator accepts for a reason
   */
  static void check(JsonObject claims, Set<String> accepted) throws Refusal {
    for (int i = 0; i < claims.size(); i++) {
      Object value = claims.value(i);
      WellKnownName wellKnown = claims.wellKnownName(i);
      boolean isOther = OTHERS.contains(wellKnown);
      if (isOther
          && wellKnown != WellKnownName.AMR
          && (value instanceof String || value instanceof Long)) {
        // Nearly every claim: nothing can be within.
        continue;
      }
      String name = claims.name(i);
      if (accepted.contains(name) || says(value) == Saying.NOTHING) {
        continue;
      }
      if ((!isOther && isMarker(name)) || impersonatesWithin(value)) {
        throw Refusal.of(Reason.IMPERSONATION);
      }
      if (wellKnown == WellKnownName.AMR && Claims.strings(value).contains("imp")) {
        throw Refusal.of(Reason.IMPERSONATION);
      }
    }
  }

  static boolean isMarker(String name) {
    String plain = plain(name);
    return hasStem(plain) || NAMES.contains(plain(lastSegment(name)));
  }

  private static boolean hasStem(String plain) {
    for (int i = 0; i < STEMS.size(); i++) {
      if (plain.contains(STEMS.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Below the top level only the unmistakable words count: {@code act} may mean anything there. */
  private static boolean impersonatesWithin(@Nullable Object value) {
    if (value instanceof String) {
      // Nearly every claim; the JVM takes long to say that a string is not a list.
      return false;
    }
    if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        Object inner = object.value(i);
        if ((hasStem(plain(object.name(i))) && says(inner) == Saying.SOMETHING)
            || impersonatesWithin(inner)) {
          return true;
        }
      }
    }
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (impersonatesWithin(list.get(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private enum Saying {
    NOTHING,
    SOMETHING
  }

  private static Saying says(@Nullable Object value) {
    return value == null || value == JsonObject.Null.NULL || Boolean.FALSE.equals(value)
        ? Saying.NOTHING
        : Saying.SOMETHING;
  }

  private static String plain(String name) {
    return isPlain(name) ? name : madePlain(name);
  }

  /** As most names are, which then cost no copy. */
  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '.' || c > ':')) {
        return false;
      }
    }
    return true;
  }

  private static String madePlain(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && c != ' ') {
        out.append(c);
      }
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  private static String lastSegment(String name) {
    int end = name.length();
    while (end > 0 && isSeparator(name.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && !isSeparator(name.charAt(start - 1))) {
      start--;
    }
    return name.substring(start, end);
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == ':' || c == '#' || c == '.';
  }
}
