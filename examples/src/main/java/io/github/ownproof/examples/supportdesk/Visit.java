package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.TokenRejectedException;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to the desk: who sends it, and what is in it. */
final class Visit {

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final @Nullable Session session;
  private final TokenVerifier verifier;
  private final People people;

  Visit(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Session session,
      TokenVerifier verifier,
      People people) {
    this.request = request;
    this.response = response;
    this.session = session;
    this.verifier = verifier;
    this.people = people;
  }

  /** The session, if somebody is signed in. */
  Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  /** The person who is signed in, if somebody is: for what to show, never for what to allow. */
  Optional<Person> visitor() {
    try {
      return session().flatMap(open -> people.find(verify(open).identity()));
    } catch (TokenRejectedException e) {
      return Optional.empty();
    }
  }

  /** The access token of who is signed in, verified for this request. */
  VerifiedToken token() {
    try {
      return verify(signedIn());
    } catch (TokenRejectedException e) {
      if (e.reason().isTransient()) {
        throw Trouble.of(
            503,
            "Not now",
            "The identity provider's keys cannot be had, so nobody can be recognised.",
            "Try again in a moment.");
      }
      throw signInNeeded();
    }
  }

  /** Who is signed in. */
  Person person() {
    return people
        .find(token().identity())
        .orElseThrow(
            () ->
                Trouble.of(
                    403,
                    "You have no account here",
                    "You are signed in, but not as somebody this desk knows.",
                    "Sign out, and sign in as somebody else."));
  }

  /** The session of who is signed in. */
  Session signedIn() {
    return session().orElseThrow(Visit::signInNeeded);
  }

  private VerifiedToken verify(Session open) {
    return verifier.verify(open.accessToken());
  }

  private static Trouble signInNeeded() {
    return Trouble.of(
        401,
        "Please sign in",
        "This page is for people who are signed in, and you are not, or not any more.",
        "Go back to the start and sign in.");
  }

  /** What was sent under this name; empty if nothing was. */
  String parameter(String name) {
    return Optional.ofNullable(request.getParameter(name)).orElse("").strip();
  }

  /** Everything that was sent under this name. */
  List<String> parameters(String name) {
    String[] values = request.getParameterValues(name);
    return values == null ? List.of() : List.of(values);
  }

  /** The request or grant that the page is about. */
  GrantId grantId() {
    try {
      return GrantId.of(parameter("id"));
    } catch (InvalidSupportAccessException e) {
      throw notThere();
    }
  }

  /** The same for what is not there and for what is none of the visitor's business. */
  static Trouble notThere() {
    return Trouble.of(
        404,
        "There is nothing here",
        "There is no such page, or it is not for you.",
        "Check the address, or start again from the first page.");
  }

  Optional<String> cookie(Cookies.Kind kind) {
    return Cookies.read(request, kind);
  }

  void setCookie(Cookies.Kind kind, String value) {
    Cookies.set(response, kind, value);
  }

  void removeCookie(Cookies.Kind kind) {
    Cookies.remove(response, kind);
  }
}
