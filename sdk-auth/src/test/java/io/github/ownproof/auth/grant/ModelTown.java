package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.grant.ReferenceModel.Much;
import io.github.ownproof.auth.grant.ReferenceModel.Wishes;
import io.github.ownproof.auth.grant.ReferenceModel.Yes;
import io.github.ownproof.core.audit.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The customers and people of the model, as the desk and the checker ask about them. */
final class ModelTown implements CustomerAccess, SupportStaff {

  static final List<String> PEOPLE =
      List.of("eve", "erik", "zoe", "ada", "bob", "nina", "gil", "gus", "ina", "walt");
  static final List<String> CUSTOMERS = List.of("acme", "globex", "initech", "our-own");
  static final List<String> POINTS =
      List.of("orders/1", "orders/2", "orders/2/items", "invoices/1");
  static final long START = DeskRig.START.getEpochSecond();

  private final ReferenceModel model;
  private boolean isDown;

  ModelTown(ReferenceModel model) {
    this.model = model;
    long longAgo = START - 86400;
    model.approvers.put(
        "acme", new HashMap<>(Map.of("ada", longAgo, "bob", longAgo, "zoe", longAgo)));
    model.approvers.put(
        "globex", new HashMap<>(Map.of("gil", longAgo, "gus", longAgo, "ada", longAgo)));
    model.approvers.put("initech", new HashMap<>(Map.of("ina", longAgo)));
    model.approvers.put("our-own", new HashMap<>(Map.of("walt", longAgo)));
    for (String customer : CUSTOMERS) {
      Set<String> all = new TreeSet<>();
      POINTS.forEach(point -> all.add(read(point) + " " + point));
      model.records.put(customer, all);
      model.wishes.put(customer, new Wishes(1, ReferenceModel.CAP, null, 0));
    }
    model.wishes.put("globex", new Wishes(2, 4 * 3600, null, 0));
    model.wishes.put(
        "initech",
        new Wishes(
            1,
            ReferenceModel.CAP,
            new Yes("ina", new Much(Set.of("orders/1"), Set.of("orders:read"), 3600), true),
            START));
  }

  static String read(String point) {
    return point.startsWith("orders") ? "orders:read" : "invoices:read";
  }

  void down(boolean down) {
    isDown = down;
  }

  @Override
  public AccessRecord record(CustomerId customer) {
    failIfDown();
    List<AccessRecord.Statement> statements = new ArrayList<>();
    for (String line : model.records.getOrDefault(customer.value(), Set.of())) {
      String[] parts = line.split(" ", 2);
      // Whoever may write may read: the desk has to know that, the model does not.
      String permission =
          customer.value().equals("globex")
              ? parts[0].replace("orders:read", "orders:write")
              : parts[0];
      statements.add(new AccessRecord.Statement(Set.of(permission), Resources.exactly(parts[1])));
    }
    return new AccessRecord(statements);
  }

  @Override
  public Optional<Instant> approverSince(CustomerId customer, Actor.Identified person) {
    failIfDown();
    return Optional.ofNullable(
            model.approvers.getOrDefault(customer.value(), Map.of()).get(person.subject()))
        .map(Instant::ofEpochSecond);
  }

  @Override
  public SupportPolicy policy(CustomerId customer) {
    failIfDown();
    Wishes wish = model.wishes.get(customer.value());
    SupportPolicy policy =
        SupportPolicy.askEachTime()
            .approvers(wish.approvers())
            .longest(Duration.ofSeconds(wish.longest()));
    Yes consent = wish.consent();
    return consent == null
        ? policy
        : policy.consent(
            new SupportPolicy.Consent(
                DeskRig.person(consent.who()),
                Instant.ofEpochSecond(wish.consentSince()),
                new AccessScope(
                    new Resources(consent.much().points(), Set.of()),
                    consent.much().permissions(),
                    Duration.ofSeconds(consent.much().seconds()))));
  }

  @Override
  public boolean isEngineer(Actor.Identified person) {
    failIfDown();
    return model.engineers.contains(person.subject());
  }

  @Override
  public boolean isStaffAccount(CustomerId customer) {
    failIfDown();
    return customer.value().equals("our-own");
  }

  private void failIfDown() {
    if (isDown) {
      throw new IllegalStateException("the application is down");
    }
  }
}
