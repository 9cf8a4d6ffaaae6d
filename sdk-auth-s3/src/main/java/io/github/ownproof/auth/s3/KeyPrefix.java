package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import io.github.ownproof.core.OwnproofException;
import java.util.regex.Pattern;

/** What all keys of a store begin with. */
final class KeyPrefix {

  private static final Pattern FORM = Pattern.compile("(?:[A-Za-z0-9._-][A-Za-z0-9._/-]{0,255})?");

  private KeyPrefix() {}

  static String checked(String prefix) {
    if (!FORM.matcher(prefix).matches()) {
      throw InvalidSupportAccessException.of(
          "A key prefix is up to 256 ASCII letters, digits and . _ - / and does not begin with a"
              + " slash, such as support/; not "
              + OwnproofException.quote(prefix)
              + ".");
    }
    return prefix;
  }
}
