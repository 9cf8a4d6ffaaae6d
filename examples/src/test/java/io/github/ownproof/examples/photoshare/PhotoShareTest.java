package io.github.ownproof.examples.photoshare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PhotoShareTest {

  @Test
  void inProcess_endsWithItsSummary() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      PhotoShare.main(new String[0]);
    } finally {
      System.setOut(stdout);
    }
    String output = printed.toString(StandardCharsets.UTF_8);
    assertThat(output)
        .contains("40 links, each opened without a header of ours", "of 40 objects")
        .doesNotContain("X-Amz-Signature=");
    assertThat(output.strip().lines())
        .contains("   403 for an old link into the squatter's bucket")
        .last()
        .asString()
        .startsWith("OK  photo-share: 40 photos shared by link, by CDN and as public copies; ");
  }

  @Test
  void unknownArgument_isASurprise() {
    assertThatThrownBy(() -> PhotoShare.main(new String[] {"--gcp"}))
        .hasMessageContaining("photo-share");
  }
}
