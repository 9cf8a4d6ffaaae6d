package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.SupportAccess;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What the engineer does with a grant, and tries to do; the services decide. */
final class UsePages {

  private static final Html NOT_AGREED =
      Html.of(
          """
          <p>If the case needs it, ask the customer for it, or ask them to do it themselves. Support
          access is never more than what the customer agreed to.</p>
          """);

  private final SupportAccess desk;
  private final ServiceClient services;

  UsePages(SupportAccess desk, ServiceClient services) {
    this.desk = desk;
    this.services = services;
  }

  void addTo(DeskServlet servlet) {
    servlet
        .post("/use/read", visit -> use(visit, "GET", services.orders("/support/")))
        .post("/use/change", visit -> use(visit, "PUT", services.orders("/support/")))
        .post("/use/unaware", visit -> use(visit, "GET", services.invoices()));
  }

  /** A button for each order that may be read, and for what must not work. */
  static Html buttons(Visit visit, AccessRequest request) {
    Set<String> granted = new TreeSet<>();
    if (request.state() instanceof AccessState.Granted state) {
      granted.addAll(state.scope().resources().exact());
    }
    Set<String> notGranted = new TreeSet<>(request.asked().resources().exact());
    notGranted.removeAll(granted);
    notGranted.add(request.customer().equals(Person.ACME) ? "orders/2001" : "orders/1001");
    return Html.of(
        """
        <section><h2>Use it</h2>
        <div class="actions">{}</div>
        </section>
        <section><h2>See what it does not do</h2>
        <div class="actions quiet">{}{}{}</div>
        </section>
        """,
        each(granted, name -> button(visit, request, "/use/read", name, "Read " + name)),
        each(granted, name -> button(visit, request, "/use/change", name, "Try to change " + name)),
        each(
            notGranted,
            name ->
                button(
                    visit,
                    request,
                    "/use/read",
                    name,
                    "Try to read " + (isAsked(request, name) ? name : name + ", a neighbour's"))),
        each(
            granted,
            name ->
                button(
                    visit,
                    request,
                    "/use/unaware",
                    name.replace("orders/", "invoices/"),
                    "Try the invoice of " + name)));
  }

  private static boolean isAsked(AccessRequest request, String name) {
    return request.asked().resources().cover(name);
  }

  private static Html each(Set<String> names, Function<String, Html> html) {
    return Html.join(names.stream().map(html).toList());
  }

  private static Html button(
      Visit visit, AccessRequest request, String action, String resource, String label) {
    return Html.of(
        """
        <form method="post" action="{}">{}
        <input type="hidden" name="id" value="{}">
        <button name="resource" value="{}">{}</button>
        </form>
        """,
        action,
        Layout.formToken(visit),
        request.id(),
        resource,
        label);
  }

  private Answer use(Visit visit, String method, ServiceClient.Service service)
      throws IOException, InterruptedException {
    VerifiedToken engineer = visit.token();
    GrantId id = visit.grantId();
    Session session = visit.signedIn();
    String grant = session.grant(id).orElseGet(() -> issue(id, engineer, session));
    String resource = visit.parameter("resource");
    ServiceClient.Reply reply =
        service.call(method, resource, session.accessToken(), List.of(grant));
    return reply.status() == 200
        ? shown(id, resource, reply)
        : refused(id, method, resource, reply);
  }

  private String issue(GrantId id, VerifiedToken engineer, Session session) {
    String grant =
        desk.tryIssue(id, engineer)
            .fold(
                issued -> issued,
                waiting -> "",
                refused -> {
                  throw Trouble.of(refused);
                });
    session.keep(id, grant);
    return grant;
  }

  private static Answer shown(GrantId id, String resource, ServiceClient.Reply reply) {
    return Answer.Page.of(
        "Here is " + resource,
        Html.of(
            """
            <p class="banner" role="status">{}</p>
            <dl class="facts">
            <dt>Order</dt><dd>{}</dd>
            <dt>Customer</dt><dd>{}</dd>
            <dt>Goods</dt><dd>{}</dd>
            <dt>State</dt><dd>{}</dd>
            </dl>
            {}
            """,
            reply.text("banner"),
            reply.text("order"),
            reply.text("customer"),
            reply.text("goods"),
            reply.text("state"),
            back(id)));
  }

  private static Answer refused(
      GrantId id, String method, String resource, ServiceClient.Reply reply) {
    return Answer.Page.of(
            "Refused",
            Html.of(
                """
                <div class="notice refused" role="alert"><p>{}</p></div>
                <dl class="facts">
                <dt>You tried</dt><dd><code>{} {}</code></dd>
                <dt>The service said</dt><dd>status {}, <code>{}</code></dd>
                </dl>
                {}{}
                """,
                reply.explanation(),
                method,
                resource,
                reply.status(),
                reply.text("refused"),
                reply.status() == 403 ? NOT_AGREED : Html.NONE,
                back(id)))
        .status(reply.status());
  }

  private static Html back(GrantId id) {
    return Html.of("<p><a href=\"/requests/one?id={}\">Back to the request</a></p>", id);
  }
}
