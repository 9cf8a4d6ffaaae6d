package io.github.ownproof.examples;

/** How every example ends: one summary line, and an exit code other than 0 on any surprise. */
public final class Surprise extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private Surprise(String message) {
    super(message);
  }

  /** Throws, and so ends the example with an exit code other than 0, unless it is as expected. */
  public static void unless(boolean asExpected, String otherwise) {
    if (!asExpected) {
      throw new Surprise("Surprise: " + otherwise);
    }
  }

  /** The last line of an example that went as expected. */
  public static void summary(String line) {
    System.out.println();
    System.out.println("OK  " + line);
  }
}
