package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StableSubjectTest {

  private static final String ISSUER = "https://login.example.com";

  private static Reason reasonFor(Object subject) {
    try {
      var unused = StableSubject.of(subject, IdentityKind.USER).checkForm().checkAtSign(false);
      return null;
    } catch (Refusal refusal) {
      return refusal.reason();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice@example.com",
        "ALICE@EXAMPLE.COM",
        "alice+tag@example.com",
        "a@b",
        "root@localhost",
        "alice@sub.example.co.uk",
        "alice@example.com.",
        "alice@10.0.0.1",
        "alice@[10.0.0.1]",
        "alice@[IPv6:2001:db8::1]",
        "alice%40example.com",
        "alice%2540example.com",
        "alice\uFF20example.com",
        "alice\uFE6Bexample.com",
        "mailto:alice@example.com",
        "acct:alice@example.com",
        "email|alice@example.com",
        "auth0|alice@example.com",
        "samlp|corp|alice@example.com",
        "users/alice@example.com",
        "https://example.com/users/alice@example.com/profile",
        "alice@example.com/resource",
        "alice@example.com|1",
        "alice@example.com:1",
        "alice@example.com?x=1",
        "alice@example.com#EXT#",
        "alice_example.com#EXT#@tenant.onmicrosoft.com",
        "<alice@example.com>",
        "[alice@example.com]",
        "{alice@example.com}",
        "(alice@example.com)",
        "'alice@example.com'",
        "\"alice@example.com\"",
        "Alice <alice@example.com>",
        "Alice alice@example.com work",
        "\"alice\"@example.com",
        "\"alice smith\"@example.com",
        "alice(work)@example.com",
        "alice@bob@example.com",
        "alice@example_corp.com",
        "alice@xn--bcher-kva.example",
        "\u00e4lice@b\u00fccher.example",
        "alice@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
        "alice@\u0909\u0926\u093e\u0939\u0930\u0923.\u092d\u093e\u0930\u0924",
        "alice@example\u3002com",
        "x!y@host",
        "user@client@clients",
        "arn:aws:sts::1:assumed-role/r/alice@example.com"
      })
  void address_inAnyShape_isRefused(String subject) {
    assertThat(reasonFor(subject)).isEqualTo(Reason.EMAIL_SUBJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "12345678901234567890",
        "7c1f2f5e-43a4-4d1c-9c61-31b4d28f0f3e",
        "auth0|507f1f77bcf86cd799439020",
        "system:serviceaccount:orders:orders",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        "https://users.example.com/1",
        "arn:aws:iam::123456789012:role/App",
        "did:web:example.com:alice",
        "@alice",
        "alice@",
        "@",
        "github|@alice",
        "@alice:matrix.example",
        "a @ b",
        "alice.example.com",
        "alice at example.com",
        "100%",
        "a%40",
        "user one of two",
        "\u7528\u6237",
        "\u03c7\u03c1\u03ae\u03c3\u03c4\u03b7\u03c2",
        "user-\ud83d\ude00",
        "e\u0301"
      })
  void otherIdentifier_isAccepted(String subject) {
    assertThat(reasonFor(subject)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00,
        0x07,
        0x09,
        0x0a,
        0x0d,
        0x1b,
        0x7f,
        0x80,
        0x85,
        0x9f, // controls
        0xad,
        0x61c,
        0x180e,
        0x200b,
        0x200c,
        0x200d,
        0x200e,
        0x200f, // format and zero width
        0x202a,
        0x202e,
        0x2060,
        0x2066,
        0x2069,
        0xfeff,
        0xfff9,
        0xe0040, // bidi, tags
        0x2028,
        0x2029,
        0xd800,
        0xdfff,
        0xfffe,
        0xffff,
        0x378, // separators, surrogates, unassigned
        0x34f,
        0x115f,
        0x1160,
        0x17b4,
        0x180b,
        0x3164,
        0xfe00,
        0xfe0f,
        0xffa0,
        0xe0100, // no glyph
        0xe000,
        0xf8ff,
        0xf0000 // private use: every system its own
      })
  void characterNobodySees_isRefusedAnywhere(int character) {
    String c =
        character >= 0xd800 && character <= 0xdfff
            ? String.valueOf((char) character)
            : Character.toString(character);

    for (String subject : new String[] {c, c + "user", "us" + c + "er", "user" + c}) {
      assertThat(reasonFor(subject))
          .as(String.format(Locale.ROOT, "U+%04X", character))
          .isEqualTo(Reason.SUBJECT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x20, 0xa0, 0x1680, 0x2000, 0x2007, 0x200a, 0x202f, 0x205f, 0x3000})
  void space_isRefusedAtTheEnds(int character) {
    String c = Character.toString(character);

    assertThat(reasonFor(c)).isEqualTo(Reason.SUBJECT);
    assertThat(reasonFor(c + "user")).isEqualTo(Reason.SUBJECT);
    assertThat(reasonFor("user" + c)).isEqualTo(Reason.SUBJECT);
    assertThat(reasonFor("us" + c + "er")).isNull();
  }

  @Test
  void length_isOneTo255() {
    assertThat(reasonFor("")).isEqualTo(Reason.SUBJECT);
    assertThat(reasonFor("s".repeat(255))).isNull();
    assertThat(reasonFor("s".repeat(256))).isEqualTo(Reason.SUBJECT);
    assertThat(reasonFor("s".repeat(254) + "\ud83d\ude00")).isEqualTo(Reason.SUBJECT);
  }

  @Test
  void nonString_isRefused() {
    for (Object value : new Object[] {null, 1L, true, java.util.List.of("a")}) {
      assertThat(reasonFor(value)).isEqualTo(Reason.SUBJECT);
    }
  }

  @Test
  void emailOptOut_givesUpThatCheckAlone() throws Refusal {
    assertThat(StableSubject.of("a@b", IdentityKind.USER).checkForm().checkAtSign(true).value())
        .isEqualTo("a@b");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> StableSubject.of("a@b ", IdentityKind.USER).checkForm().checkAtSign(true)))
        .isInstanceOf(Refusal.class);
  }

  @Property(tries = 300)
  void address_behindAnyPrefixAndSuffix_isRefused(
      @ForAll("words") String local,
      @ForAll("words") String host,
      @ForAll("frames") String before,
      @ForAll("frames") String after) {
    assertThat(StableSubject.looksLikeEmail(before + local + "@" + host + after)).isTrue();
  }

  @Property(tries = 300)
  void identities_areEqual_exactlyIfIssuerAndSubjectAre(
      @ForAll("few") String issuer1,
      @ForAll("few") String subject1,
      @ForAll("few") String issuer2,
      @ForAll("few") String subject2,
      @ForAll IdentityKind kind1,
      @ForAll IdentityKind kind2) {
    Identity one = new Identity(issuer1, subject1, kind1);
    Identity two = new Identity(issuer2, subject2, kind2);

    boolean same = issuer1.equals(issuer2) && subject1.equals(subject2);
    assertThat(one.equals(two)).isEqualTo(same);
    assertThat(two.equals(one)).isEqualTo(same);
    if (same) {
      assertThat(one).hasSameHashCodeAs(two);
    }
  }

  @Property(tries = 100)
  void verifiedSubjects_thatDiffer_areNeverOneIdentity(
      @ForAll("subjects") String first, @ForAll("subjects") String second) {
    ProviderRig rig = ProviderRig.of(IssuerProfiles.oidc(ISSUER).audience("a").accessTokens());
    ForgedToken token = rig.token(ISSUER, "at+jwt", "aud", "a");
    if (rig.reason(token.subject(first)) == null && rig.reason(token.subject(second)) == null) {
      assertThat(rig.identity(token.subject(first)).equals(rig.identity(token.subject(second))))
          .isEqualTo(first.equals(second));
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> frames() {
    return Arbitraries.strings().withChars("|:/;,<>()[]{}'\" -_.!a1").ofMaxLength(6);
  }

  /** Few enough that equal ones and those that differ in where a part ends come up. */
  @Provide
  Arbitrary<String> few() {
    return Arbitraries.strings().withChars("ab:").ofMinLength(1).ofMaxLength(3);
  }

  /** Numbers that are one as a double, and letters that are one without case. */
  @Provide
  Arbitrary<String> subjects() {
    return Arbitraries.of(
        "12345678901234567890",
        "12345678901234567891",
        "User",
        "user",
        "us\u00e9r",
        "use\u0301r",
        "01",
        "1",
        "1.0",
        "1e0",
        "a|b",
        "a:b");
  }
}
