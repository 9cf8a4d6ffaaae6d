package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessScope;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.AccessState.Denied;
import io.github.ownproof.auth.grant.AccessState.Expired;
import io.github.ownproof.auth.grant.AccessState.Granted;
import io.github.ownproof.auth.grant.AccessState.Open;
import io.github.ownproof.auth.grant.AccessState.Pending;
import io.github.ownproof.auth.grant.AccessState.Revoked;
import io.github.ownproof.auth.grant.Resources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How requests, times and scopes are put into words. */
final class Views {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final People people;
  private final Clock clock;

  Views(People people, Clock clock) {
    this.people = people;
    this.clock = clock;
  }

  /** The state in one word. */
  static String word(AccessState state) {
    return state instanceof Pending
        ? "Pending"
        : state instanceof Granted
            ? "Granted"
            : state instanceof Denied ? "Denied" : state instanceof Revoked ? "Revoked" : "Expired";
  }

  static Html badge(AccessState state) {
    return Html.of(
        "<span class=\"badge {}\">{}</span>", word(state).toLowerCase(Locale.ROOT), word(state));
  }

  /** The state in a table. */
  Html state(AccessRequest request) {
    return Html.of(
        "{} <span class=\"aside\">{}</span>", badge(request.state()), explained(request.state()));
  }

  /** What the state means: who did what, and how much time is left. */
  String explained(AccessState state) {
    if (state instanceof Pending pending) {
      return "waits for the customer; " + left(pending.until());
    }
    if (state instanceof Granted granted) {
      return "to " + what(granted.scope()) + "; " + left(granted.until());
    }
    if (state instanceof Denied denied) {
      return people.name(denied.by()) + " said no on " + moment(denied.at());
    }
    if (state instanceof Revoked revoked) {
      return people.name(revoked.by()) + " took it back on " + moment(revoked.at());
    }
    Expired expired = (Expired) state;
    return (expired.before() instanceof Granted ? "time was up on " : "nobody answered until ")
        + moment(expired.at());
  }

  /** What the customer is asked, in plain words. */
  Html question(AccessRequest request) {
    AccessScope asked = request.asked();
    return Html.of(
        """
        <p class="lead"><strong>{}</strong> of support asks to <strong>{}</strong> of {}, for
        <strong>{}</strong> from the moment you approve.</p>
        <p>Nothing can be changed this way, nothing else can be looked at, and you see every use on
        your transparency page. You can take it back at any time.</p>
        """,
        people.name(request.engineer()),
        what(asked),
        request.customer(),
        duration(asked.duration()));
  }

  Html facts(AccessRequest request) {
    return Html.of(
        """
        <dl class="facts">
        <dt>State</dt><dd>{} {}</dd>
        <dt>Ticket</dt><dd>{}</dd>
        <dt>Why</dt><dd>{}</dd>
        <dt>Customer</dt><dd>{}</dd>
        <dt>Asked for</dt><dd>to {}, for {}</dd>
        <dt>Asked by</dt><dd>{}, {}</dd>
        </dl>
        """,
        badge(request.state()),
        explained(request.state()),
        request.ticket(),
        request.justification().isEmpty() ? "no reason given" : request.justification(),
        request.customer(),
        what(request.asked()),
        duration(request.asked().duration()),
        people.name(request.engineer()),
        DAY_AND_TIME.format(request.requestedAt()));
  }

  static String inWords(String permission) {
    return permission.equals(Orders.READ) ? "look at" : permission;
  }

  /** What may be done to what, such as {@code look at orders/1001}. */
  static String what(AccessScope scope) {
    return scope.permissions().stream().map(Views::inWords).collect(Collectors.joining(" and "))
        + " "
        + names(scope.resources());
  }

  static String names(Resources resources) {
    List<String> names = new ArrayList<>(resources.exact());
    resources.trees().forEach(tree -> names.add(tree + " and everything below"));
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1))
            + " and "
            + names.get(names.size() - 1);
  }

  /** Until when, and how long that is from now. */
  private String left(Instant until) {
    Duration left = Duration.between(clock.instant(), until);
    return (left.isNegative() ? "no time left" : atLeast(left) + " left")
        + ", until "
        + DAY_AND_TIME.format(until);
  }

  private static String atLeast(Duration left) {
    return left.compareTo(Duration.ofMinutes(2)) < 0
        ? some(left.toSeconds(), "second")
        : duration(Duration.ofMinutes(left.toMinutes()));
  }

  static String duration(Duration time) {
    if (time.toMinutes() < 1) {
      return some(time.toSeconds(), "second");
    }
    String hours = time.toHours() == 0 ? "" : some(time.toHours(), "hour");
    String minutes = time.toMinutesPart() == 0 ? "" : some(time.toMinutesPart(), "minute");
    return (hours + " " + minutes).strip();
  }

  private static String some(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  /** Day and second: what is listed may be weeks old. */
  static String moment(Instant instant) {
    return day(instant) + ", " + time(instant);
  }

  static String day(Instant instant) {
    return DAY.format(instant);
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Whether something can still happen to it. */
  static boolean isOpen(AccessRequest request) {
    return request.state() instanceof Open;
  }
}
