package io.github.ownproof.auth.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureProvidersTest {

  private static final byte[] DATA = "data".getBytes(US_ASCII);
  private static final byte[] SIGNATURE = TestKeys.sign(JwsAlgorithm.RS256, DATA);

  /** What the provider below does when it is asked to verify. */
  enum Behaviour {
    SAYS_YES,
    SAYS_NO,
    BREAKS,
    REFUSES_THE_KEY,
    IS_RIGHT,
    /** Gives the known answers, then breaks. */
    BREAKS_LATER,
    /** Gives the known answers, then refuses keys. */
    REFUSES_KEYS_LATER,
    /** Is right, but only the first time with each object. */
    IS_RIGHT_ONCE
  }

  /** A JCA provider of RS256 that verifies as told. */
  private static final class Told extends Provider {

    private static final long serialVersionUID = 1L;

    private final transient AtomicInteger made = new AtomicInteger();

    Told(Behaviour behaviour) {
      super("Told", "1", "verifies as told");
      putService(
          new Service(
              this, "Signature", "SHA256withRSA", ToldSignature.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
              return new ToldSignature(behaviour, made.incrementAndGet());
            }
          });
    }
  }

  private static final class ToldSignature extends SignatureSpi {

    /** The known answers take three objects. */
    private static final int TESTED = 3;

    private final Behaviour behaviour;
    private final boolean later;
    private final java.security.Signature jdk;
    private int uses;

    ToldSignature(Behaviour behaviour, int number) {
      this.behaviour = behaviour;
      this.later = number > TESTED;
      try {
        this.jdk = java.security.Signature.getInstance("SHA256withRSA", "SunRsaSign");
      } catch (java.security.GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
      if (behaviour == Behaviour.REFUSES_THE_KEY
          || (behaviour == Behaviour.REFUSES_KEYS_LATER && later)) {
        throw new InvalidKeyException("told to");
      }
      jdk.initVerify(publicKey);
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      jdk.update(b);
    }

    @Override
    protected void engineUpdate(byte[] b, int off, int len) throws SignatureException {
      jdk.update(b, off, len);
    }

    @Override
    protected boolean engineVerify(byte[] sigBytes) throws SignatureException {
      if (behaviour == Behaviour.BREAKS || (behaviour == Behaviour.BREAKS_LATER && later)) {
        throw new ProviderException("told to");
      }
      boolean right = jdk.verify(sigBytes);
      return switch (behaviour) {
        case SAYS_YES -> true;
        case SAYS_NO -> false;
        case IS_RIGHT_ONCE -> right && uses++ == 0;
        default -> right;
      };
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineSign() {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String param, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String param) {
      throw new UnsupportedOperationException();
    }
  }

  private static void assertVerifies(VerificationKey key) {
    byte[] wrong = SIGNATURE.clone();
    wrong[100] ^= 1;
    for (int i = 0; i < 3; i++) {
      assertThat(key.verify(JwsAlgorithm.RS256, DATA, DATA.length, SIGNATURE)).isTrue();
      assertThat(key.verify(JwsAlgorithm.RS256, DATA, DATA.length, wrong)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SAYS_YES", "SAYS_NO", "BREAKS", "REFUSES_THE_KEY", "IS_RIGHT_ONCE"})
  void faster_failsTheKnownAnswer_isNotUsed(Behaviour behaviour) {
    SignatureProviders providers = new SignatureProviders(new Told(behaviour));
    VerificationKey key = TestKeys.keyFor(JwsAlgorithm.RS256, providers);

    assertThat(providers.faster(JwsAlgorithm.RS256)).isNull();
    assertThat(key.provider(JwsAlgorithm.RS256)).isEqualTo("SunRsaSign");
    assertVerifies(key);
  }

  @Test
  void faster_givesTheKnownAnswer_isUsedForWhatItHas() {
    SignatureProviders providers = new SignatureProviders(new Told(Behaviour.IS_RIGHT));
    VerificationKey key = TestKeys.keyFor(JwsAlgorithm.RS256, providers);

    assertThat(key.provider(JwsAlgorithm.RS256)).isEqualTo("Told");
    assertThat(key.provider(JwsAlgorithm.PS256)).isEqualTo("SunRsaSign");
    assertThat(providers.describe())
        .containsEntry(JwsAlgorithm.RS256, "Told")
        .containsEntry(JwsAlgorithm.RS384, "SunRsaSign")
        .containsEntry(JwsAlgorithm.ES256, "SunEC")
        .containsOnlyKeys(JwsAlgorithm.values());
    assertVerifies(key);
  }

  @Test
  void faster_breaksLater_theJdkDecides() {
    VerificationKey key =
        TestKeys.keyFor(
            JwsAlgorithm.RS256, new SignatureProviders(new Told(Behaviour.BREAKS_LATER)));

    assertThat(key.provider(JwsAlgorithm.RS256)).isEqualTo("Told");
    assertVerifies(key);
  }

  @Test
  void faster_refusesThisKey_theJdkVerifiesWithIt() {
    VerificationKey key =
        TestKeys.keyFor(
            JwsAlgorithm.RS256, new SignatureProviders(new Told(Behaviour.REFUSES_KEYS_LATER)));

    assertVerifies(key);
    assertThat(key.provider(JwsAlgorithm.RS256)).isEqualTo("SunRsaSign");
  }

  @Test
  void verify_validAgainAndAgain_preparesOnce() {
    Told provider = new Told(Behaviour.IS_RIGHT);
    VerificationKey key = TestKeys.keyFor(JwsAlgorithm.RS256, new SignatureProviders(provider));
    assertThat(key.verify(JwsAlgorithm.RS256, DATA, DATA.length, SIGNATURE)).isTrue();
    int before = provider.made.get();

    for (int i = 0; i < 50; i++) {
      assertThat(key.verify(JwsAlgorithm.RS256, DATA, DATA.length, SIGNATURE)).isTrue();
    }

    assertThat(provider.made).hasValue(before);
  }

  @Test
  void read_keys_doesNotTouchTheProviderBeforeTheyAreUsed() {
    Told provider = new Told(Behaviour.IS_RIGHT);

    VerificationKey key = TestKeys.keyFor(JwsAlgorithm.RS256, new SignatureProviders(provider));

    assertThat(provider.made).hasValue(0);
    assertThat(key.verify(JwsAlgorithm.RS256, DATA, DATA.length, SIGNATURE)).isTrue();
    assertThat(provider.made.get()).isPositive();
  }

  @Test
  void warmUp_thenVerify_preparesNothingMore() {
    Told provider = new Told(Behaviour.IS_RIGHT);
    KeySet keys =
        TestKeys.read(
            new SignatureProviders(provider), TestKeys.json(TestKeys.jwk(TestKeys.RSA, "k")));
    keys.warmUp();
    int before = provider.made.get();

    VerificationKey key = keys.find("k");

    assertThat(before).isPositive();
    assertThat(key).isNotNull();
    assertThat(key.verify(JwsAlgorithm.RS256, DATA, DATA.length, SIGNATURE)).isTrue();
    assertThat(provider.made).hasValue(before);
  }

  @Test
  void verify_invalid_dropsTheObject() {
    Told provider = new Told(Behaviour.IS_RIGHT);
    VerificationKey key = TestKeys.keyFor(JwsAlgorithm.RS256, new SignatureProviders(provider));
    byte[] wrong = SIGNATURE.clone();
    wrong[100] ^= 1;
    assertThat(key.verify(JwsAlgorithm.RS256, DATA, DATA.length, wrong)).isFalse();
    int before = provider.made.get();

    assertThat(key.verify(JwsAlgorithm.RS256, DATA, DATA.length, SIGNATURE)).isTrue();

    assertThat(provider.made).hasValue(before + 1);
  }

  @Test
  void shared_correttoOnTheClassPath_isUsedForAllWithoutBeingInstalled() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the test's provider is built for this platform only");
    List<String> order = List.of(Security.getProviders()).stream().map(Provider::getName).toList();

    Map<JwsAlgorithm, String> names = KeySource.signatureProviders();

    assertThat(names).containsOnlyKeys(JwsAlgorithm.values());
    assertThat(names.values()).containsOnly("AmazonCorrettoCryptoProvider");
    assertThat(List.of(Security.getProviders()).stream().map(Provider::getName).toList())
        .isEqualTo(order)
        .doesNotContain("AmazonCorrettoCryptoProvider");
  }
}
