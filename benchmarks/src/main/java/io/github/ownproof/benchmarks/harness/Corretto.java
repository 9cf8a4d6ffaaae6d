package io.github.ownproof.benchmarks.harness;

/** The Amazon Corretto Crypto Provider, which the class path has. */
final class Corretto {

  private static final String TYPE =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private Corretto() {}

  /**
   * Makes it the first provider of this JVM. Ours needs no more than the class path; the peers take
   * what comes first.
   */
  static void install() {
    try {
      Class<?> provider = Class.forName(TYPE);
      provider.getMethod("install").invoke(null);
      Object found = provider.getField("INSTANCE").get(null);
      found.getClass().getMethod("assertHealthy").invoke(found);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the provider is not there or does not work", e);
    }
  }
}
