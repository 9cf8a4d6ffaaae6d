package io.github.ownproof.s3.internal.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class UrlSignerPropertyTest {

  private static final long MIDNIGHT = 20_780L * 86_400;
  private static final String REGION = "eu-west-1";
  private static final AwsCredentials KEYS = AwsBasicCredentials.create("AKIAEXAMPLE", "secret");
  private static final AwsCredentials SESSION =
      AwsSessionCredentials.create("ASIAEXAMPLE", "secret", "to+ken/=");
  private static final List<UrlTarget> TARGETS =
      List.of(
          new UrlTarget(
              "a.s3.eu-west-1.amazonaws.com", "https://a.s3.eu-west-1.amazonaws.com/", "/"),
          new UrlTarget("localhost:9000", "http://localhost:9000/bucket/", "/bucket/"));

  private record Link(UrlTarget target, UrlTerms terms, String key) {}

  @Property(tries = 300)
  void sign_oneSignerForManyTerms_sameAsAFreshOneEach(
      @ForAll("links") List<Link> links, @ForAll boolean session) {
    AwsCredentials credentials = session ? SESSION : KEYS;
    SigningScope scope = scope(credentials);

    for (Link link : links) {
      UrlSigner used = scope.borrow();
      String url = sign(used, link);
      scope.giveBack(used);

      assertThat(url).isEqualTo(sign(scope(credentials).borrow(), link));
    }
  }

  @Provide
  Arbitrary<List<Link>> links() {
    Arbitrary<NameValue> value =
        Combinators.combine(
                Arbitraries.of("versionId", "x-amz-expected-bucket-owner", "response-expires"),
                Arbitraries.of("111122223333", "a b&c", ""))
            .as(NameValue::new);
    Arbitrary<List<NameValue>> values = value.list().ofMaxSize(2);
    Arbitrary<UrlTerms> terms =
        Combinators.combine(
                Arbitraries.of("GET", "PUT"),
                values,
                values,
                Arbitraries.longs().between(MIDNIGHT, MIDNIGHT + 86_399),
                Arbitraries.of(1L, 900L))
            .as(UrlTerms::new);
    Arbitrary<Link> link =
        Combinators.combine(Arbitraries.of(TARGETS), terms, Arbitraries.of("a", "b/c d", "ü€😀/x"))
            .as(Link::new);
    // Some twice in a row, so that terms are found as they were left.
    return Combinators.combine(link.list().ofMaxSize(6), Arbitraries.integers().between(1, 2))
        .as((some, times) -> some.stream().flatMap(one -> repeated(one, times).stream()).toList());
  }

  private static List<Link> repeated(Link link, int times) {
    Link later =
        new Link(
            link.target(),
            new UrlTerms(
                link.terms().method(),
                List.copyOf(link.terms().query()),
                link.terms().headers(),
                MIDNIGHT + (link.terms().start() + 3_661) % 86_400,
                link.terms().seconds()),
            "other");
    UrlTarget other = link.target() == TARGETS.get(0) ? TARGETS.get(1) : TARGETS.get(0);
    Link elsewhere = new Link(other, link.terms(), link.key());
    return times == 1 ? List.of(link) : List.of(link, link, elsewhere, link, later);
  }

  /** Whatever a link differs in from the one before, and in that alone, it is its own. */
  @Example
  void begin_termsThatDifferInOneThing_areNotThoseOfTheLinkBefore() {
    List<NameValue> one = List.of(new NameValue("q", "1"));
    List<NameValue> other = List.of(new NameValue("q", "2"));
    Link first = new Link(TARGETS.get(0), new UrlTerms("GET", one, one, MIDNIGHT, 900), "key");
    List<Link> others =
        List.of(
            new Link(TARGETS.get(1), first.terms(), "key"),
            new Link(TARGETS.get(0), new UrlTerms("PUT", one, one, MIDNIGHT, 900), "key"),
            new Link(TARGETS.get(0), new UrlTerms("GET", other, one, MIDNIGHT, 900), "key"),
            new Link(TARGETS.get(0), new UrlTerms("GET", one, other, MIDNIGHT, 900), "key"),
            new Link(TARGETS.get(0), new UrlTerms("GET", one, one, MIDNIGHT + 1, 900), "key"),
            new Link(TARGETS.get(0), new UrlTerms("GET", one, one, MIDNIGHT, 60), "key"),
            new Link(TARGETS.get(0), first.terms(), "other"));
    UrlSigner signer = scope(KEYS).borrow();
    String before = sign(signer, first);

    for (Link link : others) {
      assertThat(sign(signer, link))
          .as(link.toString())
          .isNotEqualTo(before)
          .isEqualTo(sign(scope(KEYS).borrow(), link));
      assertThat(sign(signer, first)).isEqualTo(before);
    }
  }

  @Example
  void giveBack_afterAFailure_isForgotten() {
    SigningScope scope = scope(KEYS);
    UrlSigner signer = scope.borrow();
    Link bad = new Link(TARGETS.get(0), terms(), "\ud800");

    assertThatThrownBy(() -> sign(signer, bad)).isInstanceOf(IllegalArgumentException.class);
    scope.giveBack(signer);

    assertThat(scope.borrow()).isNotSameAs(signer);
  }

  @Example
  void begin_failsInTheMiddle_nextLinkIsWhole() {
    UrlSigner signer = scope(KEYS).borrow();
    Link good = new Link(TARGETS.get(0), terms(), "key");
    String url = sign(signer, good);
    UrlTerms half =
        new UrlTerms("GET", List.of(new NameValue("q", "\ud800")), List.of(), MIDNIGHT, 900);

    assertThatThrownBy(() -> signer.begin(TARGETS.get(0), half))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(sign(signer, good)).isEqualTo(url);
  }

  @Example
  void borrow_moreThanThereAreSlots_eachHasItsOwn() {
    SigningScope scope = scope(KEYS);
    UrlSigner first = scope.borrow();

    List<UrlSigner> all = Stream.generate(scope::borrow).limit(40).toList();

    assertThat(all).doesNotHaveDuplicates().doesNotContain(first);
    scope.giveBack(first);
    all.forEach(scope::giveBack);
    assertThat(scope.borrow()).isSameAs(first);
  }

  private static UrlTerms terms() {
    return new UrlTerms("GET", List.of(), List.of(), MIDNIGHT, 900);
  }

  private static String sign(UrlSigner signer, Link link) {
    signer.begin(link.target(), link.terms());
    return signer.sign(link.key());
  }

  private static SigningScope scope(AwsCredentials credentials) {
    return new SigningScopes().of(credentials, REGION, MIDNIGHT);
  }
}
