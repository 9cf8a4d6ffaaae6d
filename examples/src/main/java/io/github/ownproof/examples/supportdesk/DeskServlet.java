package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the page for a request, lets no form in that is not the session's own, and answers. */
final class DeskServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(DeskServlet.class);

  /** The field that every form carries. */
  static final String FORM_TOKEN = "form-token";

  /** What makes the answer to a request. */
  @FunctionalInterface
  interface Handler {
    Answer handle(Visit visit) throws IOException, InterruptedException;
  }

  private final transient Map<String, Handler> handlers = new HashMap<>();
  private final transient Sessions sessions;
  private final transient TokenVerifier verifier;
  private final transient People people;
  private final transient Layout layout;
  private final URI origin;

  DeskServlet(URI origin, Sessions sessions, TokenVerifier verifier, People people) {
    this.origin = origin;
    this.sessions = sessions;
    this.verifier = verifier;
    this.people = people;
    this.layout = new Layout(people);
  }

  /** A page to look at, which changes nothing. */
  DeskServlet get(String path, Handler handler) {
    handlers.put("GET " + path, handler);
    return this;
  }

  /** A form that was sent by somebody who is signed in. */
  DeskServlet post(String path, Handler handler) {
    handlers.put("POST " + path, handler);
    return this;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getRequestURI().equals("/style.css")) {
      style(response);
      return;
    }
    Session session =
        Cookies.read(request, Cookies.Kind.SESSION).flatMap(sessions::find).orElse(null);
    Visit visit = new Visit(request, response, session, verifier, people);
    Answer answer = answer(request, visit);
    if (answer instanceof Answer.Redirect redirect) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", redirect.to().toString());
      return;
    }
    Answer.Page page = (Answer.Page) answer;
    response.setStatus(page.status());
    response.setContentType("text/html; charset=utf-8");
    if (!page.challenge().isEmpty()) {
      response.setHeader("WWW-Authenticate", page.challenge());
    }
    response.getOutputStream().write(layout.render(page, visit).getBytes(StandardCharsets.UTF_8));
  }

  private Answer answer(HttpServletRequest request, Visit visit) {
    try {
      if (!origin.getAuthority().equals(request.getHeader("Host"))) {
        // By any other name this is another site, with other cookies.
        return new Answer.Redirect(origin);
      }
      Handler handler = handlers.get(request.getMethod() + " " + request.getRequestURI());
      if (handler == null) {
        throw Visit.notThere();
      }
      if (!request.getMethod().equals("GET")) {
        requireFormToken(visit);
      }
      return handler.handle(visit);
    } catch (Trouble trouble) {
      return trouble.page();
    } catch (InvalidSupportAccessException e) {
      // People need no code: it stands before the sentence, with a colon.
      String sentence = e.getMessage().substring(e.code().length() + 2);
      return Trouble.of(400, "That cannot be asked for", sentence, "Go back and change it.").page();
    } catch (GrantStoreException e) {
      return failed(e, 503, "Requests and grants cannot be read at the moment.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(e, 503, "The desk is being shut down.");
    } catch (IOException e) {
      return failed(e, 502, "A service that the desk needs did not answer as it should.");
    } catch (RuntimeException e) {
      return failed(e, 500, "The desk failed in a way nobody foresaw.");
    }
  }

  private static void requireFormToken(Visit visit) {
    if (!Secrets.same(visit.signedIn().formToken(), visit.parameter(FORM_TOKEN))) {
      throw Trouble.of(
          403,
          "This form is not from here",
          "What was sent does not come from a page of your own session, so nothing was done.",
          "If you meant it, go back to the start and do it there.");
    }
  }

  /** The message may hold what came from outside: the log gets the kind of the failure alone. */
  private static Answer.Page failed(Exception e, int status, String what) {
    LOG.warn("A page failed: {}", e.getClass().getName());
    return Trouble.of(status, "That did not work", what, "Try again in a moment.").page();
  }

  private static void style(HttpServletResponse response) throws IOException {
    try (InputStream css =
        Objects.requireNonNull(DeskServlet.class.getResourceAsStream("/supportdesk/style.css"))) {
      response.setContentType("text/css; charset=utf-8");
      response.setHeader("Cache-Control", "max-age=60");
      css.transferTo(response.getOutputStream());
    }
  }
}
