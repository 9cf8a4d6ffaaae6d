package io.github.ownproof.benchmarks;

/** The Amazon Corretto Crypto Provider, where the class path has it. */
final class Corretto {

  private static final String TYPE =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private Corretto() {}

  /**
   * Makes it the first provider of this JVM. Ours needs no more than the class path; the peers take
   * what comes first.
   */
  static void installIfPresent() {
    Class<?> provider;
    try {
      provider = Class.forName(TYPE);
    } catch (ClassNotFoundException e) {
      return;
    }
    try {
      provider.getMethod("install").invoke(null);
      Object found = provider.getField("INSTANCE").get(null);
      found.getClass().getMethod("assertHealthy").invoke(found);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the provider is there but does not work", e);
    }
  }
}
