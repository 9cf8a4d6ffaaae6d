package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessScope;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.Resources;
import io.github.ownproof.auth.grant.SupportAccess;
import io.github.ownproof.auth.grant.SupportOutcome.Refused;
import io.github.ownproof.auth.grant.SupportRefusal;
import java.util.List;
import java.util.TreeSet;

/** What the customer's administrator sees: what is asked, and what to answer. */
final class ApproverPages {

  private final SupportAccess desk;
  private final People people;
  private final Views views;

  ApproverPages(SupportAccess desk, People people, Views views) {
    this.desk = desk;
    this.people = people;
    this.views = views;
  }

  void addTo(DeskServlet servlet) {
    servlet
        .get("/inbox", this::inbox)
        .get("/inbox/request", this::one)
        .post("/inbox/approve", this::approve)
        .post("/inbox/deny", this::deny)
        .post("/grants/revoke", this::revoke);
  }

  private Answer inbox(Visit visit) {
    List<AccessRequest> requests = desk.requests(customer(visit));
    return Answer.Page.of(
        "What support asks of you",
        Html.of(
            """
            <section><h2>Waiting for your answer</h2>{}</section>
            <section><h2>Open now</h2>{}</section>
            """,
            pending(requests),
            granted(visit, requests)));
  }

  private Html pending(List<AccessRequest> requests) {
    Table table = Table.of("Ticket", "Who asks", "For what", "How long");
    for (AccessRequest request : requests) {
      if (request.state() instanceof AccessState.Pending) {
        table.row(
            Html.of("<a href=\"/inbox/request?id={}\">{}</a>", request.id(), request.ticket()),
            people.name(request.engineer()),
            Views.what(request.asked()),
            Views.duration(request.asked().duration()));
      }
    }
    return table.orElse("Nothing waits.");
  }

  /** What is open; for an approver with a button to take it back. */
  Html granted(Visit visit, List<AccessRequest> requests) {
    boolean mayRevoke = people.isApprover(visit.person());
    Table table =
        mayRevoke
            ? Table.of("Ticket", "Who", "May what", "Take it back")
            : Table.of("Ticket", "Who", "May what");
    for (AccessRequest request : requests) {
      if (request.state() instanceof AccessState.Granted) {
        String name = people.name(request.engineer());
        String what = views.explained(request.state());
        if (mayRevoke) {
          table.row(request.ticket(), name, what, revokeForm(visit, request));
        } else {
          table.row(request.ticket(), name, what);
        }
      }
    }
    return table.orElse("Nobody has access.");
  }

  private static Html revokeForm(Visit visit, AccessRequest request) {
    return Html.of(
        """
        <form method="post" action="/grants/revoke">{}
        <input type="hidden" name="id" value="{}">
        <button class="danger">Revoke</button>
        </form>
        """,
        Layout.formToken(visit),
        request.id());
  }

  private Answer one(Visit visit) {
    AccessRequest request = ofOwnCustomer(visit);
    boolean pending = request.state() instanceof AccessState.Pending;
    Html answers =
        pending
            ? DecisionForm.html(visit, request)
            : request.state() instanceof AccessState.Granted
                ? revokeForm(visit, request)
                : Html.NONE;
    return Answer.Page.of(
        pending ? "Do you agree?" : "Request on " + request.ticket(),
        Html.of(
            "{}{}{}<p><a href=\"/inbox\">Back to all requests</a></p>",
            pending ? views.question(request) : Html.NONE,
            views.facts(request),
            answers));
  }

  private Answer approve(Visit visit) {
    GrantId id = visit.grantId();
    AccessScope chosen =
        new AccessScope(
            new Resources(
                new TreeSet<>(visit.parameters("exact")), new TreeSet<>(visit.parameters("tree"))),
            new TreeSet<>(visit.parameters("permission")),
            EngineerPages.minutes(visit));
    return desk.tryApprove(id, visit.token(), chosen)
        .<Answer>fold(
            grant -> Answer.Redirect.to("/inbox/request?id=" + id),
            waiting -> Answer.Redirect.to("/inbox/request?id=" + id),
            refused -> {
              if (refused.refusal() == SupportRefusal.STEP_UP) {
                return signInAgain(id, refused);
              }
              throw Trouble.of(refused);
            });
  }

  private static Answer signInAgain(GrantId id, Refused<?> refused) {
    return Answer.Page.of(
            "One more step",
            Html.of(
                """
                <div class="notice" role="status">
                <p>Opening your data to somebody takes more certainty that it is really you: a
                sign-in with your security key, not longer than five minutes ago.</p>
                </div>
                <p>Nothing was approved yet. Sign in again with your security key; you come back to
                the request, and approve it there.</p>
                <p><a class="button" href="/sign-in?id={}">Sign in with a security key</a></p>
                <p><a href="/inbox/request?id={}">Back to the request</a></p>
                """,
                id,
                id))
        .status(refused.refusal().status())
        .challenge(refused.challenge());
  }

  private Answer deny(Visit visit) {
    GrantId id = visit.grantId();
    return desk.tryDeny(id, visit.token())
        .fold(
            request -> Answer.Redirect.to("/inbox/request?id=" + id),
            waiting -> Answer.Redirect.to("/inbox/request?id=" + id),
            refused -> {
              throw Trouble.of(refused);
            });
  }

  private Answer revoke(Visit visit) {
    GrantId id = visit.grantId();
    String page =
        people.isEngineer(visit.person()) ? "/requests/one?id=" + id : "/inbox/request?id=" + id;
    return desk.tryRevoke(id, visit.token())
        .fold(
            request -> Answer.Redirect.to(page),
            waiting -> Answer.Redirect.to(page),
            refused -> {
              throw Trouble.of(refused);
            });
  }

  private AccessRequest ofOwnCustomer(Visit visit) {
    CustomerId customer = customer(visit);
    return desk.find(visit.grantId())
        .filter(request -> request.customer().equals(customer))
        .orElseThrow(Visit::notThere);
  }

  private CustomerId customer(Visit visit) {
    Person person = visit.person();
    CustomerId customer = person.customer();
    if (customer == null || !people.isApprover(person)) {
      throw Visit.notThere();
    }
    return customer;
  }
}
