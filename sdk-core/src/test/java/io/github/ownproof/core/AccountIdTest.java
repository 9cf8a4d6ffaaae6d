package io.github.ownproof.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountIdTest {

  @Test
  void of_twelveDigits_keepsThemAsTheyAre() {
    assertThat(AccountId.of("000000000012").value()).isEqualTo("000000000012");
    assertThat(AccountId.of("111122223333")).hasToString("111122223333");
  }

  @Property
  void of_anyTwelveDigits_isAnAccount(
      @ForAll @StringLength(12) @CharRange(from = '0', to = '9') String digits) {
    assertThat(AccountId.of(digits).value()).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "11112222333",
        "1111222233334",
        "1111-2222-333",
        "11112222333a",
        " 11112222333",
        "11112222333\n",
        "+11112222333",
        "11112222333/",
        "11112222333:",
        // Digits to Character.isDigit, not to AWS: Arabic-Indic, fullwidth.
        "11112222333\u0663",
        "\uff11\uff11\uff11\uff11\uff12\uff12\uff12\uff12\uff13\uff13\uff13\uff13"
      })
  void of_anythingElse_isRefused(String value) {
    assertThat(AccountId.isWellFormed(value)).isFalse();
    assertThatThrownBy(() -> AccountId.of(value))
        .isInstanceOfSatisfying(
            InvalidContextException.class,
            e -> assertThat(e.code()).isEqualTo("INVALID_ACCOUNT_ID"));
  }

  @Property
  void of_anyString_agreesWithIsWellFormed(@ForAll @StringLength(max = 14) String value) {
    boolean made;
    try {
      made = AccountId.of(value).value().equals(value);
    } catch (InvalidContextException e) {
      made = false;
    }
    assertThat(made).isEqualTo(AccountId.isWellFormed(value));
    assertThat(made).isEqualTo(value.matches("[0-9]{12}") && value.length() == 12);
  }

  @Test
  void message_valueWithLineBreak_isOneLineAndSaysHowLong() {
    assertThatThrownBy(() -> AccountId.of("1\nINFO ok"))
        .hasMessageContaining("'1\\u000aINFO ok' (9 characters)")
        .hasMessageStartingWith("INVALID_ACCOUNT_ID: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void message_emptyValue_saysSo() {
    assertThatThrownBy(() -> AccountId.of("")).hasMessageContaining("this one is empty");
  }

  @Test
  void equals_isByValue() {
    EqualsVerifier.forClass(AccountId.class)
        .withPrefabValues(String.class, "111122223333", "444455556666")
        .suppress(Warning.NULL_FIELDS)
        .verify();
  }
}
