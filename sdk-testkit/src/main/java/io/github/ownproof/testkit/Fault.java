package io.github.ownproof.testkit;

import java.time.Duration;

/**
 * Something that goes wrong between a client and an {@link S3World}, on demand. All but {@link
 * #lostAnswer()} happens before the signature is verified and before anything is stored, like
 * trouble in front of S3. Immutable and thread-safe.
 */
public sealed interface Fault {

  /**
   * The request is answered with this error and does nothing else.
   *
   * @param status the HTTP status, 400 to 599
   * @param code the S3 error code, e.g. {@code SlowDown}, {@code InternalError}
   * @throws IllegalArgumentException if the status is no error
   */
  static Fault error(int status, String code) {
    return new ErrorAnswer(status, code);
  }

  /**
   * {@link #error(int, String)} with the code S3 uses for this status: {@code SlowDown} for 503 and
   * 429, {@code InternalError} for other 5xx, {@code InvalidRequest} for other 4xx.
   *
   * @throws IllegalArgumentException if the status is no error
   */
  static Fault error(int status) {
    String code = status >= 500 ? "InternalError" : "InvalidRequest";
    return new ErrorAnswer(status, status == 503 || status == 429 ? "SlowDown" : code);
  }

  /** The request waits this long and is then answered as if nothing had happened. */
  static Fault delay(Duration duration) {
    return new Delay(duration);
  }

  /**
   * The request is read and never answered; its connection is reset when the faults are cleared or
   * the world is closed.
   */
  static Fault hang() {
    return new Hang();
  }

  /** The connection is reset before anything is answered. */
  static Fault reset() {
    return new Reset();
  }

  /**
   * The request is carried out, and its connection is reset in place of the answer: the client
   * cannot know whether it was. The wire log tells how it would have been answered.
   */
  static Fault lostAnswer() {
    return new LostAnswer();
  }

  /** An error answer; see {@link Fault#error(int, String)}. */
  record ErrorAnswer(int status, String code) implements Fault {
    /** Checks the status. */
    public ErrorAnswer {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("Not an error status: " + status);
      }
    }
  }

  /** A late answer; see {@link Fault#delay(Duration)}. */
  record Delay(Duration duration) implements Fault {}

  /** No answer; see {@link Fault#hang()}. */
  record Hang() implements Fault {}

  /** A broken connection; see {@link Fault#reset()}. */
  record Reset() implements Fault {}

  /** An answer that does not arrive; see {@link Fault#lostAnswer()}. */
  record LostAnswer() implements Fault {}
}
