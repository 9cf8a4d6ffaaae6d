package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.AuthenticationRequirement;
import io.github.ownproof.auth.MintedPeople;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.testkit.MutableClock;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A desk with one customer, acme, its administrators ada and bob, and the engineers eve and erik;
 * everything around it can be changed, and can fail.
 */
final class DeskRig {

  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  static final String ISSUER = "https://login.example.com";
  static final CustomerId ACME = CustomerId.of("acme");
  static final CustomerId STAFF = CustomerId.of("our-own");
  static final KeyPair KEY = key();

  static final ReadOnlyPermissions READS =
      ReadOnlyPermissions.builder()
          .reads("orders:read", "invoices:read")
          .readEquivalents("orders:write", "orders:read")
          .build();

  static final AccessRecord FULL =
      AccessRecord.of(
          new AccessRecord.Statement(
              Set.of("orders:write", "orders:read"), Resources.treesOf("orders")),
          new AccessRecord.Statement(Set.of("invoices:read"), Resources.treesOf("invoices")));

  final MutableClock clock = MutableClock.at(START);
  final AtomicLong nanos = new AtomicLong();
  final Trail trail = new Trail();
  final People people = new People();
  final Epochs epochs = new Epochs();
  final List<String> told = Collections.synchronizedList(new ArrayList<>());
  final FaultyStore store = new FaultyStore(GrantStore.inMemory(clock));
  final SupportAccess desk;

  DeskRig() {
    this(builder -> builder);
  }

  DeskRig(UnaryOperator<SupportAccess.Builder> settings) {
    this(settings, false);
  }

  DeskRig(UnaryOperator<SupportAccess.Builder> settings, boolean withEpochs) {
    SupportAccess.Builder builder = withEpochs ? builder().epochs(epochs) : builder();
    desk = settings.apply(builder).build();
  }

  /** One whose desk goes to its store through a gate. */
  DeskRig(StoreInterleavings.Gate gate, boolean withEpochs) {
    SupportAccess.Builder builder = builder().grants(gate.guard(store));
    desk = (withEpochs ? builder.epochs(gate.guard(epochs)) : builder).build();
  }

  /** With everything a desk needs. */
  SupportAccess.Builder builder() {
    return SupportAccess.builder()
        .signingKey(GrantSigner.of("desk-1", KEY))
        .grants(store)
        .audit(trail)
        .customers(people)
        .staff(people)
        .permissions(READS)
        .services("orders-api", "billing")
        .stepUp(AuthenticationRequirement.of("mfa").within(Duration.ofMinutes(5)))
        .listener(
            new SupportListener() {
              @Override
              public void changed(Step step, AccessRequest request) {
                told.add(step + " " + DeskRig.name(request.state()));
              }
            })
        .clock(clock)
        .ticker(nanos::get);
  }

  /** A token of this person, as freshly and strongly logged in as can be, good for an hour. */
  VerifiedToken token(String person) {
    return token(person, Duration.ofHours(1));
  }

  VerifiedToken token(String person, Duration validFor) {
    return MintedPeople.token(
        person,
        "{\"acr\":\"mfa\",\"auth_time\":" + clock.instant().getEpochSecond() + "}",
        clock.instant().plus(validFor),
        clock);
  }

  VerifiedToken tokenWith(String person, String claims) {
    return MintedPeople.token(person, claims, clock.instant().plusSeconds(3600), clock);
  }

  static AccessRequestDraft draft() {
    return AccessRequestDraft.of(ACME, "CASE-4711")
        .resources("orders/123", "orders/124")
        .permissions("orders:read")
        .residency("eu");
  }

  GrantId requested() {
    return desk.request(token("eve"), draft()).id();
  }

  GrantId granted() {
    GrantId id = requested();
    return desk.approve(id, token("ada")).id();
  }

  /** Clock and ticks together, as time goes. */
  void pass(Duration time) {
    clock.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  AccessState state(GrantId id) {
    return store.inner.find(id).orElseThrow().state();
  }

  static Actor.Identified person(String subject) {
    return new Actor.Identified(ISSUER, subject);
  }

  /** The refusal's name, or {@code COMPLETED} or {@code WAITING}. */
  static String name(SupportOutcome<?> outcome) {
    if (outcome instanceof SupportOutcome.Refused<?> refused) {
      return refused.refusal().name();
    }
    return outcome instanceof SupportOutcome.Waiting<?> ? "WAITING" : "COMPLETED";
  }

  static String name(AccessState state) {
    return state.getClass().getSimpleName();
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps every event, or throws at the calls it is told to. */
  static final class Trail implements AuditTrail {

    private final List<AuditEvent> events = new ArrayList<>();
    private final Set<Integer> failing = new HashSet<>();
    private int calls;
    private boolean isDown;

    @Override
    public synchronized void record(AuditEvent event) {
      calls++;
      if (isDown || failing.contains(calls)) {
        throw new IllegalStateException("the trail is down");
      }
      events.add(event);
    }

    /** From now on all is kept. */
    synchronized void heal() {
      isDown = false;
      failing.clear();
    }

    /** From now on. */
    synchronized void down(boolean down) {
      isDown = down;
    }

    /** The n-th call from now on, 1 for the next. */
    synchronized void failAt(int n) {
      failing.add(calls + n);
    }

    synchronized List<AuditEvent> events() {
      return List.copyOf(events);
    }

    /** Each as {@code action outcome}, e.g. {@code grant:approve ALLOWED}. */
    synchronized List<String> lines() {
      return events.stream().map(event -> event.action() + " " + event.outcome()).toList();
    }

    synchronized void clear() {
      events.clear();
    }
  }

  /** What the application knows. */
  static final class People implements CustomerAccess, SupportStaff {

    final Map<String, Instant> approvers = new ConcurrentHashMap<>();
    final Set<String> engineers = ConcurrentHashMap.newKeySet();
    final Set<CustomerId> staffAccounts = ConcurrentHashMap.newKeySet();
    volatile AccessRecord record = FULL;
    volatile SupportPolicy policy = SupportPolicy.askEachTime();
    volatile Set<String> failing = Set.of();

    People() {
      approvers.put("ada", START.minusSeconds(86400));
      approvers.put("bob", START.minusSeconds(86400));
      engineers.addAll(Set.of("eve", "erik"));
      staffAccounts.add(STAFF);
    }

    @Override
    public AccessRecord record(CustomerId customer) {
      failIf("record");
      return customer.equals(ACME) ? record : AccessRecord.nothing();
    }

    @Override
    public Optional<Instant> approverSince(CustomerId customer, Actor.Identified person) {
      failIf("approverSince");
      return customer.equals(ACME) && person.issuer().equals(ISSUER)
          ? Optional.ofNullable(approvers.get(person.subject()))
          : Optional.empty();
    }

    @Override
    public SupportPolicy policy(CustomerId customer) {
      failIf("policy");
      return policy;
    }

    @Override
    public boolean isEngineer(Actor.Identified person) {
      failIf("isEngineer");
      return person.issuer().equals(ISSUER) && engineers.contains(person.subject());
    }

    @Override
    public boolean isStaffAccount(CustomerId customer) {
      failIf("isStaffAccount");
      return staffAccounts.contains(customer);
    }

    private void failIf(String method) {
      if (failing.contains(method)) {
        throw new IllegalStateException(method + " is down");
      }
    }
  }

  /** Epochs of one process, which can be down. */
  static final class Epochs implements RevocationEpochs {

    final Map<GrantId, Boolean> live = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    private boolean isDown;
    private @Nullable Runnable afterActivate;

    @Override
    public synchronized void activate(GrantId id, Instant until) {
      calls.add("activate");
      failIfDown();
      live.putIfAbsent(id, true);
      Runnable then = afterActivate;
      afterActivate = null;
      if (then != null) {
        then.run();
      }
    }

    @Override
    public synchronized void revoke(GrantId id, Instant until) {
      calls.add("revoke");
      failIfDown();
      live.put(id, false);
    }

    @Override
    public synchronized boolean isLive(GrantId id) {
      failIfDown();
      return live.getOrDefault(id, false);
    }

    synchronized void down(boolean down) {
      isDown = down;
    }

    synchronized void afterActivate(Runnable then) {
      afterActivate = then;
    }

    private void failIfDown() {
      if (isDown) {
        throw GrantStoreException.of("the epochs are down", null);
      }
    }
  }
}
