package io.github.ownproof.s3.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.AccountId;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

/** Whatever calls itself an ARN: the account of a right one, nothing from any other. */
class HostFactsPropertyTest {

  @Property
  void ofArn_anyText_neverFails(@ForAll String text) {
    assertThat(asAny(text)).allMatch(facts -> AccountId.isWellFormed(facts.account().value()));
  }

  @Property
  void ofArn_almostAnArn_givesOnlyTheTwelveDigitsInTheFifthField(
      @ForAll("almostArns") String text) {
    assertThat(asAny(text))
        .allSatisfy(facts -> assertThat(facts.account().value()).isEqualTo(text.split(":", 6)[4]));
  }

  @Property
  void ofArn_wrongNumberOfDigits_isNone(
      @ForAll @NumericChars @StringLength(max = 30) String digits) {
    Optional<HostFacts> facts =
        HostFacts.ofArn("arn:aws:iam::" + digits + ":role/app", "iam", "role/");
    assertThat(facts.isPresent()).isEqualTo(digits.length() == 12);
  }

  @Property
  void ofArn_rightOnes_areTheirAccountAndRegion(
      @ForAll @NumericChars @StringLength(12) String account, @ForAll("resources") String name) {
    assertThat(
            HostFacts.ofArn(
                "arn:aws:lambda:eu-west-1:" + account + ":function:" + name, "lambda", "function:"))
        .contains(new HostFacts(AccountId.of(account), "eu-west-1"));
    assertThat(
            HostFacts.ofArn(
                "arn:aws-cn:ecs:cn-north-1:" + account + ":task/" + name, "ecs", "task/"))
        .contains(new HostFacts(AccountId.of(account), "cn-north-1"));
    assertThat(HostFacts.ofArn("arn:aws:iam::" + account + ":role/" + name, "iam", "role/"))
        .contains(new HostFacts(AccountId.of(account), null));
  }

  private static java.util.List<HostFacts> asAny(String text) {
    return java.util.stream.Stream.of(
            HostFacts.ofArn(text, "lambda", "function:"),
            HostFacts.ofArn(text, "ecs", "task/"),
            HostFacts.ofArn(text, "iam", "role/"))
        .flatMap(Optional::stream)
        .toList();
  }

  @Provide
  Arbitrary<String> resources() {
    return Arbitraries.strings().withChars("abc:/-_$.").ofMinLength(1).ofMaxLength(40);
  }

  @Provide
  Arbitrary<String> almostArns() {
    return Combinators.combine(
            Arbitraries.of("arn", "ARN", "", " arn"),
            Arbitraries.of("aws", "aws-us-gov", "", "gcp"),
            Arbitraries.of("lambda", "ecs", "iam", "s3", ""),
            Arbitraries.of("eu-west-1", "", "aws-global", "\u0000"),
            Arbitraries.of(
                "123456789012",
                "12345678901",
                "1234567890123",
                "12345678901\u0662",
                " 12345678901",
                "",
                "*"),
            Arbitraries.of(
                "function:f", "function:", "task/t", "task/", "role/r", "role", "", ":::", "f\n"))
        .as((a, p, s, r, i, x) -> String.join(":", a, p, s, r, i, x));
  }
}
