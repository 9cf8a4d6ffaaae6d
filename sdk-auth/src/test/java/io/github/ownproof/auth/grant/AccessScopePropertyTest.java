package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Covering, being within and intersecting agree with one another, name by name. */
class AccessScopePropertyTest {

  /** Few letters, so that names meet: a, ab, a/b, a/b/a and the like. */
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("a", "b", "ab")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(l -> String.join("/", l));
  }

  @Provide
  Arbitrary<Resources> resources() {
    Arbitrary<Set<String>> some = names().set().ofMaxSize(4);
    return Combinators.combine(some, some).as(Resources::new);
  }

  @Provide
  Arbitrary<AccessScope> scopes() {
    return Combinators.combine(
            resources().filter(r -> !r.isEmpty()),
            Arbitraries.of("x:read", "y:read", "z:read").set().ofMinSize(1).ofMaxSize(3),
            Arbitraries.integers().between(1, 3))
        .as((r, p, s) -> new AccessScope(r, p, Duration.ofSeconds(s)));
  }

  @Property(tries = 2000)
  void intersect_coversExactlyWhatBothCover(
      @ForAll("resources") Resources some,
      @ForAll("resources") Resources others,
      @ForAll("names") String name) {
    assertThat(some.intersect(others).cover(name))
        .isEqualTo(some.cover(name) && others.cover(name));
    assertThat(some.intersect(others).cover(name)).isEqualTo(others.intersect(some).cover(name));
  }

  @Property(tries = 2000)
  void and_coversWhatEitherCovers(
      @ForAll("resources") Resources some,
      @ForAll("resources") Resources others,
      @ForAll("names") String name) {
    assertThat(some.and(others).cover(name)).isEqualTo(some.cover(name) || others.cover(name));
  }

  @Property(tries = 2000)
  void areWithin_impliesThatAllThatIsCoveredIs(
      @ForAll("resources") Resources some,
      @ForAll("resources") Resources others,
      @ForAll("names") String name) {
    if (some.areWithin(others) && some.cover(name)) {
      assertThat(others.cover(name)).isTrue();
    }
    // A name longer than any of theirs tells a tree from the names in it.
    if (some.areWithin(others) && some.cover(name + "/zz")) {
      assertThat(others.cover(name + "/zz")).isTrue();
    }
  }

  @Property(tries = 2000)
  void areWithin_isNeverDenied_toWhatIsCovered(
      @ForAll("resources") Resources some, @ForAll("resources") Resources others) {
    boolean exactAre = some.exact().stream().allMatch(others::cover);
    boolean treesAre = some.trees().stream().allMatch(tree -> others.cover(tree + "/zz"));
    assertThat(some.areWithin(others)).isEqualTo(exactAre && treesAre);
  }

  @Property(tries = 1000)
  void intersection_isWithinBoth_andOfWithinIsTheSame(
      @ForAll("scopes") AccessScope some, @ForAll("scopes") AccessScope others) {
    assertThat(some.isWithin(some)).isTrue();
    if (some.meets(others)) {
      AccessScope both = some.intersect(others);
      assertThat(both.isWithin(some)).isTrue();
      assertThat(both.isWithin(others)).isTrue();
    }
    if (some.isWithin(others)) {
      assertThat(some.meets(others)).isTrue();
      assertThat(some.intersect(others).isWithin(some)).isTrue();
      assertThat(some.isWithin(some.intersect(others))).isTrue();
    }
  }

  @Property(tries = 1000)
  void isWithin_isAnOrder(
      @ForAll("scopes") AccessScope a,
      @ForAll("scopes") AccessScope b,
      @ForAll("scopes") AccessScope c) {
    if (a.isWithin(b) && b.isWithin(c)) {
      assertThat(a.isWithin(c)).isTrue();
    }
  }
}
