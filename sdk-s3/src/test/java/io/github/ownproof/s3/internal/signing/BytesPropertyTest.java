package io.github.ownproof.s3.internal.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BytesPropertyTest {

  @Property
  void addHex_hash_sameAsHexFormat(
      @ForAll @Size(32) byte[] hash, @ForAll @IntRange(max = 9) int at) {
    Bytes bytes = new Bytes(1).addPlain("=".repeat(at));

    assertThat(bytes.addHex(hash).text())
        .isEqualTo("=".repeat(at) + HexFormat.of().formatHex(hash));
  }

  @Property
  void addEncoded_anyText_everyByteButThePlainOnesIsPercent(
      @ForAll String text, @ForAll boolean keepSlashes) {
    StringBuilder expected = new StringBuilder();
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    for (byte one : whole.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xff);
      boolean plain =
          String.valueOf(c).matches(keepSlashes ? "[A-Za-z0-9._~/-]" : "[A-Za-z0-9._~-]");
      expected.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }

    if (whole.equals(text)) {
      assertThat(new Bytes(1).addEncoded(text, keepSlashes).text()).isEqualTo(expected.toString());
    }
  }

  @Property
  void putTime_anySecond_sixDigits(@ForAll @IntRange(max = 86_399) int second) {
    Bytes bytes = new Bytes(1).add('T');
    int place = bytes.addTime();
    bytes.add('Z').putTime(place, second);

    assertThat(bytes.text())
        .isEqualTo("T%02d%02d%02dZ".formatted(second / 3_600, second / 60 % 60, second % 60));
  }
}
