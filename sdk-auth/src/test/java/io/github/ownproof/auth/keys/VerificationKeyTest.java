package io.github.ownproof.auth.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerificationKeyTest {

  private static final byte[] DATA = "header.payload, and some more bytes".getBytes(US_ASCII);

  private static final Map<JwsAlgorithm, byte[]> SIGNATURES =
      TestKeys.ALL.stream().collect(toMap(algorithm -> algorithm, a -> TestKeys.sign(a, DATA)));

  private static final KeyPair OTHER_RSA = TestKeys.rsaPair(2048);

  static Stream<Arguments> cases() {
    return TestKeys.providers()
        .flatMap(
            providers ->
                TestKeys.ALL.stream()
                    .map(
                        algorithm ->
                            Arguments.of(algorithm, providers.describe(algorithm), providers)));
  }

  /** Without Ed25519, which Nimbus signs only with a further library. */
  static Stream<Arguments> nimbusCases() {
    return cases().filter(row -> row.get()[0] != JwsAlgorithm.ED25519);
  }

  static Stream<Arguments> ellipticCases() {
    return cases()
        .filter(
            row ->
                EnumSet.of(JwsAlgorithm.ES256, JwsAlgorithm.ES384, JwsAlgorithm.ES512)
                    .contains((JwsAlgorithm) row.get()[0]));
  }

  private static boolean verify(VerificationKey key, JwsAlgorithm algorithm, byte[] signature) {
    return key.verify(algorithm, DATA, DATA.length, signature);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void verify_signatureOfTheJdk_isValid(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers) {
    VerificationKey key = TestKeys.keyFor(algorithm, providers);

    assertThat(verify(key, algorithm, TestKeys.sign(algorithm, DATA))).isTrue();
    assertThat(key.provider(algorithm)).isEqualTo(provider);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("nimbusCases")
  void verify_signatureOfNimbus_isValid(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers) throws JOSEException {
    KeyPair pair = TestKeys.pairFor(algorithm);
    JWSSigner signer =
        pair.getPrivate() instanceof ECPrivateKey ec
            ? new ECDSASigner(ec)
            : new RSASSASigner(pair.getPrivate());
    byte[] signature =
        signer.sign(new JWSHeader(JWSAlgorithm.parse(algorithm.value())), DATA).decode();

    assertThat(verify(TestKeys.keyFor(algorithm, providers), algorithm, signature)).isTrue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void verify_onlyTheGivenLengthOfTheData_isSigned(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers) {
    VerificationKey key = TestKeys.keyFor(algorithm, providers);
    byte[] signature = TestKeys.sign(algorithm, DATA);
    byte[] longer = Arrays.copyOf(DATA, DATA.length + 7);

    assertThat(key.verify(algorithm, longer, DATA.length, signature)).isTrue();
    assertThat(key.verify(algorithm, longer, longer.length, signature)).isFalse();
    assertThat(key.verify(algorithm, DATA, DATA.length - 1, signature)).isFalse();
    assertThat(key.verify(algorithm, DATA, DATA.length + 1, signature)).isFalse();
    assertThat(key.verify(algorithm, DATA, -1, signature)).isFalse();
    assertThat(key.verify(algorithm, DATA, 0, signature)).isFalse();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void verify_oneBitChangedInEachByte_isInvalid(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers) {
    VerificationKey key = TestKeys.keyFor(algorithm, providers);
    byte[] signature = TestKeys.sign(algorithm, DATA);
    // Every byte where it is cheap; otherwise every few, the first and the last.
    int step = algorithm.value().startsWith("ES") || algorithm == JwsAlgorithm.ED25519 ? 7 : 1;

    for (int i = 0; i < signature.length; i += i + step < signature.length ? step : 1) {
      byte[] changed = signature.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      assertThat(verify(key, algorithm, changed)).as("signature byte %d", i).isFalse();
    }
    for (int i = 0; i < DATA.length; i += step) {
      byte[] changed = DATA.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      assertThat(key.verify(algorithm, changed, changed.length, signature))
          .as("data byte %d", i)
          .isFalse();
    }
    assertThat(verify(key, algorithm, signature)).isTrue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void verify_signatureOfAnotherLength_isInvalid(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers) {
    VerificationKey key = TestKeys.keyFor(algorithm, providers);
    byte[] signature = TestKeys.sign(algorithm, DATA);
    byte[] zeroInFront = new byte[signature.length + 1];
    System.arraycopy(signature, 0, zeroInFront, 1, signature.length);

    for (int length : new int[] {0, 1, 63, 64, 65, 96, 132, 255, 256, 257, 512, 100_000}) {
      assertThat(verify(key, algorithm, new byte[length])).isFalse();
      if (length != signature.length) {
        assertThat(verify(key, algorithm, Arrays.copyOf(signature, length))).isFalse();
      }
    }
    assertThat(verify(key, algorithm, zeroInFront)).isFalse();
    assertThat(verify(key, algorithm, Arrays.copyOf(signature, signature.length + 1))).isFalse();
    assertThat(verify(key, algorithm, Arrays.copyOf(signature, signature.length - 1))).isFalse();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void verify_allOnes_isInvalid(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers) {
    byte[] ones = new byte[TestKeys.sign(algorithm, DATA).length];
    Arrays.fill(ones, (byte) 0xff);

    assertThat(verify(TestKeys.keyFor(algorithm, providers), algorithm, ones)).isFalse();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void verify_signatureOfAnotherAlgorithmOrKey_isInvalid(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers) {
    VerificationKey key = TestKeys.keyFor(algorithm, providers);

    for (JwsAlgorithm signed : JwsAlgorithm.values()) {
      byte[] signature = SIGNATURES.get(signed);
      for (JwsAlgorithm claimed : JwsAlgorithm.values()) {
        assertThat(verify(key, claimed, signature))
            .as("signed %s, claimed %s", signed, claimed)
            .isEqualTo(signed == claimed && key.algorithms().contains(claimed));
      }
    }
  }

  @Test
  void verify_keyWithAlg_verifiesNoOther() {
    VerificationKey key =
        TestKeys.only(
            TestKeys.json(TestKeys.with(TestKeys.jwk(TestKeys.RSA, "k"), "alg", "RS256")),
            new SignatureProviders(null));

    assertThat(verify(key, JwsAlgorithm.RS256, TestKeys.sign(JwsAlgorithm.RS256, DATA))).isTrue();
    assertThat(verify(key, JwsAlgorithm.RS512, TestKeys.sign(JwsAlgorithm.RS512, DATA))).isFalse();
    assertThat(verify(key, JwsAlgorithm.PS256, TestKeys.sign(JwsAlgorithm.PS256, DATA))).isFalse();
    assertThatThrownBy(() -> key.provider(JwsAlgorithm.PS256))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void verify_keyOfAnotherOwner_isInvalid(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers) {
    KeyPair other =
        switch (algorithm) {
          case ES256 -> TestKeys.ecPair("secp256r1");
          case ES384 -> TestKeys.ecPair("secp384r1");
          case ES512 -> TestKeys.ecPair("secp521r1");
          case ED25519 -> TestKeys.pair("Ed25519");
          default -> OTHER_RSA;
        };
    byte[] signature = TestKeys.sign(algorithm, other, DATA);

    assertThat(verify(TestKeys.keyFor(algorithm, providers), algorithm, signature)).isFalse();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ellipticCases")
  void verify_derSignature_isInvalid(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers)
      throws GeneralSecurityException {
    Signature der = Signature.getInstance("SHA" + algorithm.value().substring(2) + "withECDSA");
    der.initSign(TestKeys.pairFor(algorithm).getPrivate());
    der.update(DATA);
    byte[] signature = der.sign();

    assertThat(verify(TestKeys.keyFor(algorithm, providers), algorithm, signature)).isFalse();
    assertThat(
            verify(
                TestKeys.keyFor(algorithm, providers),
                algorithm,
                Arrays.copyOf(signature, TestKeys.sign(algorithm, DATA).length)))
        .isFalse();
  }

  /** FIPS 186-5 section 6.4.2: r and s are from 1 to n - 1; RFC 7518 section 3.4. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ellipticCases")
  void verify_rOrSOutOfRange_isInvalid(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers) {
    VerificationKey key = TestKeys.keyFor(algorithm, providers);
    ECPublicKey ec = (ECPublicKey) TestKeys.pairFor(algorithm).getPublic();
    BigInteger order = ec.getParams().getOrder();
    byte[] right = TestKeys.sign(algorithm, DATA);
    int half = right.length / 2;
    BigInteger r = new BigInteger(1, Arrays.copyOf(right, half));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(right, half, right.length));
    List<BigInteger> outside =
        List.of(
            BigInteger.ZERO, order, order.add(BigInteger.ONE), BigInteger.TWO.pow(8 * half - 1));

    for (BigInteger one : outside) {
      assertThat(verify(key, algorithm, pair(one, s, half))).isFalse();
      assertThat(verify(key, algorithm, pair(r, one, half))).isFalse();
      for (BigInteger other : outside) {
        assertThat(verify(key, algorithm, pair(one, other, half))).isFalse();
      }
    }
    assertThat(verify(key, algorithm, pair(r, s.add(order), half))).isFalse();
    assertThat(verify(key, algorithm, pair(s, r, half))).isFalse();
    assertThat(verify(key, algorithm, pair(r, s, half))).isTrue();
  }

  private static byte[] pair(BigInteger r, BigInteger s, int half) {
    byte[] both = Arrays.copyOf(TestKeys.fixed(r, half), 2 * half);
    System.arraycopy(TestKeys.fixed(s, half), 0, both, half, half);
    return both;
  }

  /** RFC 8017 section 5.2.2: the representative is below the modulus. */
  @Test
  void verify_rsaSignaturePlusTheModulus_isInvalid() {
    BigInteger modulus = ((RSAPublicKey) TestKeys.RSA.getPublic()).getModulus();
    TestKeys.providers()
        .forEach(
            providers -> {
              VerificationKey key = TestKeys.keyFor(JwsAlgorithm.RS256, providers);
              byte[] right = TestKeys.sign(JwsAlgorithm.RS256, DATA);
              BigInteger more = new BigInteger(1, right).add(modulus);
              assertThat(verify(key, JwsAlgorithm.RS256, TestKeys.fixed(more, 256))).isFalse();
              assertThat(verify(key, JwsAlgorithm.RS256, TestKeys.fixed(modulus, 256))).isFalse();
            });
  }

  /** RFC 8032 section 5.1.7: S is below the order, or there would be a second signature. */
  @Test
  void verify_ed25519SignaturePlusTheOrder_isInvalid() {
    BigInteger order =
        new BigInteger("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed", 16);
    byte[] signature = TestKeys.sign(JwsAlgorithm.ED25519, DATA);
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = signature[63 - i];
    }
    byte[] sum = TestKeys.fixed(new BigInteger(1, reversed).add(order), 32);
    byte[] malleated = signature.clone();
    for (int i = 0; i < 32; i++) {
      malleated[63 - i] = sum[i];
    }
    assertThat(SignatureForm.ed25519().fits(malleated)).isFalse();
    TestKeys.providers()
        .forEach(
            providers ->
                assertThat(
                        verify(
                            TestKeys.keyFor(JwsAlgorithm.ED25519, providers),
                            JwsAlgorithm.ED25519,
                            malleated))
                    .isFalse());
  }

  @ParameterizedTest
  @MethodSource("rsaSizes")
  void verify_rsaOfOtherSizes_isValid(int bits, long exponent) {
    KeyPair pair = TestKeys.rsaPair(bits, BigInteger.valueOf(exponent));
    Map<String, Object> jwk = TestKeys.jwk(pair, "k");
    byte[] signature = TestKeys.sign(JwsAlgorithm.PS512, pair, DATA);
    TestKeys.providers()
        .forEach(
            providers -> {
              VerificationKey key = TestKeys.only(TestKeys.json(jwk), providers);
              assertThat(verify(key, JwsAlgorithm.PS512, signature)).isTrue();
              assertThat(verify(key, JwsAlgorithm.PS256, signature)).isFalse();
            });
  }

  static Stream<Arguments> rsaSizes() {
    // The last exponent is longer than some providers take: then the JDK's verifies.
    return Stream.of(
        Arguments.of(2056, 65537L), Arguments.of(2304, 3L), Arguments.of(2048, 0x40000000000001L));
  }

  /** Objects are reused, so what one call leaves behind must not reach another. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void verify_manyThreadsOneKey_goodAndBadNeverMix(
      JwsAlgorithm algorithm, String provider, SignatureProviders providers)
      throws InterruptedException {
    int threads = 8;
    boolean slow = algorithm.value().startsWith("E") && provider.startsWith("Sun");
    int rounds = Integer.getInteger("ownproof.rounds", slow ? 4 : 60);
    VerificationKey key = TestKeys.keyFor(algorithm, providers);
    List<byte[]> data = new ArrayList<>();
    List<byte[]> signatures = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      data.add(("data of thread " + i).getBytes(US_ASCII));
      signatures.add(TestKeys.sign(algorithm, data.get(i)));
    }
    CountDownLatch start = new CountDownLatch(1);
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      byte[] own = data.get(i);
      int me = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int round = 0; round < rounds; round++) {
                  int whose = (me + round % 3) % threads;
                  boolean valid = key.verify(algorithm, own, own.length, signatures.get(whose));
                  if (valid != (whose == me)) {
                    wrong.incrementAndGet();
                  }
                  done.incrementAndGet();
                }
              });
      running.add(thread);
      thread.start();
    }
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }

    assertThat(done).hasValue(threads * rounds);
    assertThat(wrong).hasValue(0);
  }
}
