package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.CustomerId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The customers' orders. In memory, for this process. */
final class Orders {

  /**
   * One order.
   *
   * @param customer whose
   * @param resource its name in grants and addresses
   * @param goods what was ordered
   * @param state how far it got
   */
  record Order(CustomerId customer, String resource, String goods, String state) {}

  /** The permissions of this service; customers have both. */
  static final String READ = "orders:read";

  static final String WRITE = "orders:write";

  private final List<Order> all =
      List.of(
          new Order(Person.ACME, "orders/1001", "40 anvils", "stuck at customs since Monday"),
          new Order(Person.ACME, "orders/1002", "12 rocket skates", "delivered"),
          new Order(Person.GLOBEX, "orders/2001", "1 weather machine", "being packed"));

  /** An order of this customer; another customer's is not found. */
  Optional<Order> find(CustomerId customer, String resource) {
    return all.stream()
        .filter(order -> order.customer().equals(customer) && order.resource().equals(resource))
        .findFirst();
  }

  List<CustomerId> customers() {
    return all.stream().map(Order::customer).distinct().toList();
  }

  String[] resourcesOf(CustomerId customer) {
    return all.stream()
        .filter(order -> order.customer().equals(customer))
        .map(Order::resource)
        .collect(Collectors.toList())
        .toArray(String[]::new);
  }
}
