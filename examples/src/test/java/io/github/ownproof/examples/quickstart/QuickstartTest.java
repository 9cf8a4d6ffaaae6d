package io.github.ownproof.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {

  @Test
  void inProcess_endsWithItsSummary() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(stdout);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).strip().lines())
        .contains("   account 999988887777 reads: \"our secret\"")
        .last()
        .asString()
        .startsWith("OK  quickstart: 1 squatter refused, ");
  }

  @Test
  void unknownArgument_isASurprise() {
    assertThatThrownBy(() -> Quickstart.main(new String[] {"--gcp"}))
        .hasMessageContaining("quickstart [--aws]");
  }
}
