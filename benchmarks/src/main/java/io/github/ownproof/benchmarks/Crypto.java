package io.github.ownproof.benchmarks;

/** Where the signatures of a comparison's JVM come from. */
public enum Crypto {
  /** The JDK's own providers. */
  JDK,
  /**
   * The Amazon Corretto Crypto Provider is on the class path, and nothing else is done: ours finds
   * it there, while others go on with what the JDK has.
   */
  CORRETTO_ON_CLASS_PATH,
  /** It is the first provider as well, so that everybody takes it. */
  CORRETTO_FIRST
}
