package io.github.ownproof.auth;

/** The suite's watch over tokens and canaries, for the tests of other packages. */
public final class WatchedText {

  private WatchedText() {}

  /** Whether there is a token or a canary in it. */
  public static boolean holdsSecret(String text) {
    return WatchedLogs.holdsSecret(text);
  }

  /** Everything an exception can tell. */
  public static String tellAll(Throwable thrown) {
    return WatchedLogs.tellAll(thrown);
  }

  /** How many lines were logged and searched. */
  public static long lines() {
    return WatchedLogs.lines();
  }
}
