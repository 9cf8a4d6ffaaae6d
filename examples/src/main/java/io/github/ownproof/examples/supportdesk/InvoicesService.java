package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.servlet.BearerTokenFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A service that did not opt in to support access. It needs no code for that: to it an engineer is
 * somebody who is no customer's, whatever else they send.
 */
final class InvoicesService extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient People people;

  InvoicesService(People people) {
    this.people = people;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<String> customer =
        BearerTokenFilter.token(request)
            .flatMap(token -> people.find(token.identity()))
            .map(Person::customer)
            .map(id -> id.value());
    if (customer.isEmpty()) {
      Json.refuse(
          response,
          403,
          "NO_CUSTOMER",
          "you belong to no customer, and this service knows nothing of support grants");
    } else {
      Json.answer(response, 200, Map.of("customer", customer.get(), "invoice", "paid"));
    }
  }
}
