package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.Identity;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.SupportStaff;
import io.github.ownproof.core.audit.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everybody, by what the provider calls them; in your application, a table. */
final class People implements SupportStaff {

  private static final Set<Person> ENGINEERS = Set.of(Person.ERIN, Person.EVAN);
  private static final Set<Person> APPROVERS = Set.of(Person.ADA);

  private final String issuer;
  private final Map<String, Person> bySubject;

  People(String issuer) {
    this.issuer = issuer;
    this.bySubject =
        List.of(Person.ERIN, Person.EVAN, Person.ADA, Person.CLEO).stream()
            .collect(Collectors.toUnmodifiableMap(Person::subject, Function.identity()));
  }

  /** Who signs in on the demonstration's page. */
  static List<Person> signingIn() {
    return List.of(Person.ERIN, Person.ADA, Person.CLEO);
  }

  Optional<Person> find(Identity identity) {
    return find(new Actor.Identified(identity.issuer(), identity.subject()));
  }

  Optional<Person> find(Actor.Identified actor) {
    return actor.issuer().equals(issuer)
        ? Optional.ofNullable(bySubject.get(actor.subject()))
        : Optional.empty();
  }

  /** How to show somebody. */
  String name(Actor.Identified actor) {
    return find(actor).map(Person::name).orElse("somebody we do not know");
  }

  boolean isEngineer(Person person) {
    return ENGINEERS.contains(person);
  }

  boolean isApprover(Person person) {
    return APPROVERS.contains(person);
  }

  @Override
  public boolean isEngineer(Actor.Identified actor) {
    return find(actor).filter(this::isEngineer).isPresent();
  }

  @Override
  public boolean isStaffAccount(CustomerId customer) {
    return false;
  }
}
