package io.github.ownproof.benchmarks;

/** Something that makes a grant's token. */
@FunctionalInterface
interface GrantContender {

  /** Another token of the same grant. */
  String issue() throws Exception;
}
