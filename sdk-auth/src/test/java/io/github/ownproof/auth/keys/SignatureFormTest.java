package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Our own checks alone: most providers make them too, so that no verification tells them apart. */
class SignatureFormTest {

  private static final BigInteger ORDER =
      new BigInteger("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed", 16);

  private static byte[] both(BigInteger r, BigInteger s, int length) {
    byte[] both = Arrays.copyOf(TestKeys.fixed(r, length), 2 * length);
    System.arraycopy(TestKeys.fixed(s, length), 0, both, length, length);
    return both;
  }

  @Test
  void rsa_anyNumberBelowTheModulusInItsLength_fits() {
    BigInteger modulus = BigInteger.ONE.shiftLeft(2055).add(BigInteger.TEN);
    SignatureForm form = SignatureForm.rsa(modulus);

    assertThat(form.fits(TestKeys.fixed(modulus.subtract(BigInteger.ONE), 257))).isTrue();
    assertThat(form.fits(new byte[257])).isTrue();
    assertThat(form.fits(TestKeys.fixed(modulus, 257))).isFalse();
    assertThat(form.fits(TestKeys.fixed(modulus.add(BigInteger.ONE), 257))).isFalse();
    assertThat(form.fits(new byte[256])).isFalse();
    assertThat(form.fits(new byte[258])).isFalse();
    assertThat(form.fits(new byte[0])).isFalse();
  }

  @Test
  void ecdsa_bothFromOneToTheOrderLessOne_fits() {
    BigInteger order = BigInteger.ONE.shiftLeft(520).add(BigInteger.TEN);
    BigInteger most = order.subtract(BigInteger.ONE);
    SignatureForm form = SignatureForm.ecdsa(order, 66);

    assertThat(form.fits(both(BigInteger.ONE, most, 66))).isTrue();
    assertThat(form.fits(both(most, BigInteger.ONE, 66))).isTrue();
    assertThat(form.fits(both(BigInteger.ZERO, BigInteger.ONE, 66))).isFalse();
    assertThat(form.fits(both(BigInteger.ONE, BigInteger.ZERO, 66))).isFalse();
    assertThat(form.fits(both(order, BigInteger.ONE, 66))).isFalse();
    assertThat(form.fits(both(BigInteger.ONE, order, 66))).isFalse();
    assertThat(form.fits(both(BigInteger.ONE, BigInteger.ONE, 65))).isFalse();
    byte[] fitting = both(BigInteger.ONE, most, 66);
    assertThat(form.fits(Arrays.copyOf(fitting, 131))).isFalse();
    assertThat(form.fits(Arrays.copyOf(fitting, 133))).isFalse();
    assertThat(form.fits(Arrays.copyOf(fitting, 264))).isFalse();
    assertThat(form.fits(new byte[0])).isFalse();
  }

  @Test
  void ed25519_sBelowTheOrder_fits() {
    SignatureForm form = SignatureForm.ed25519();

    assertThat(form.fits(edDsa(ORDER.subtract(BigInteger.ONE), 64))).isTrue();
    assertThat(form.fits(edDsa(BigInteger.ZERO, 64))).isTrue();
    assertThat(form.fits(edDsa(ORDER, 64))).isFalse();
    assertThat(form.fits(edDsa(ORDER.add(BigInteger.ONE), 64))).isFalse();
    assertThat(form.fits(edDsa(ORDER.shiftLeft(1), 64))).isFalse();
    assertThat(form.fits(edDsa(BigInteger.ONE, 63))).isFalse();
    assertThat(form.fits(edDsa(BigInteger.ONE, 65))).isFalse();
  }

  private static byte[] edDsa(BigInteger s, int length) {
    byte[] signature = new byte[length];
    byte[] bigEndian = TestKeys.fixed(s, 32);
    for (int i = 0; i < 32 && 32 + i < length; i++) {
      signature[32 + i] = bigEndian[31 - i];
    }
    return signature;
  }
}
