package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may sign grants, and what happens when it does not sign as it says. */
class GrantSignersTest {

  private final CheckRig rig = new CheckRig();

  private static KeyPair pair(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(algorithm.startsWith("secp") ? "EC" : algorithm);
    if (algorithm.startsWith("secp")) {
      generator.initialize(new ECGenParameterSpec(algorithm));
    }
    return generator.generateKeyPair();
  }

  private String issue(GrantSigner signer) throws GeneralSecurityException {
    return new GrantTokens(signer, "support-desk")
        .issue(rig.request(), rig.granted(), rig.engineer(), CheckRig.NOW, rig.granted().until());
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "Ed25519"})
  void of_keyOfTheRightKind_signsGrantsThatHold(String algorithm) throws Exception {
    GrantSigner signer = GrantSigner.of("arn:aws:kms:eu-west-1:1:key/a-1", pair(algorithm));
    SupportAccessChecker.Settings settings =
        SupportAccessChecker.Settings.of(
                KeySource.pinned(new GrantTokens(signer, "support-desk").publicJwkSet()),
                "orders-api",
                "eu")
            .customers(rig)
            .permissions(CheckRig.READS)
            .grants(rig.store)
            .audit(rig.lines::add)
            .clock(rig.clock);

    assertThat(
            rig.checker(settings)
                .check(rig.engineer(), issue(signer), "GET", CheckRig.RESOURCE, CheckRig.READ)
                .isPermitted())
        .isTrue();
    assertThat(signer.toString()).isEqualTo("GrantSigner(arn:aws:kms:eu-west-1:1:key/a-1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp384r1", "secp521r1", "RSA", "DSA", "X25519", "Ed448"})
  void of_keyOfAnotherKind_isRefused(String algorithm) throws Exception {
    KeyPair pair = pair(algorithm);

    assertThatThrownBy(() -> GrantSigner.of("desk-1", pair))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("must be on P-256 or Ed25519");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "Ed25519"})
  void of_halvesOfTwoPairs_isRefused(String algorithm) throws Exception {
    KeyPair mixed = new KeyPair(pair(algorithm).getPublic(), pair(algorithm).getPrivate());

    assertThatThrownBy(() -> GrantSigner.of("desk-1", mixed))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("do not belong together");
  }

  @Test
  void of_halvesOfTwoKinds_isRefused() throws Exception {
    KeyPair mixed = new KeyPair(pair("Ed25519").getPublic(), pair("secp256r1").getPrivate());

    assertThatThrownBy(() -> GrantSigner.of("desk-1", mixed))
        .isInstanceOf(InvalidSupportAccessException.class);
    assertThatThrownBy(() -> GrantSigner.of("desk-1", new KeyPair(mixed.getPublic(), null)))
        .isInstanceOf(InvalidSupportAccessException.class);
    assertThatThrownBy(() -> GrantSigner.of("desk-1", new KeyPair(null, mixed.getPrivate())))
        .isInstanceOf(InvalidSupportAccessException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "desk 1", "desk\n", "-desk", "d\u00e9sk", "a\"b"})
  void of_keyIdOfAnotherForm_isRefused(String id) throws Exception {
    KeyPair pair = pair("Ed25519");

    assertThatThrownBy(() -> GrantSigner.of(id, pair))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("1 to 128");
  }

  private static GrantSigner signer(PublicKey publicKey, byte[] signature) {
    return new GrantSigner() {
      @Override
      public String keyId() {
        return "desk-1";
      }

      @Override
      public PublicKey publicKey() {
        return publicKey;
      }

      @Override
      public byte[] sign(byte[] message) {
        return signature;
      }
    };
  }

  @Test
  void issue_signerWithAnotherKeyThanItsPublicOne_issuesNothing() {
    for (String algorithm : new String[] {"ES256", "EdDSA"}) {
      ForgedKey key = ForgedKey.of(algorithm, "desk-1");
      GrantSigner wrong = CheckRig.signer(key.fresh());
      GrantSigner signer =
          new GrantSigner() {
            @Override
            public String keyId() {
              return "desk-1";
            }

            @Override
            public PublicKey publicKey() {
              return key.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) throws GeneralSecurityException {
              return wrong.sign(message);
            }
          };

      assertThatThrownBy(() -> issue(signer))
          .isInstanceOf(SignatureException.class)
          .hasMessageContaining("does not hold under its public key");
    }
  }

  /** A signer whose signatures are those of the keys in turn; null for one that fails. */
  private GrantSigner inTurn(ForgedKey... keys) {
    Deque<Optional<ForgedKey>> turns = new ArrayDeque<>();
    for (ForgedKey key : keys) {
      turns.add(Optional.ofNullable(key));
    }
    return new GrantSigner() {
      @Override
      public String keyId() {
        return "desk-1";
      }

      @Override
      public PublicKey publicKey() {
        return rig.deskKey.publicKey();
      }

      @Override
      public byte[] sign(byte[] message) throws GeneralSecurityException {
        return CheckRig.signer(turns.remove().orElseThrow()).sign(message);
      }
    };
  }

  private static String issue(GrantTokens tokens, CheckRig rig) throws GeneralSecurityException {
    return tokens.issue(
        rig.request(), rig.granted(), rig.engineer(), CheckRig.NOW, rig.granted().until());
  }

  @Test
  void issue_signerThatGetsAnotherKey_laterOnes_openNothing() throws Exception {
    ForgedKey other = rig.deskKey.fresh();
    GrantTokens tokens = new GrantTokens(inTurn(rig.deskKey, other), "support-desk");

    assertThat(rig.check(issue(tokens, rig)).isPermitted()).isTrue();
    assertThat(CheckRig.refusal(rig.check(issue(tokens, rig)))).isEqualTo(SupportRefusal.SIGNATURE);
  }

  @Test
  @SuppressWarnings("NullAway") // stands for a failure
  void issue_afterAFailure_theNextIsHeldAgainstTheKeyAgain() throws Exception {
    ForgedKey other = rig.deskKey.fresh();
    GrantTokens tokens =
        new GrantTokens(
            inTurn(other, other, rig.deskKey, null, other, other, rig.deskKey), "support-desk");

    assertThatThrownBy(() -> issue(tokens, rig)).isInstanceOf(SignatureException.class);
    assertThatThrownBy(() -> issue(tokens, rig)).isInstanceOf(SignatureException.class);
    assertThat(rig.check(issue(tokens, rig)).isPermitted()).isTrue();
    assertThatThrownBy(() -> issue(tokens, rig)).hasMessageContaining("The signer failed");
    assertThatThrownBy(() -> issue(tokens, rig)).hasMessageContaining("does not hold");
    assertThatThrownBy(() -> issue(tokens, rig)).hasMessageContaining("does not hold");
    assertThat(rig.check(issue(tokens, rig)).isPermitted()).isTrue();
  }

  @Test
  void issue_signatureOfAnotherLength_isRefused_alsoLater() throws Exception {
    CheckRig edwards = new CheckRig("EdDSA");
    GrantSigner good = CheckRig.signer(edwards.deskKey);
    boolean[] isShort = new boolean[1];
    GrantSigner signer =
        new GrantSigner() {
          @Override
          public String keyId() {
            return "desk-1";
          }

          @Override
          public PublicKey publicKey() {
            return good.publicKey();
          }

          @Override
          public byte[] sign(byte[] message) throws GeneralSecurityException {
            return Arrays.copyOf(good.sign(message), isShort[0] ? 63 : 64);
          }
        };
    GrantTokens tokens = new GrantTokens(signer, "support-desk");
    assertThat(edwards.check(issue(tokens, edwards)).isPermitted()).isTrue();
    isShort[0] = true;

    assertThatThrownBy(() -> issue(tokens, edwards)).isInstanceOf(SignatureException.class);
  }

  @Test
  void issue_signerThatThrowsAnything_issuesNothingAndRepeatsNothing() {
    GrantSigner broken =
        new GrantSigner() {
          @Override
          public String keyId() {
            return "desk-1";
          }

          @Override
          public PublicKey publicKey() {
            return rig.deskKey.publicKey();
          }

          @Override
          public byte[] sign(byte[] message) {
            throw new IllegalStateException("zqCanary");
          }
        };

    assertThatThrownBy(() -> issue(broken))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageNotContaining("zqCanary")
        .hasNoCause();
  }

  @Test
  @SuppressWarnings("NullAway") // what a signer may do wrong
  void issue_signerThatGivesNull_issuesNothing() {
    assertThatThrownBy(() -> issue(signer(rig.deskKey.publicKey(), null)))
        .isInstanceOf(GeneralSecurityException.class);
  }

  /** R = 1 and S = 2 in forms that one reader takes and the next does not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3000",
        "3006",
        "300602010102",
        "30060201010201",
        "3006020101020102" + "00", // more after it
        "3007020101020102", // too long a length
        "3005020101020102",
        "308106020101020102", // a length in two bytes
        "3080020101020102" + "0000", // of indefinite length
        "31060201010201" + "02", // a set
        "3006030101020102", // a bit string
        "30050200020102", // empty
        "3006020181020102", // negative
        "300702020001020102", // a zero too many
        "3006020101020102020103",
      })
  void fromDer_notDer_isRefused(String hex) {
    assertThatThrownBy(() -> EcdsaSignature.fromDer(HexFormat.of().parseHex(hex)))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void fromDer_numberOf33Bytes_isRefused() {
    String r = "0221" + "01" + "00".repeat(32);

    assertThatThrownBy(() -> EcdsaSignature.fromDer(HexFormat.of().parseHex("3026" + r + "020102")))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void fromDer_shortAndLongNumbers_areOfFullLength() throws Exception {
    byte[] both =
        EcdsaSignature.fromDer(
            HexFormat.of().parseHex("3026" + "020101" + "0221" + "00" + "ff".repeat(32)));

    assertThat(Arrays.copyOf(both, 32)).isEqualTo(HexFormat.of().parseHex("00".repeat(31) + "01"));
    assertThat(Arrays.copyOfRange(both, 32, 64))
        .isEqualTo(HexFormat.of().parseHex("ff".repeat(32)));
  }

  @Test
  void issue_twice_givesTwoTokens() throws Exception {
    assertThat(rig.grant()).isNotEqualTo(rig.grant());
  }
}
