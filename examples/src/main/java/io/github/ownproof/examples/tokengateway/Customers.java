package io.github.ownproof.examples.tokengateway;

import io.github.ownproof.auth.EmailMigration;
import io.github.ownproof.auth.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A shop's customers, once told apart by their e-mail addresses. In memory, for this process. */
final class Customers implements EmailMigration.Accounts<Customers.Customer> {

  /** One account. */
  record Customer(int number, String email) {}

  private final List<Customer> all = new ArrayList<>();
  private final Map<Identity, Customer> linked = new HashMap<>();

  synchronized void add(int number, String email) {
    all.add(new Customer(number, email));
  }

  @Override
  public synchronized Optional<Customer> linkedTo(Identity identity) {
    return Optional.ofNullable(linked.get(identity));
  }

  @Override
  public synchronized List<Customer> unlinkedWithEmail(String address) {
    return all.stream()
        .filter(customer -> customer.email().equalsIgnoreCase(address))
        .filter(customer -> !linked.containsValue(customer))
        .toList();
  }

  @Override
  public synchronized boolean link(Customer account, Identity identity) {
    return !linked.containsValue(account) && linked.putIfAbsent(identity, account) == null;
  }
}
