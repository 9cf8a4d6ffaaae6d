package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9110 section 11.6.2, RFC 6750 section 2.1, RFC 9449 section 7.1. */
class BearerTokensTest {

  private static final URI TARGET = URI.create("https://api.example.com/orders/1");
  private static final String GOOD = "eyJh.eyJz.c2ln";

  static Stream<Arguments> headers() {
    return Stream.of(
        // The token, however the scheme is written (RFC 9110 section 11.1).
        Arguments.of("Bearer " + GOOD, GOOD),
        Arguments.of("bearer " + GOOD, GOOD),
        Arguments.of("BEARER " + GOOD, GOOD),
        Arguments.of("bEaReR " + GOOD, GOOD),
        Arguments.of("Bearer  " + GOOD, GOOD),
        Arguments.of("Bearer       " + GOOD, GOOD),
        Arguments.of("Bearer a", "a"),
        Arguments.of("Bearer -._~+/", "-._~+/"),
        Arguments.of("Bearer abc==", "abc=="),
        // Nothing of ours.
        Arguments.of(null, Reason.MISSING),
        Arguments.of("Basic dXNlcjpwYXNz", Reason.MISSING),
        Arguments.of("Basic", Reason.MISSING),
        Arguments.of("Digest username=\"u\", realm=\"r\"", Reason.MISSING),
        Arguments.of("Negotiate abc", Reason.MISSING),
        Arguments.of("AWS4-HMAC-SHA256 Credential=x", Reason.MISSING),
        Arguments.of("Bearer2 " + GOOD, Reason.MISSING),
        Arguments.of("XBearer " + GOOD, Reason.MISSING),
        Arguments.of("Token " + GOOD, Reason.MISSING),
        Arguments.of(GOOD, Reason.MISSING),
        // Something that is not quite one.
        Arguments.of("", Reason.INVALID_REQUEST),
        Arguments.of(" ", Reason.INVALID_REQUEST),
        Arguments.of("Bearer", Reason.INVALID_REQUEST),
        Arguments.of("Bearer ", Reason.INVALID_REQUEST),
        Arguments.of("Bearer    ", Reason.INVALID_REQUEST),
        Arguments.of(" Bearer " + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + GOOD + " ", Reason.INVALID_REQUEST),
        Arguments.of("Bearer a b", Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + GOOD + " " + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + GOOD + "," + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + GOOD + ", Bearer " + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + GOOD + ", Basic abc", Reason.INVALID_REQUEST),
        Arguments.of("Bearer," + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer: " + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer\t" + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer \t" + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + GOOD + "\t", Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + GOOD + "\n", Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + GOOD + "\r\n", Reason.INVALID_REQUEST),
        Arguments.of("Bearer\n" + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + GOOD + "\u0000", Reason.INVALID_REQUEST),
        Arguments.of("Bearer \u00a0" + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer\u00a0" + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer\u2003" + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer \"" + GOOD + "\"", Reason.INVALID_REQUEST),
        Arguments.of("Bearer token=\"" + GOOD + "\"", Reason.INVALID_REQUEST),
        Arguments.of("Bearer =", Reason.INVALID_REQUEST),
        Arguments.of("Bearer =abc", Reason.INVALID_REQUEST),
        Arguments.of("Bearer a=b", Reason.INVALID_REQUEST),
        Arguments.of("Bearer a\u0430", Reason.INVALID_REQUEST),
        Arguments.of("Bearer \ud83d\ude00", Reason.INVALID_REQUEST),
        Arguments.of("\u0412earer " + GOOD, Reason.INVALID_REQUEST),
        // A dotless and a dotted i do not make other letters of a scheme.
        Arguments.of("Beare\u0280 " + GOOD, Reason.INVALID_REQUEST),
        Arguments.of("Bearer " + "a".repeat(64 * 1024), "a".repeat(64 * 1024)),
        Arguments.of("Bearer " + "a".repeat(64 * 1024 + 4), Reason.TOO_LARGE),
        Arguments.of("x".repeat(100_000), Reason.TOO_LARGE));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void fromHeader_header_isTokenOrReason(String header, Object expected) {
    assertThat(result(() -> BearerTokens.fromHeader(header))).isEqualTo(expected);
    List<String> headers = header == null ? List.of() : List.of(header);
    assertThat(result(() -> BearerTokens.fromHeaders(headers))).isEqualTo(expected);
    assertThat(result(() -> BearerTokens.fromHeaders(headers, List.of(), "GET", TARGET)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void fromHeaders_sameUnderDpop_isTokenOrReason(String header, Object expected) {
    String dpop = header == null ? null : header.replaceFirst("(?i)^( ?)bearer", "$1DPoP");
    List<String> headers = dpop == null ? List.of() : List.of(dpop);
    Object actual = result(() -> BearerTokens.fromHeaders(headers, List.of("p"), "GET", TARGET));
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void fromHeaders_several_isInvalid() {
    for (String other : List.of("Bearer " + GOOD, "Bearer other", "Basic abc", "DPoP x", "")) {
      for (List<String> headers :
          List.of(List.of("Bearer " + GOOD, other), List.of(other, "Bearer " + GOOD))) {
        assertThat(result(() -> BearerTokens.fromHeaders(headers)))
            .isEqualTo(Reason.INVALID_REQUEST);
        assertThat(result(() -> BearerTokens.fromHeaders(headers, List.of(), "GET", TARGET)))
            .isEqualTo(Reason.INVALID_REQUEST);
      }
    }
  }

  @Test
  void fromHeaders_dpop_comesWithItsProof() {
    PresentedToken token =
        BearerTokens.fromHeaders(List.of("DPoP " + GOOD), List.of("p1", "p2"), "GET", TARGET);
    assertThat(token.scheme()).isEqualTo(PresentedToken.Scheme.DPOP);
    assertThat(token.token()).isEqualTo(GOOD);
    assertThat(token.proof()).isNotNull();
    assertThat(token.proof().headers()).containsExactly("p1", "p2");
    assertThat(token.proof().method()).isEqualTo("GET");
    assertThat(token.proof().target()).isEqualTo(TARGET);
  }

  @Test
  void fromHeaders_bearerWithProofHeader_staysBearer() {
    PresentedToken token =
        BearerTokens.fromHeaders(List.of("Bearer " + GOOD), List.of("p"), "GET", TARGET);
    assertThat(token.scheme()).isEqualTo(PresentedToken.Scheme.BEARER);
    assertThat(token.proof()).isNull();
  }

  @Test
  void fromHeader_dpopWithoutTheRequest_isMissing() {
    assertThat(result(() -> BearerTokens.fromHeader("DPoP " + GOOD))).isEqualTo(Reason.MISSING);
  }

  @Test
  void fromHeader_rejection_saysHowToAnswer() {
    assertThatThrownBy(() -> BearerTokens.fromHeader(null))
        .isInstanceOfSatisfying(
            TokenRejectedException.class,
            e -> {
              assertThat(e.status()).isEqualTo(401);
              assertThat(e.challenge()).isEqualTo("Bearer");
            });
    assertThatThrownBy(() -> BearerTokens.fromHeader("Bearer canary canary"))
        .isInstanceOfSatisfying(
            TokenRejectedException.class,
            e -> {
              assertThat(e.status()).isEqualTo(400);
              assertThat(e.challenge()).isEqualTo("Bearer error=\"invalid_request\"");
              assertThat(e.getMessage()).doesNotContain("canary");
            });
    assertThatThrownBy(() -> BearerTokens.fromHeaders(List.of("DPoP"), List.of(), "GET", TARGET))
        .isInstanceOfSatisfying(
            TokenRejectedException.class,
            e -> assertThat(e.challenge()).startsWith("DPoP error=\"invalid_request\", algs=\""));
  }

  @Test
  void headers_table_isAsLongAsPlanned() {
    assertThat(headers()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Property
  void fromHeaders_anything_isTokenOrRejection(
      @ForAll("hostileHeaders") List<String> authorization, @ForAll List<String> dpop) {
    Object result = result(() -> BearerTokens.fromHeaders(authorization, dpop, "GET", TARGET));
    if (result instanceof String token) {
      assertThat(token).matches("[A-Za-z0-9._~+/-]+=*");
      assertThat(authorization).hasSize(1);
      assertThat(authorization.get(0)).matches("(?i)(bearer|dpop) +\\Q" + token + "\\E");
    }
  }

  @Provide
  Arbitrary<List<String>> hostileHeaders() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "Bearer", "bearer", "DPoP", "Basic", " ", "  ", "\t", ",", "=", "abc", GOOD, "\r\n",
            "\"", "\u0000", "\u0130", "\ud800");
    Arbitrary<String> joined = pieces.list().ofMaxSize(6).map(list -> String.join("", list));
    return Arbitraries.oneOf(joined, Arbitraries.strings(), joined.map(s -> "Bearer " + s))
        .list()
        .ofMaxSize(2)
        .map(ArrayList::new);
  }

  private interface Reading {
    PresentedToken read();
  }

  private static Object result(Reading reading) {
    try {
      return reading.read().token();
    } catch (TokenRejectedException e) {
      return e.reason();
    }
  }
}
