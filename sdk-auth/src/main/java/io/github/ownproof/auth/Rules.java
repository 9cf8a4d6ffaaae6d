package io.github.ownproof.auth;

import io.github.ownproof.auth.ProviderRules.ClaimRule;
import java.util.List;
import java.util.stream.Stream;

/** Lists of checks, joined in order. */
final class Rules {

  private Rules() {}

  static List<ClaimRule> of(List<ClaimRule> first, ClaimRule... then) {
    return Stream.concat(first.stream(), Stream.of(then)).toList();
  }
}
