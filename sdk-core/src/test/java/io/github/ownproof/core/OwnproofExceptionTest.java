package io.github.ownproof.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnproofExceptionTest {

  private static final class Sample extends OwnproofException {

    private static final long serialVersionUID = 1L;

    Sample(String code, Throwable cause) {
      super(code, "what happened", cause);
    }
  }

  @Test
  void message_always_beginsWithTheCode() {
    Throwable cause = new IllegalStateException();
    Sample thrown = new Sample("S3_OWNER_MISMATCH", cause);

    assertThat(thrown.code()).isEqualTo("S3_OWNER_MISMATCH");
    assertThat(thrown).hasMessage("S3_OWNER_MISMATCH: what happened").hasCause(cause);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lower", "S3-OWNER", "_S3", "S3_", "S3__X", "S3 X", "3S"})
  void constructor_codeThatIsNone_isRefused(String code) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sample(code, null));
  }

  @Test
  void quote_null_isTheWord() {
    assertThat(OwnproofException.quote(null)).isEqualTo("null");
  }

  @Test
  void quote_printableAscii_isKept() {
    assertThat(OwnproofException.quote("my-app assets~")).isEqualTo("'my-app assets~'");
    assertThat(OwnproofException.quote("")).isEqualTo("''");
  }

  @Test
  void quote_everythingElse_isEscaped() {
    assertThat(OwnproofException.quote("a\r\n\t\u0000\u007f\u0085\u2028\u202e\u00e9\ud83d\ude00"))
        .isEqualTo(
            "'a\\u000d\\u000a\\u0009\\u0000\\u007f\\u0085\\u2028\\u202e\\u00e9\\ud83d\\ude00'");
  }

  @Test
  void quote_120Characters_isWhole() {
    assertThat(OwnproofException.quote("x".repeat(120))).isEqualTo("'" + "x".repeat(120) + "'");
  }

  @Test
  void quote_121Characters_isCutAndSaysHowLong() {
    assertThat(OwnproofException.quote("x".repeat(121)))
        .isEqualTo("'" + "x".repeat(120) + "' (121 characters)");
  }

  @Property
  void quote_anything_isShortPrintableAscii(@ForAll String value) {
    assertThat(OwnproofException.quote(value)).matches("[ -~]*").hasSizeLessThan(120 * 6 + 40);
  }
}
