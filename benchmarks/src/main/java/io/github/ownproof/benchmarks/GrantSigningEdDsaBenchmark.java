package io.github.ownproof.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A grant's token made by the desk as a program calls it, with all it asks and records, beside the
 * bare signature over the same bytes, and beside other libraries that only sign the same claims.
 * Nimbus signs with arithmetic of its own, Tink.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrantSigningEdDsaBenchmark extends GrantSigningRace {

  private final GrantContender nimbus;
  private final GrantContender jjwt;
  private final GrantContender jose4j;

  /** With a key of its own. */
  public GrantSigningEdDsaBenchmark() {
    super("EdDSA");
    try {
      this.nimbus = enter("Nimbus JOSE+JWT on Tink", peers.nimbusEd25519(key));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    this.jjwt = enter("jjwt", peers.jjwt(key.getPrivate()));
    this.jose4j = enter("jose4j", peers.jose4j("EdDSA", key.getPrivate()));
  }

  @Benchmark
  @Compared(id = "auth.sign.eddsa.overRaw", peer = "raw", ratioAtMost = 1.15)
  @Compared(id = "auth.sign.eddsa", peer = "nimbus", floor = "raw")
  @Compared(id = "auth.sign.eddsa.jjwt", peer = "jjwt", floor = "raw")
  @Compared(id = "auth.sign.eddsa.jose4j", peer = "jose4j", floor = "raw")
  @Compared(id = "auth.sign.eddsa.corretto.overRaw", peer = "raw", crypto = Crypto.CORRETTO_FIRST)
  @Compared(
      id = "auth.sign.eddsa.corretto",
      peer = "nimbus",
      floor = "raw",
      crypto = Crypto.CORRETTO_FIRST)
  @Compared(
      id = "auth.sign.eddsa.correttoOnClassPath",
      peer = "nimbus",
      notInQuick = true,
      crypto = Crypto.CORRETTO_ON_CLASS_PATH)
  public String issued() {
    return desk.issue();
  }

  @Benchmark
  public Object raw() throws Exception {
    return sign();
  }

  @Benchmark
  public Object nimbus() throws Exception {
    return nimbus.issue();
  }

  @Benchmark
  public Object jjwt() throws Exception {
    return jjwt.issue();
  }

  @Benchmark
  public Object jose4j() throws Exception {
    return jose4j.issue();
  }
}
