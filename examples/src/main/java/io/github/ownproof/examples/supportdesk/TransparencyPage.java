package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantUse;
import io.github.ownproof.auth.grant.SupportAccess;
import io.github.ownproof.auth.grant.SupportRefusal;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** What everybody at the customer sees: every request, every grant, every use, as it happens. */
final class TransparencyPage {

  private static final int MOST_SHOWN = 100;
  private static final Html READ = Html.of("<span class=\"badge granted\">Read</span>");

  private final SupportAccess desk;
  private final ApproverPages approvers;
  private final People people;
  private final Views views;
  private final Clock clock;

  TransparencyPage(
      SupportAccess desk, ApproverPages approvers, People people, Views views, Clock clock) {
    this.desk = desk;
    this.approvers = approvers;
    this.people = people;
    this.views = views;
    this.clock = clock;
  }

  void addTo(DeskServlet servlet) {
    servlet.get("/transparency", this::show);
  }

  private Answer show(Visit visit) {
    CustomerId customer = visit.person().customer();
    if (customer == null) {
      throw Visit.notThere();
    }
    boolean live = !visit.parameter("view").equals("still");
    List<AccessRequest> requests = desk.requests(customer);
    Table uses = uses(desk.uses(customer));
    Table asked = requests(requests);
    Answer.Page page =
        Answer.Page.of(
            "Support access to your data",
            Html.of(
                """
                <p class="live">{}</p>
                <section><h2>Open now</h2>{}</section>
                <section><h2>Every use <span class="count">{}</span></h2>{}</section>
                <section><h2>Requests <span class="count">{}</span></h2>{}</section>
                """,
                status(live),
                approvers.granted(visit, requests),
                uses.size(),
                uses.newestFirst().orElse("Nobody has used or tried anything."),
                asked.size(),
                asked.newestFirst().orElse("Support has not asked for anything.")));
    return live ? page.goingOn("/transparency", 2) : page;
  }

  private Html status(boolean live) {
    return live
        ? Html.of(
            """
            <span class="dot"></span> Live, as of {}. <a href="/transparency?view=still">Pause</a>
            """,
            Views.time(clock.instant()))
        : Html.of(
            "Paused, as of {}. <a href=\"/transparency\">Go on</a>", Views.time(clock.instant()));
  }

  private Table uses(List<GrantUse> uses) {
    Table table = Table.of("When", "Who", "Ticket", "What", "Outcome");
    for (GrantUse use : uses.subList(Math.max(0, uses.size() - MOST_SHOWN), uses.size())) {
      table.row(
          Html.of("{}<br>{}", Views.day(use.at()), Views.time(use.at())),
          people.name(use.engineer()),
          use.ticket(),
          Html.of("<code>{} {}</code>", use.method(), use.resource()),
          use.outcome().reason().map(TransparencyPage::refused).orElse(READ));
    }
    return table;
  }

  private static Html refused(String reason) {
    return Html.of(
        """
        <span class="badge denied">Refused</span> <span class="aside"><code>{}</code> {}</span>
        """,
        reason,
        explanation(reason));
  }

  private static String explanation(String reason) {
    return Arrays.stream(SupportRefusal.values())
        .filter(refusal -> refusal.name().equals(reason))
        .map(SupportRefusal::explanation)
        .findFirst()
        .orElse("");
  }

  private Table requests(List<AccessRequest> requests) {
    Table table = Table.of("Ticket", "Who", "Why", "Asked for", "State");
    for (AccessRequest request :
        requests.subList(Math.max(0, requests.size() - MOST_SHOWN), requests.size())) {
      table.row(
          request.ticket(),
          people.name(request.engineer()),
          request.justification(),
          "to "
              + Views.what(request.asked())
              + ", for "
              + Views.duration(request.asked().duration()),
          views.state(request));
    }
    return table;
  }
}
