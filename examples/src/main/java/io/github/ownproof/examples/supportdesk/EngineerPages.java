package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessRequestDraft;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.SupportAccess;
import io.github.ownproof.core.audit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the engineer sees: a form to ask for access, and what became of earlier requests. */
final class EngineerPages {

  private final SupportAccess desk;
  private final People people;
  private final List<CustomerId> customers;
  private final Views views;

  EngineerPages(SupportAccess desk, People people, List<CustomerId> customers, Views views) {
    this.desk = desk;
    this.people = people;
    this.customers = customers;
    this.views = views;
  }

  void addTo(DeskServlet servlet) {
    servlet
        .get("/requests", this::list)
        .get("/requests/new", this::form)
        .post("/requests/new", this::ask)
        .get("/requests/one", this::one);
  }

  private Answer list(Visit visit) {
    Table table = Table.of("Ticket", "Customer", "Asked for", "State");
    for (AccessRequest request : own(visit)) {
      table.row(
          Html.of("<a href=\"/requests/one?id={}\">{}</a>", request.id(), request.ticket()),
          request.customer(),
          Views.names(request.asked().resources()),
          views.state(request));
    }
    return Answer.Page.of(
        "My requests",
        Html.of(
            "{}<p><a class=\"button\" href=\"/requests/new\">Ask for access</a></p>",
            table.newestFirst().orElse("You have not asked for anything yet.")));
  }

  private List<AccessRequest> own(Visit visit) {
    Actor.Identified me = engineer(visit);
    List<AccessRequest> own = new ArrayList<>();
    for (CustomerId customer : customers) {
      desk.requests(customer).stream()
          .filter(request -> request.engineer().equals(me))
          .forEach(own::add);
    }
    return own;
  }

  private Answer form(Visit visit) {
    Actor.Identified unused = engineer(visit);
    return Answer.Page.of(
        "Ask for access",
        Html.of(
            """
            <p>Ask for as little as the case needs. The customer reads what you write here.</p>
            <form class="fields" method="post" action="/requests/new">{}
            <label for="customer">Customer</label>
            <select id="customer" name="customer">{}</select>
            <label for="ticket">Ticket</label>
            <input id="ticket" name="ticket" required maxlength="128" placeholder="CASE-4711"
              autocomplete="off">
            <label for="resources">Orders, with spaces between</label>
            <input id="resources" name="resources" required maxlength="500"
              placeholder="orders/1001 orders/1002" autocomplete="off">
            <label for="permission">To do what</label>
            <select id="permission" name="permission">
            <option value="orders:read">look at them (orders:read)</option>
            <option value="orders:write">change them (orders:write), which is never granted</option>
            </select>
            <label for="minutes">For how long</label>
            <select id="minutes" name="minutes">
            <option value="15">15 minutes</option><option value="30">30 minutes</option>
            <option value="60" selected>1 hour</option><option value="240">4 hours</option>
            <option value="480">8 hours</option>
            </select>
            <label for="justification">Why</label>
            <input id="justification" name="justification" required maxlength="500"
              autocomplete="off">
            <button>Ask the customer</button>
            </form>
            """,
            Layout.formToken(visit),
            Html.join(customers.stream().map(EngineerPages::option).toList())));
  }

  private static Html option(CustomerId customer) {
    return Html.of("<option value=\"{}\">{}</option>", customer, customer);
  }

  private Answer ask(Visit visit) {
    AccessRequestDraft draft =
        AccessRequestDraft.of(CustomerId.of(visit.parameter("customer")), visit.parameter("ticket"))
            .resources(visit.parameter("resources").split("\\s+"))
            .permissions(visit.parameter("permission"))
            .residency(Demo.RESIDENCY)
            .justification(visit.parameter("justification"))
            .duration(minutes(visit));
    return desk.tryRequest(visit.token(), draft)
        .fold(
            request -> Answer.Redirect.to("/requests/one?id=" + request.id()),
            waiting -> Answer.Redirect.to("/requests/one?id=" + waiting.request().id()),
            refused -> {
              throw Trouble.of(refused);
            });
  }

  /** How long, as a form says it. */
  static Duration minutes(Visit visit) {
    try {
      return Duration.ofMinutes(Integer.parseInt(visit.parameter("minutes")));
    } catch (NumberFormatException e) {
      throw Trouble.of(
          400,
          "That is no time",
          "For how long is a whole number of minutes.",
          "Go back and choose one of the list.");
    }
  }

  private Answer one(Visit visit) {
    AccessRequest request = ownRequest(visit);
    boolean granted = request.state() instanceof AccessState.Granted;
    Html buttons =
        granted
            ? UsePages.buttons(visit, request)
            : request.state() instanceof AccessState.Pending
                ? Html.of(
                    """
                    <p>This page looks again every few seconds. Until the customer agrees, there is
                    no access.</p>
                    """)
                : Html.NONE;
    Answer.Page page =
        Answer.Page.of(
            "Request on " + request.ticket(),
            Html.of("{}{}{}", views.facts(request), buttons, withdraw(visit, request)));
    return request.state() instanceof AccessState.Pending
        ? page.goingOn("/requests/one?id=" + request.id(), 3)
        : page;
  }

  private static Html withdraw(Visit visit, AccessRequest request) {
    return Views.isOpen(request)
        ? Html.of(
            """
            <form method="post" action="/grants/revoke">{}
            <input type="hidden" name="id" value="{}">
            <button class="plain">I do not need it any more</button>
            </form>
            """,
            Layout.formToken(visit),
            request.id())
        : Html.NONE;
  }

  private AccessRequest ownRequest(Visit visit) {
    Actor.Identified me = engineer(visit);
    GrantId id = visit.grantId();
    return desk.find(id)
        .filter(request -> request.engineer().equals(me))
        .orElseThrow(Visit::notThere);
  }

  private Actor.Identified engineer(Visit visit) {
    VerifiedToken token = visit.token();
    if (!people.isEngineer(visit.person())) {
      throw Visit.notThere();
    }
    return new Actor.Identified(token.identity().issuer(), token.identity().subject());
  }
}
