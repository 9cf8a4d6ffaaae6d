package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RsaStrengthTest {

  private static final BigInteger MODULUS = ((RSAPublicKey) TestKeys.RSA.getPublic()).getModulus();

  @ParameterizedTest
  @CsvSource({
    "0, false",
    "1, false",
    "2, false",
    "3, true",
    "4, false",
    "5, true",
    "65536, false",
    "65537, true",
    "18446744073709551614, false",
    "18446744073709551615, true",
    "18446744073709551617, false"
  })
  void isAcceptable_exponent_isOddFromThreeToSixtyFourBits(BigInteger exponent, boolean accepted) {
    assertThat(RsaStrength.isAcceptable(MODULUS, exponent)).isEqualTo(accepted);
  }
}
