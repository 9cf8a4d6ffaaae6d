package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.AccessRecord;
import io.github.ownproof.auth.grant.AccessRecord.Statement;
import io.github.ownproof.auth.grant.CustomerAccess;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.Resources;
import io.github.ownproof.core.audit.Actor;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What customers may do with their own data, and who of them decides about support. */
final class Customers implements CustomerAccess {

  private final Orders orders;
  private final People people;
  private final Instant approversSince;

  Customers(Orders orders, People people, Instant approversSince) {
    this.orders = orders;
    this.people = people;
    this.approversSince = approversSince;
  }

  /** Each of the customer's own orders, by its name: never all orders there are. */
  @Override
  public AccessRecord record(CustomerId customer) {
    String[] own = orders.resourcesOf(customer);
    return own.length == 0
        ? AccessRecord.nothing()
        : AccessRecord.of(new Statement(Set.of(Orders.READ, Orders.WRITE), Resources.exactly(own)));
  }

  @Override
  public Optional<Instant> approverSince(CustomerId customer, Actor.Identified person) {
    return people
        .find(person)
        .filter(found -> customer.equals(found.customer()) && people.isApprover(found))
        .map(found -> approversSince);
  }
}
