package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.TokenRejectedException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start, and the way in and out. */
final class SignInPages {

  private static final Logger LOG = LoggerFactory.getLogger(SignInPages.class);

  private final SignIn signIn;
  private final Sessions sessions;
  private final People people;

  SignInPages(SignIn signIn, Sessions sessions, People people) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.people = people;
  }

  void addTo(DeskServlet servlet) {
    servlet
        .get("/", this::start)
        .get("/sign-in", this::leave)
        .get("/signed-in", this::comeBack)
        .post("/sign-out", this::signOut);
  }

  private Answer start(Visit visit) {
    return visit
        .visitor()
        .<Answer>map(
            person ->
                Answer.Redirect.to(
                    people.isEngineer(person)
                        ? "/requests"
                        : people.isApprover(person) ? "/inbox" : "/transparency"))
        .orElseGet(SignInPages::welcome);
  }

  private static Answer welcome() {
    return Answer.Page.of(
        "Help without a master key",
        Html.of(
            """
            <p class="lead">Support cannot look at a customer's data by itself. An engineer asks for
            the one thing a case needs, the customer decides, and the customer sees every use.</p>
            <ol class="steps">
            <li><strong>Erin</strong>, the engineer, asks to look at an order.</li>
            <li><strong>Ada</strong>, the customer's administrator, agrees to all of it, to part of
            it, or not at all.</li>
            <li><strong>Cleo</strong>, at the customer, watches what happens, as it happens.</li>
            </ol>
            <p><a class="button" href="/sign-in">Sign in</a></p>
            """));
  }

  /** To the provider. A link and no form: what a form leads to must be on our own site. */
  private Answer leave(Visit visit) {
    boolean strong = !visit.parameter("id").isEmpty();
    String then = strong ? "/inbox/request?id=" + visit.grantId() : "/";
    SignIn.Attempt attempt = SignIn.Attempt.to(then);
    visit.setCookie(Cookies.Kind.SIGN_IN, sessions.begin(attempt));
    return new Answer.Redirect(signIn.at(attempt, strong));
  }

  private Answer comeBack(Visit visit) throws IOException, InterruptedException {
    SignIn.Attempt attempt =
        visit
            .cookie(Cookies.Kind.SIGN_IN)
            .flatMap(sessions::finish)
            .filter(begun -> Secrets.same(begun.state(), visit.parameter("state")))
            .orElseThrow(SignInPages::notBegunHere);
    visit.removeCookie(Cookies.Kind.SIGN_IN);
    Session session;
    try {
      session = new Session(signIn.finish(attempt, visit.parameter("code")));
    } catch (TokenRejectedException e) {
      LOG.warn("What the provider issued is refused: {}", e.reason());
      throw notBegunHere();
    }
    visit.cookie(Cookies.Kind.SESSION).ifPresent(sessions::close);
    visit.setCookie(Cookies.Kind.SESSION, sessions.open(session));
    // A redirect would still count as coming from the provider's site, and bring no strict cookie.
    return Answer.Page.of(
            "You are signed in",
            Html.of("<p><a class=\"button\" href=\"{}\">Continue</a></p>", attempt.then()))
        .goingOn(attempt.then(), 0);
  }

  private static Trouble notBegunHere() {
    return Trouble.of(
        400,
        "Signing in did not work",
        "This sign-in was not begun in this browser, was used already, or took too long.",
        "Go back to the start and sign in again.");
  }

  private Answer signOut(Visit visit) {
    visit.cookie(Cookies.Kind.SESSION).ifPresent(sessions::close);
    visit.removeCookie(Cookies.Kind.SESSION);
    return Answer.Redirect.to("/");
  }
}
