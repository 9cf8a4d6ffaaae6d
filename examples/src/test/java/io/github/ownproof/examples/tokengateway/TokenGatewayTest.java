package io.github.ownproof.examples.tokengateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TokenGatewayTest {

  @Test
  void wholeStory_endsWithItsSummary() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      TokenGateway.main(new String[0]);
    } finally {
      System.setOut(stdout);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).strip().lines())
        .contains("   nobody restarted anything: 200")
        .contains("   alice    says alice@new.example.org, verified: known as 17")
        .last()
        .asString()
        .isEqualTo(
            "OK  token-gateway: 10 tokens accepted, 16 requests refused,"
                + " 1 account moved off its e-mail address");
  }

  @Test
  void unknownArgument_isASurprise() {
    assertThatThrownBy(() -> TokenGateway.main(new String[] {"--port=1"}))
        .hasMessageContaining("usage is: token-gateway");
  }
}
