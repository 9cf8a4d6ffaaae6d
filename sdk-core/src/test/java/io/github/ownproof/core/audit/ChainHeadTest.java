package io.github.ownproof.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainHeadTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final HashChainedTrail trail = HashChainedTrail.writingTo(out);

  @Test
  void ofALine_isTheHeadAfterIt() {
    trail.record(Events.read("orders/1"));
    assertThat(ChainHead.of(out.toByteArray())).isEqualTo(trail.head());

    out.reset();
    trail.record(Events.read("orders/2"));
    assertThat(ChainHead.of(out.toByteArray())).isEqualTo(trail.head());
  }

  @Test
  void ofALineWithOneOtherByte_isRefused() {
    trail.record(Events.read("orders/1"));
    out.reset();
    trail.record(Events.read("orders/2"));
    byte[] line = out.toByteArray();

    for (int i = 0; i < line.length; i++) {
      byte[] changed = line.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> ChainHead.of(changed))
          .as("byte " + i)
          .isInstanceOf(InvalidAuditEventException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "{}\n",
        "{\"v\":1,\"seq\":1,\"prev\":\"\n",
        "{\"v\":1,\"seq\":0,\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000"
            + "\",\"event\":{}}\n",
        "{\"v\":1,\"seq\":99999999999999999999,\"prev\":\"0000000000000000000000000000000000000000"
            + "000000000000000000000000\",\"event\":{}}\n",
      })
  void ofSomethingElse_isRefused(String line) {
    assertThatThrownBy(() -> ChainHead.of(line.getBytes(US_ASCII)))
        .isInstanceOf(InvalidAuditEventException.class);
  }

  @Test
  void ofTwoLines_isRefused() {
    trail.record(Events.read("orders/1"));
    trail.record(Events.read("orders/2"));

    assertThatThrownBy(() -> ChainHead.of(out.toByteArray()))
        .isInstanceOf(InvalidAuditEventException.class);
  }
}
