package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class WildcardTest {

  @Property
  void matches_agreesWithTheRegularExpression(
      @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
      @ForAll @Chars({'a', 'b', '/'}) @StringLength(max = 10) String text) {
    String regex = pattern.replace("*", ".*").replace("?", ".");

    assertThat(Wildcard.matches(pattern, text)).isEqualTo(Pattern.matches(regex, text));
  }
}
