package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which provider signs with a key pair, and that no two threads share what signs. */
class KeyPairSignerTest {

  private static final byte[] MESSAGE = "a grant".getBytes(StandardCharsets.US_ASCII);
  private static final int THREADS = 8;
  private static final int SIGNATURES = 40;

  /** What the provider below does when it is asked to sign. */
  enum Behaviour {
    IS_RIGHT,
    REFUSES_THE_KEY,
    BREAKS_ON_THE_KEY,
    BREAKS,
    DOES_NOT_LINK,
    SIGNS_SOMETHING_ELSE,
    GIVES_NOTHING
  }

  /** A JCA provider of ES256 that signs as told. */
  private static final class Told extends Provider {

    private static final long serialVersionUID = 1L;

    final transient AtomicInteger made = new AtomicInteger();
    final transient AtomicInteger meetings = new AtomicInteger();
    transient volatile boolean breaks;

    Told(Behaviour behaviour) {
      super("Told", "1", "signs as told");
      putService(
          new Service(
              this, "Signature", "SHA256withECDSA", ToldSignature.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
              made.incrementAndGet();
              return new ToldSignature(behaviour, Told.this);
            }
          });
    }
  }

  private static final class ToldSignature extends SignatureSpi {

    private final Behaviour behaviour;
    private final Told provider;
    private final Signature jdk;
    private final AtomicInteger inUse = new AtomicInteger();

    ToldSignature(Behaviour behaviour, Told provider) {
      this.behaviour = behaviour;
      this.provider = provider;
      try {
        this.jdk = Signature.getInstance("SHA256withECDSA", "SunEC");
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
      if (behaviour == Behaviour.REFUSES_THE_KEY) {
        throw new InvalidKeyException("told to");
      }
      if (behaviour == Behaviour.BREAKS_ON_THE_KEY) {
        throw new IllegalStateException("told to");
      }
      jdk.initSign(privateKey);
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      jdk.update(b);
    }

    @Override
    protected void engineUpdate(byte[] b, int off, int len) throws SignatureException {
      if (inUse.getAndIncrement() != 0) {
        provider.meetings.incrementAndGet();
      }
      jdk.update(b, off, len);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      if (behaviour == Behaviour.DOES_NOT_LINK) {
        throw new UnsatisfiedLinkError("told to");
      }
      if (behaviour == Behaviour.BREAKS || provider.breaks) {
        throw new ProviderException("told to");
      }
      if (behaviour == Behaviour.SIGNS_SOMETHING_ELSE) {
        jdk.update((byte) 1);
      }
      byte[] signature = jdk.sign();
      inUse.decrementAndGet();
      return behaviour == Behaviour.GIVES_NOTHING ? new byte[0] : signature;
    }

    @Override
    protected boolean engineVerify(byte[] sigBytes) {
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

  /** As a key in hardware looks: nothing of it can be had. */
  private record InHardware(String algorithm) implements PrivateKey {

    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public @Nullable String getFormat() {
      return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
      return null;
    }
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static boolean holds(KeyPair pair, byte[] signature) throws GeneralSecurityException {
    Signature check = Signature.getInstance("SHA256withECDSA", "SunEC");
    check.initVerify(pair.getPublic());
    check.update(MESSAGE);
    return check.verify(signature);
  }

  @Test
  void of_fasterProviderThatIsRight_signsWithIt_preparedOnce() throws Exception {
    KeyPair pair = pair();
    Told told = new Told(Behaviour.IS_RIGHT);

    GrantSigner signer = KeyPairSigner.of("desk-1", pair, told);

    for (int i = 0; i < 5; i++) {
      assertThat(holds(pair, signer.sign(MESSAGE))).isTrue();
    }
    assertThat(told.made).hasValue(1);
    assertThat(((KeyPairSigner) signer).provider()).isEqualTo("Told");
  }

  @ParameterizedTest
  @EnumSource(value = Behaviour.class, mode = EnumSource.Mode.EXCLUDE, names = "IS_RIGHT")
  void of_fasterProviderThatIsNotRight_signsWithTheJvms(Behaviour behaviour) throws Exception {
    KeyPair pair = pair();
    Told told = new Told(behaviour);

    GrantSigner signer = KeyPairSigner.of("desk-1", pair, told);

    assertThat(holds(pair, signer.sign(MESSAGE))).isTrue();
    assertThat(((KeyPairSigner) signer).provider()).isEqualTo("SunEC");
    assertThat(told.made).as("asked when it was made, and never again").hasValue(1);
  }

  @Test
  void of_noFasterProvider_signsWithTheJvms() throws Exception {
    KeyPair pair = pair();
    GrantSigner signer = KeyPairSigner.of("desk-1", pair, null);

    assertThat(holds(pair, signer.sign(MESSAGE))).isTrue();
    assertThat(((KeyPairSigner) signer).provider()).isEqualTo("SunEC");
  }

  @Test
  void of_keyThatCannotBeEncoded_neverMeetsTheFasterProvider() throws Exception {
    Told told = new Told(Behaviour.IS_RIGHT);
    KeyPair pair = new KeyPair(pair().getPublic(), new InHardware("EC"));

    // The JVM has no provider for such a key either, which is as far as a test without one gets.
    assertThatThrownBy(() -> KeyPairSigner.of("desk-1", pair, told))
        .isInstanceOf(InvalidSupportAccessException.class);
    assertThat(told.made).hasValue(0);
  }

  @Test
  void of_halvesOfTwoPairsAndAFasterProvider_isRefused() throws Exception {
    KeyPair mixed = new KeyPair(pair().getPublic(), pair().getPrivate());

    assertThatThrownBy(() -> KeyPairSigner.of("desk-1", mixed, new Told(Behaviour.IS_RIGHT)))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("do not belong together");
  }

  @Test
  void sign_objectThatBroke_isNotUsedAgain() throws Exception {
    KeyPair pair = pair();
    Told told = new Told(Behaviour.IS_RIGHT);
    GrantSigner signer = KeyPairSigner.of("desk-1", pair, told);
    told.breaks = true;
    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(ProviderException.class);

    told.breaks = false;

    assertThat(holds(pair, signer.sign(MESSAGE))).isTrue();
    assertThat(told.made).hasValue(2);
  }

  @Test
  void sign_manyThreads_shareNoObject_andEverySignatureHoldsAndDiffers() throws Exception {
    KeyPair pair = pair();
    Told told = new Told(Behaviour.IS_RIGHT);
    GrantSigner signer = KeyPairSigner.of("desk-1", pair, told);
    Set<String> signatures = ConcurrentHashMap.newKeySet();
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int j = 0; j < SIGNATURES; j++) {
                    byte[] signature = signer.sign(MESSAGE);
                    assertThat(holds(pair, signature)).isTrue();
                    signatures.add(java.util.HexFormat.of().formatHex(signature));
                  }
                } catch (Exception | AssertionError e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(told.meetings).as("two threads at one object").hasValue(0);
    assertThat(signatures).as("no two with one nonce").hasSize(THREADS * SIGNATURES);
  }
}
