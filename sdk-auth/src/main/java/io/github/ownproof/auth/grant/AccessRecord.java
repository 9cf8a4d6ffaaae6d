package io.github.ownproof.auth.grant;

import java.util.List;
import java.util.Set;

/**
 * What a customer's own users may do with the customer's data: their access record. A grant never
 * allows more than it, as it is at the moment of use. Immutable, thread-safe, compared by value.
 *
 * @param statements what is allowed; all of them count
 */
public record AccessRecord(List<Statement> statements) {

  /**
   * Each of these permissions on each of these resources.
   *
   * @param permissions e.g. {@code orders:write}
   * @param resources on what
   */
  public record Statement(Set<String> permissions, Resources resources) {
    /** Checks the names. */
    public Statement {
      permissions = Permissions.sorted(permissions);
    }
  }

  /** Keeps a copy of the list. */
  public AccessRecord {
    statements = List.copyOf(statements);
  }

  /** A record of these statements. */
  public static AccessRecord of(Statement... statements) {
    return new AccessRecord(List.of(statements));
  }

  /** A record that allows nothing: what a customer that does not exist has. */
  public static AccessRecord nothing() {
    return new AccessRecord(List.of());
  }

  /** Whether it allows this permission itself on this resource. */
  public boolean allows(String permission, String resource) {
    for (Statement statement : statements) {
      if (statement.permissions().contains(permission) && statement.resources().cover(resource)) {
        return true;
      }
    }
    return false;
  }
}
