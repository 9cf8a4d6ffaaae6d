package io.github.ownproof.testkit;

import java.net.URI;
import java.time.Duration;

/**
 * Something that goes wrong when keys are fetched from a {@link JwksServer}, on demand. Immutable
 * and thread-safe.
 */
public sealed interface JwksFault {

  /** The request is read and never answered. */
  static JwksFault hang() {
    return new Hang();
  }

  /** The right answer, one byte of its body a second. */
  static JwksFault slowDrip() {
    return new SlowDrip();
  }

  /** Half of the body, and then the connection is reset. */
  static JwksFault resetMidBody() {
    return new ResetMidBody();
  }

  /**
   * An answer of this status, with a short text for a body where it may have one.
   *
   * @throws IllegalArgumentException if it is not between 201 and 599
   */
  static JwksFault status(int status) {
    return new Status(status);
  }

  /** Status 200 and a page of HTML, as a captive portal or a load balancer has it. */
  static JwksFault html() {
    return new Html();
  }

  /** Status 200 and the first half of the document, as if it were all. */
  static JwksFault truncated() {
    return new Truncated();
  }

  /** Status 200 and <code>{"keys":[]}</code>. */
  static JwksFault emptyKeys() {
    return new EmptyKeys();
  }

  /** Status 200 and 300 MB of spaces, whose length is not announced. */
  static JwksFault huge() {
    return new Huge();
  }

  /** Status 200, {@code Content-Encoding: gzip}, and a small body that unpacks to 64 MB. */
  static JwksFault gzipBomb() {
    return new GzipBomb();
  }

  /** Status 302 to there. */
  static JwksFault redirectTo(URI location) {
    return new RedirectTo(location);
  }

  /** The right answer, this much later. */
  static JwksFault latency(Duration duration) {
    return new Latency(duration);
  }

  /** No answer; see {@link JwksFault#hang()}. */
  record Hang() implements JwksFault {}

  /** A slow body; see {@link JwksFault#slowDrip()}. */
  record SlowDrip() implements JwksFault {}

  /** A broken connection; see {@link JwksFault#resetMidBody()}. */
  record ResetMidBody() implements JwksFault {}

  /** Another status; see {@link JwksFault#status(int)}. */
  record Status(int status) implements JwksFault {
    /** Checks the status. */
    public Status {
      if (status < 201 || status > 599) {
        throw new IllegalArgumentException("Not a final status other than 200: " + status);
      }
    }
  }

  /** A web page; see {@link JwksFault#html()}. */
  record Html() implements JwksFault {}

  /** Half a document; see {@link JwksFault#truncated()}. */
  record Truncated() implements JwksFault {}

  /** No keys; see {@link JwksFault#emptyKeys()}. */
  record EmptyKeys() implements JwksFault {}

  /** Far too much; see {@link JwksFault#huge()}. */
  record Huge() implements JwksFault {}

  /** Far too much, packed; see {@link JwksFault#gzipBomb()}. */
  record GzipBomb() implements JwksFault {}

  /** A redirect; see {@link JwksFault#redirectTo(URI)}. */
  record RedirectTo(URI location) implements JwksFault {}

  /** A late answer; see {@link JwksFault#latency(Duration)}. */
  record Latency(Duration duration) implements JwksFault {}
}
