package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The form of a permission's name: {@code orders:read}. No wildcards. */
final class Permissions {

  static final int MOST = 20;

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}");

  private Permissions() {}

  static boolean isName(String permission) {
    return FORM.matcher(permission).matches();
  }

  static String check(String permission) {
    if (!isName(permission)) {
      throw new InvalidSupportAccessException(
          "A permission is 1 to 128 ASCII letters, digits and : . _ / - such as orders:read, not "
              + OwnproofException.quote(permission)
              + ". There are no wildcards: name each.");
    }
    return permission;
  }

  static Set<String> sorted(Collection<String> permissions) {
    Set<String> checked = new TreeSet<>();
    for (String permission : permissions) {
      checked.add(check(permission));
    }
    return Collections.unmodifiableSet(checked);
  }
}
