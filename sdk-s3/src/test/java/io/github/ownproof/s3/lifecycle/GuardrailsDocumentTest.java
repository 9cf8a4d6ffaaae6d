package io.github.ownproof.s3.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/guardrails.md} shows what the code prints. */
class GuardrailsDocumentTest {

  private static final Pattern JSON = Pattern.compile("(?<=```json\n).*?(?=\n```)", Pattern.DOTALL);

  @Test
  void document_hasTheThreePoliciesAsPrinted() throws IOException {
    GuardrailPolicies strictest = GuardrailPolicies.create();
    List<String> printed =
        List.of(
            strictest.serviceControlPolicy(),
            strictest.resourceControlPolicy("o-a1b2c3d4e5"),
            strictest.identityPolicy(AccountId.of("111122223333")));
    String document = Files.readString(Path.of("../docs/guardrails.md"));
    assertThat(JSON.matcher(document).results()).hasSameSizeAs(printed);
    Iterator<String> next = printed.iterator();
    String now =
        JSON.matcher(document).replaceAll(shown -> Matcher.quoteReplacement(next.next().strip()));
    Path right = Path.of("target/guardrails.md");
    Files.writeString(right, now);
    assertThat(document).as("copy sdk-s3/%s over it", right).isEqualTo(now);
  }

  @Test
  void readme_showsTheBeginningOfTheFirst() throws IOException {
    Matcher shown = JSON.matcher(Files.readString(Path.of("../README.md")));
    assertThat(shown.find()).isTrue();
    assertThat(GuardrailPolicies.create().serviceControlPolicy()).startsWith(shown.group());
  }
}
