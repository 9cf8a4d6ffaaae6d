package io.github.ownproof.examples.supportdesk;

import java.net.URI;

/** What a request is answered with. */
sealed interface Answer {

  /**
   * A page.
   *
   * @param status the HTTP status
   * @param title what it is about, for the tab and the headline
   * @param body what is below the headline
   * @param challenge the {@code WWW-Authenticate} value; empty if there is none
   * @param goOn where the browser goes by itself after some seconds; empty if it stays
   * @param seconds after how many
   */
  record Page(int status, String title, Html body, String challenge, String goOn, int seconds)
      implements Answer {

    static Page of(String title, Html body) {
      return new Page(200, title, body, "", "", 0);
    }

    Page status(int other) {
      return new Page(other, title, body, challenge, goOn, seconds);
    }

    Page challenge(String value) {
      return new Page(status, title, body, value, goOn, seconds);
    }

    Page goingOn(String path, int after) {
      return new Page(status, title, body, challenge, path, after);
    }
  }

  /** Another address, to be fetched with GET. */
  record Redirect(URI to) implements Answer {
    static Redirect to(String path) {
      return new Redirect(URI.create(path));
    }
  }
}
