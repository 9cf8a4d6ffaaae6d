package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.SupportAccessChecker;
import io.github.ownproof.auth.grant.SupportBanner;
import io.github.ownproof.auth.grant.SupportDecision;
import io.github.ownproof.auth.servlet.BearerTokenFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The orders, for the customers they belong to; and, at addresses of their own, for support. A
 * {@link BearerTokenFilter} stands before it.
 */
final class OrdersService extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** The header that a grant comes in, beside the engineer's own token. */
  static final String GRANT = "Support-Grant";

  static final String NAME = "orders-api";

  private static final String FOR_SUPPORT = "/support/";

  private final transient Orders orders;
  private final transient People people;
  private final transient SupportAccessChecker checker;

  OrdersService(Orders orders, People people, SupportAccessChecker checker) {
    this.orders = orders;
    this.people = people;
    this.checker = checker;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    VerifiedToken token = BearerTokenFilter.token(request).orElseThrow();
    String path = request.getRequestURI();
    if (path.startsWith(FOR_SUPPORT)) {
      forSupport(request, token, path.substring(FOR_SUPPORT.length()), response);
    } else {
      forCustomers(request, token, path.substring(1), response);
    }
  }

  /** The checker decides, and nothing else: here is no other way to a customer's order. */
  private void forSupport(
      HttpServletRequest request,
      VerifiedToken token,
      String resource,
      HttpServletResponse response)
      throws IOException {
    List<String> grants = Collections.list(request.getHeaders(GRANT));
    String grant = grants.size() == 1 ? grants.get(0) : "";
    String method = request.getMethod();
    String permission = method.equals("GET") ? Orders.READ : Orders.WRITE;
    SupportDecision decision = checker.check(token, grant, method, resource, permission);
    if (decision instanceof SupportDecision.Permitted permitted) {
      Optional<Orders.Order> order = orders.find(permitted.customer(), permitted.resource());
      if (order.isEmpty()) {
        Json.refuse(response, 404, "NOT_FOUND", "there is no such order");
        return;
      }
      Map<String, String> body = json(order.get());
      body.put("banner", SupportBanner.of(permitted).text());
      Json.answer(response, 200, body);
    } else if (decision instanceof SupportDecision.Denied denied) {
      Json.refuse(
          response,
          denied.refusal().status(),
          denied.refusal().name(),
          denied.refusal().explanation());
    }
  }

  /** Knows nothing of grants: whoever calls is who their token says, and sees what is theirs. */
  private void forCustomers(
      HttpServletRequest request,
      VerifiedToken token,
      String resource,
      HttpServletResponse response)
      throws IOException {
    Optional<Orders.Order> order =
        people
            .find(token.identity())
            .map(Person::customer)
            .flatMap(customer -> orders.find(customer, resource));
    if (order.isEmpty()) {
      Json.refuse(response, 403, "NOT_YOURS", "this order is not one of yours");
    } else if (!request.getMethod().equals("GET")) {
      Json.refuse(response, 405, "METHOD", "this demonstration only shows orders");
    } else {
      Json.answer(response, 200, json(order.get()));
    }
  }

  private static Map<String, String> json(Orders.Order order) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("order", order.resource());
    json.put("customer", order.customer().value());
    json.put("goods", order.goods());
    json.put("state", order.state());
    return json;
  }
}
