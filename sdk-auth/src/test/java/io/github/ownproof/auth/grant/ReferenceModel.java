package io.github.ownproof.auth.grant;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What support access has to be, said as plainly as it can be: sets of points instead of names and
 * trees, seconds instead of instants, and for every step the set of reasons that speak against it.
 * Shares no code with the desk but the names of the refusals.
 */
final class ReferenceModel {

  static final long CAP = 8 * 3600;
  static final long PENDING = 24 * 3600;

  enum Life {
    PENDING,
    GRANTED,
    DENIED,
    REVOKED,
    EXPIRED
  }

  record Much(Set<String> points, Set<String> permissions, long seconds) {
    boolean isWithin(Much other) {
      return other.points.containsAll(points)
          && other.permissions.containsAll(permissions)
          && seconds <= other.seconds;
    }

    Much both(Much other) {
      Set<String> p = new TreeSet<>(points);
      p.retainAll(other.points);
      Set<String> r = new TreeSet<>(permissions);
      r.retainAll(other.permissions);
      return new Much(p, r, Math.min(seconds, other.seconds));
    }
  }

  record Yes(String who, Much much, boolean byPolicy) {}

  record Req(
      String engineer,
      String customer,
      Much asked,
      long at,
      Life life,
      long until,
      List<Yes> yeses,
      @Nullable Much granted) {

    Req as(Life other) {
      return new Req(engineer, customer, asked, at, other, until, yeses, granted);
    }

    boolean isOpen() {
      return life == Life.PENDING || life == Life.GRANTED;
    }

    /** As it is at this second. */
    Req at(long now) {
      return isOpen() && now >= until ? as(Life.EXPIRED) : this;
    }
  }

  /** Somebody's login. */
  record Login(String who, boolean isOwn, boolean isFresh, long exp) {}

  /** How a customer wants it. */
  record Wishes(int approvers, long longest, @Nullable Yes consent, long consentSince) {}

  final Map<GrantId, Req> requests = new LinkedHashMap<>();
  final Set<String> engineers = new HashSet<>(Set.of("eve", "erik", "zoe"));
  final Map<String, Map<String, Long>> approvers = new HashMap<>();
  final Map<String, Wishes> wishes = new HashMap<>();

  /** Customer, then the points and reads its record allows as {@code orders:read orders/1}. */
  final Map<String, Set<String>> records = new HashMap<>();

  Set<SupportRefusal> againstPerson(Login login, long now) {
    Set<SupportRefusal> against = EnumSet.noneOf(SupportRefusal.class);
    if (!login.isOwn()) {
      against.add(SupportRefusal.IMPERSONATION);
    }
    if (now >= login.exp()) {
      against.add(SupportRefusal.TOKEN_EXPIRED);
    }
    return against;
  }

  Set<SupportRefusal> againstRequest(
      Login login, String customer, Set<String> exact, boolean hasTree, Much asked, long now) {
    Set<SupportRefusal> against = againstPerson(login, now);
    if (!engineers.contains(login.who())) {
      against.add(SupportRefusal.NOT_ENGINEER);
    }
    if (customer.equals("our-own")) {
      against.add(SupportRefusal.STAFF_ACCOUNT);
    }
    if (asked.permissions().contains("orders:write")) {
      against.add(SupportRefusal.NOT_READ_ONLY);
    }
    if (asked.seconds() > Math.min(CAP, wishes.get(customer).longest())) {
      against.add(SupportRefusal.TOO_LONG);
    }
    for (String resource : exact) {
      if (asked.permissions().stream().noneMatch(read -> allows(customer, read, resource))) {
        against.add(SupportRefusal.NOT_IN_RECORD);
      }
    }
    for (String read : asked.permissions()) {
      if (!hasTree && exact.stream().noneMatch(resource -> allows(customer, read, resource))) {
        against.add(SupportRefusal.NOT_IN_RECORD);
      }
    }
    return against;
  }

  boolean allows(String customer, String read, String point) {
    return records.get(customer).contains(read + " " + point);
  }

  /** What a new request becomes, step by step. */
  List<Req> requested(String engineer, String customer, Much asked, long now) {
    Req pending =
        new Req(engineer, customer, asked, now, Life.PENDING, now + PENDING, List.of(), null);
    Req granted = consented(pending, now);
    return granted == null ? List.of(pending) : List.of(pending, granted);
  }

  /** What the customer's consent makes of a request that waits, if anything. */
  @Nullable Req consented(Req pending, long now) {
    Wishes wish = wishes.get(pending.customer());
    Yes consent = wish.consent();
    if (consent == null || !pending.asked().isWithin(consent.much())) {
      return null;
    }
    Long since = approvers.get(pending.customer()).get(consent.who());
    boolean isGiven =
        since != null
            && since <= wish.consentSince()
            && wish.consentSince() < pending.at()
            && !engineers.contains(consent.who());
    return isGiven
        ? granted(pending, List.of(new Yes(consent.who(), pending.asked(), true)), now)
        : null;
  }

  Set<SupportRefusal> againstDecision(Login login, Req request, long now) {
    Set<SupportRefusal> against = againstPerson(login, now);
    if (engineers.contains(login.who()) || login.who().equals(request.engineer())) {
      against.add(SupportRefusal.SELF_APPROVAL);
    }
    if (!approvers.get(request.customer()).containsKey(login.who())) {
      against.add(SupportRefusal.NOT_APPROVER);
    }
    return against;
  }

  Set<SupportRefusal> againstApproval(Login login, Req request, Much much, long now) {
    Set<SupportRefusal> against = againstDecision(login, request, now);
    Long since = approvers.get(request.customer()).get(login.who());
    if (since != null && since > request.at()) {
      against.add(SupportRefusal.APPROVER_SINCE_REQUEST);
    }
    if (!login.isFresh()) {
      against.add(SupportRefusal.STEP_UP);
    }
    if (request.life() == Life.GRANTED
        && !request.yeses().contains(new Yes(login.who(), much, false))) {
      against.add(SupportRefusal.ALREADY_GRANTED);
    }
    if (request.life() == Life.PENDING && !much.isWithin(request.asked())) {
      against.add(SupportRefusal.WIDENED);
    }
    if (request.life() == Life.PENDING && against.isEmpty()) {
      Req next = approved(login.who(), request, much, now);
      Much granted = next.granted();
      if (granted != null && (granted.points().isEmpty() || granted.permissions().isEmpty())) {
        against.add(SupportRefusal.WIDENED);
      }
    }
    ended(request, against);
    return against;
  }

  Req approved(String who, Req request, Much much, long now) {
    if (request.life() == Life.GRANTED) {
      return request;
    }
    List<Yes> yeses = new ArrayList<>();
    for (Yes yes : request.yeses()) {
      Long since = approvers.get(request.customer()).get(yes.who());
      if (!yes.who().equals(who)
          && since != null
          && since <= request.at()
          && !engineers.contains(yes.who())) {
        yeses.add(yes);
      }
    }
    yeses.add(new Yes(who, much, false));
    if (yeses.size() < wishes.get(request.customer()).approvers()) {
      // The same word again leaves what was said before as it is.
      return request.yeses().contains(new Yes(who, much, false))
          ? request
          : new Req(
              request.engineer(),
              request.customer(),
              request.asked(),
              request.at(),
              Life.PENDING,
              request.until(),
              List.copyOf(yeses),
              null);
    }
    return granted(request, yeses, now);
  }

  private Req granted(Req request, List<Yes> yeses, long now) {
    Much all = request.asked();
    for (Yes yes : yeses) {
      all = all.both(yes.much());
    }
    long seconds = Math.min(all.seconds(), Math.min(CAP, wishes.get(request.customer()).longest()));
    return new Req(
        request.engineer(),
        request.customer(),
        request.asked(),
        request.at(),
        Life.GRANTED,
        now + seconds,
        List.copyOf(yeses),
        all);
  }

  Set<SupportRefusal> againstDenial(Login login, Req request, @Nullable String deniedBy, long now) {
    Set<SupportRefusal> against = againstDecision(login, request, now);
    if (request.life() == Life.GRANTED) {
      against.add(SupportRefusal.ALREADY_GRANTED);
    }
    if (request.life() != Life.DENIED || !login.who().equals(deniedBy)) {
      ended(request, against);
    }
    return against;
  }

  Set<SupportRefusal> againstRevocation(Login login, Req request, long now) {
    Set<SupportRefusal> against = againstPerson(login, now);
    if (!engineers.contains(login.who())
        && !approvers.get(request.customer()).containsKey(login.who())) {
      against.add(SupportRefusal.NOT_APPROVER);
    }
    if (request.life() != Life.REVOKED) {
      ended(request, against);
    }
    return against;
  }

  Set<SupportRefusal> againstIssue(Login login, Req request, long now) {
    Set<SupportRefusal> against = againstPerson(login, now);
    if (!engineers.contains(login.who())) {
      against.add(SupportRefusal.NOT_ENGINEER);
    }
    if (!login.who().equals(request.engineer())) {
      against.add(SupportRefusal.OTHER_ENGINEER);
    }
    if (request.life() == Life.PENDING) {
      against.add(SupportRefusal.PENDING);
    }
    ended(request, against);
    return against;
  }

  /** Whether a read may happen, everything answering. */
  boolean permits(
      Login login, GrantId id, long tokenExp, String method, String point, String read, long now) {
    Req request = requests.get(id);
    if (request == null || request.life() != Life.GRANTED) {
      return false;
    }
    Much granted = request.granted();
    return login.isOwn()
        && now < login.exp()
        && now < tokenExp
        && now < request.until()
        && login.who().equals(request.engineer())
        && (method.equals("GET") || method.equals("HEAD"))
        && granted != null
        && granted.points().contains(point)
        && granted.permissions().contains(read)
        && allows(request.customer(), read, point);
  }

  private static void ended(Req request, Set<SupportRefusal> against) {
    switch (request.life()) {
      case DENIED -> against.add(SupportRefusal.DENIED);
      case REVOKED -> against.add(SupportRefusal.REVOKED);
      case EXPIRED -> against.add(SupportRefusal.EXPIRED);
      default -> {}
    }
  }
}
