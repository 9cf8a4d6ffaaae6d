package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.examples.Surprise;
import java.io.IOException;
import java.util.List;

/**
 * Support access, end to end and in the browser: an engineer asks to look at one order, the
 * customer's administrator agrees after a fresh sign-in, the engineer reads it and nothing else,
 * and the customer watches, and ends it.
 */
public final class SupportDesk {

  private static final String USAGE = "usage is: support-desk [--port N | --selfcheck]";

  private SupportDesk() {}

  /**
   * Serves until Enter or the end of input; or, with {@code --selfcheck}, plays the whole story
   * over HTTP, ends with one summary line, and with an exit code other than 0 on surprise.
   */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    if (arguments.equals(List.of("--selfcheck"))) {
      try (Demo demo = Demo.start(0)) {
        new Story(demo).play();
      }
      return;
    }
    try (Demo demo = Demo.start(port(arguments))) {
      welcome(demo);
      waitForEnter();
    }
    Surprise.summary("support-desk: closed");
  }

  private static int port(List<String> arguments) {
    if (arguments.isEmpty()) {
      return 0;
    }
    String usage = USAGE + ", not " + String.join(" ", arguments);
    Surprise.unless(arguments.size() == 2 && arguments.get(0).equals("--port"), usage);
    try {
      int port = Integer.parseInt(arguments.get(1));
      Surprise.unless(port >= 0 && port <= 65_535, usage);
      return port;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(usage, e);
    }
  }

  private static void welcome(Demo demo) {
    System.out.println("The support desk is at " + demo.origin());
    System.out.println("Sign in, each in a browser window of their own (a private one), as:");
    for (Person person : People.signingIn()) {
      System.out.printf("  %-5s %s%n", person.name(), person.role());
    }
    System.out.println(
        """
          1. Erin asks for access to orders/1001 orders/1002 of acme, on CASE-4711.
          2. Ada agrees to a part of it; that takes a sign-in with a security key.
          3. Erin reads the order, and tries more. Cleo watches the transparency page.
          4. Ada revokes the grant. Erin tries once more.\
        """);
    System.out.println("Until it stops, every step is in " + demo.auditFile());
    System.out.println("Press Enter to stop.");
  }

  private static void waitForEnter() throws IOException {
    int read;
    do {
      read = System.in.read();
    } while (read >= 0 && read != '\n');
  }
}
