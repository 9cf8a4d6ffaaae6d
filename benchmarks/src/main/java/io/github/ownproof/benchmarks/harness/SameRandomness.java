package io.github.ownproof.benchmarks.harness;

import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes keys, nonces and signatures the same in each JVM and each call, because what big numbers
 * allocate depends on how long they happen to be. Only where bytes are counted.
 */
final class SameRandomness {

  private static final AtomicLong STATE = new AtomicLong();

  private SameRandomness() {}

  static void install() {
    Security.insertProviderAt(new SameProvider(), 1);
  }

  /** The next call is to find what the last one found. */
  static void restart() {
    STATE.set(0);
  }

  private static final class SameProvider extends Provider {

    private static final long serialVersionUID = 1L;

    SameProvider() {
      super("Same", "1", "the same numbers each time");
      putService(new Same(this));
    }
  }

  private static final class Same extends Provider.Service {

    Same(Provider provider) {
      super(provider, "SecureRandom", "Same", Numbers.class.getName(), null, null);
    }

    @Override
    public Object newInstance(Object parameter) {
      return new Numbers();
    }
  }

  /** SplitMix64, by Steele, Lea and Flood. */
  private static final class Numbers extends SecureRandomSpi {

    private static final long serialVersionUID = 1L;

    @Override
    protected void engineSetSeed(byte[] seed) {
      // The numbers stay the same.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        long mixed = STATE.addAndGet(0x9E3779B97F4A7C15L);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        bytes[i] = (byte) (mixed ^ (mixed >>> 31));
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      byte[] bytes = new byte[length];
      engineNextBytes(bytes);
      return bytes;
    }
  }
}
