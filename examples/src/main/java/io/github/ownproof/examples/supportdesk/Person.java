package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in.
 *
 * @param subject what the provider calls them for ever
 * @param name how to show them; never who they are
 * @param role what they do, in a few words
 * @param customer which customer's data is theirs; null for our own people
 */
record Person(String subject, String name, String role, @Nullable CustomerId customer) {

  static final CustomerId ACME = CustomerId.of("acme");
  static final CustomerId GLOBEX = CustomerId.of("globex");

  static final Person ERIN =
      new Person("7c1f5a52-erin", "Erin", "support engineer, works for us", null);
  static final Person ADA =
      new Person("0b9d41e8-ada", "Ada", "administrator of the customer acme", ACME);
  static final Person CLEO =
      new Person("e3a8d6c4-cleo", "Cleo", "owner of the customer acme, watches", ACME);

  /** Another engineer, who does not sign in here. */
  static final Person EVAN =
      new Person("5d20c7b1-evan", "Evan", "support engineer, works for us", null);
}
