package io.github.ownproof.examples.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SupportDeskTest {

  private static String printedBy(String... args) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    InputStream stdin = System.in;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setIn(new ByteArrayInputStream(new byte[0]));
    try {
      SupportDesk.main(args);
    } finally {
      System.setOut(stdout);
      System.setIn(stdin);
    }
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void selfcheck_endsWithItsSummary() throws Exception {
    assertThat(printedBy("--selfcheck").lines())
        .contains("   approving it herself           refused: 403 SELF_APPROVAL")
        .contains("   the very next read             refused: 403 REVOKED")
        .last()
        .asString()
        .matches(
            "OK  support-desk: 1 order read, 13 attempts refused,"
                + " an audit trail of \\d+ lines that holds");
  }

  @Test
  void serving_saysWhereAndWhoUntilInputEnds() throws Exception {
    assertThat(printedBy())
        .containsPattern("The support desk is at http://127\\.0\\.0\\.1:\\d+")
        .contains("Erin", "Ada", "Cleo")
        .endsWith("OK  support-desk: closed");
  }

  @Test
  void unknownArgument_saysTheUsage() {
    assertThatThrownBy(() -> SupportDesk.main(new String[] {"--prot", "1"}))
        .hasMessageContaining("usage is: support-desk")
        .hasMessageEndingWith("not --prot 1");
    assertThatThrownBy(() -> SupportDesk.main(new String[] {"--port", "many"}))
        .hasMessageContaining("usage is: support-desk");
  }

  @Test
  void portThatIsTaken_isNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertThatThrownBy(() -> SupportDesk.main(new String[] {"--port", port}))
          .hasMessageContaining("Port " + port + " cannot be listened on");
    }
  }
}
