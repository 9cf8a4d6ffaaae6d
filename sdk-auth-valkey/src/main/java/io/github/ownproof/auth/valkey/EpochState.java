package io.github.ownproof.auth.valkey;

/** What the server knows of a grant. */
enum EpochState {
  LIVE("live"),
  REVOKED("revoked"),
  /** Never activated, over, or lost. */
  ABSENT("");

  private final String word;

  EpochState(String word) {
    this.word = word;
  }

  /** As it is stored. */
  String word() {
    return word;
  }
}
