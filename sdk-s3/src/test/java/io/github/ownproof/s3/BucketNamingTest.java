package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ownproof.core.ExecutionContext;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNamingTest {

  @ParameterizedTest
  @ValueSource(strings = {"abcd", "0000", "un1que1d", "abcdefghij0123456789", "global"})
  void suffixed_wellFormed_isKept(String suffix) {
    assertThat(BucketNaming.suffixed(suffix)).hasToString("suffixed(" + suffix + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "an",
        "abc",
        "abcdefghij0123456789x",
        "s3alias",
        "UPPER",
        "has-hyphen",
        "has.dot",
        "has_under",
        "has space",
        "äöüß",
        "１２３４",
        "abc\r\n",
        "abcd\u0000"
      })
  void suffixed_illFormed_isRefused(String suffix) {
    BucketNameException e =
        catchThrowableOfType(BucketNameException.class, () -> BucketNaming.suffixed(suffix));

    assertThat(e.code()).isEqualTo("S3_NAME_INVALID");
    assertThat(e)
        .hasMessageContaining("cannot be a bucket suffix")
        .hasMessageContaining("4 to 20 characters")
        .hasMessageContaining("at random");
    assertThat(e.getMessage()).matches("[ -~]*");
  }

  @Test
  void accountRegional_isOneValue() {
    assertThat(BucketNaming.accountRegional())
        .isEqualTo(BucketNaming.accountRegional())
        .isNotEqualTo(BucketNaming.suffixed("abcd"))
        .hasToString("accountRegional()");
  }

  @Test
  void equals_suffixed_isBySuffix() {
    EqualsVerifier.forClass(BucketNaming.suffixed("abcd").getClass()).verify();
  }

  @Test
  void equals_privateBucket_isByPhysicalNameAndHome() {
    EqualsVerifier.forClass(PrivateBucket.class)
        .withOnlyTheseFields("physicalName", "home")
        .withNonnullFields("physicalName", "home")
        .withPrefabValues(
            ExecutionContext.class,
            ExecutionContext.of("111122223333", "eu-west-1"),
            ExecutionContext.of("999988887777", "cn-north-1"))
        .verify();
  }
}
