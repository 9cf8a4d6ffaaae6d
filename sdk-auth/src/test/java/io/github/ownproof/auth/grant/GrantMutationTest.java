package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.VerifiedToken;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** No change of a grant's characters leaves a GRANT. */
class GrantMutationTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= ";

  private static final CheckRig RIG = new CheckRig();
  private static final SupportAccessChecker CHECKER = RIG.checker();
  private static final VerifiedToken ENGINEER = RIG.engineer();
  private static final String GRANT = RIG.grant();

  private static boolean isPermitted(String token) {
    return CHECKER.check(ENGINEER, token, "GET", RESOURCE, READ).isPermitted();
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.of(ALPHABET.chars().mapToObj(c -> (char) c).toList());
  }

  @Property(tries = 700)
  void oneCharacterChanged_isNeverPermitted(
      @ForAll @IntRange(max = 100_000) int place, @ForAll("characters") char other) {
    assertThat(isPermitted(GRANT)).isTrue();
    int at = place % GRANT.length();

    String changed = GRANT.substring(0, at) + other + GRANT.substring(at + 1);

    assertThat(isPermitted(changed)).isEqualTo(changed.equals(GRANT));
  }

  @Property(tries = 200)
  void anyText_isNeverPermittedAndNeverThrows(@ForAll String text, @ForAll String resource) {
    assertThat(isPermitted(text)).isFalse();
    assertThat(CHECKER.check(ENGINEER, GRANT, text, resource, resource).isPermitted()).isFalse();
  }

  @Property(tries = 200)
  void anyPiece_isNeverPermitted(@ForAll @Size(2) List<@IntRange(max = 100_000) Integer> cuts) {
    int one = cuts.get(0) % (GRANT.length() + 1);
    int other = cuts.get(1) % (GRANT.length() + 1);

    String piece = GRANT.substring(Math.min(one, other), Math.max(one, other));

    assertThat(isPermitted(piece)).isEqualTo(piece.equals(GRANT));
  }
}
