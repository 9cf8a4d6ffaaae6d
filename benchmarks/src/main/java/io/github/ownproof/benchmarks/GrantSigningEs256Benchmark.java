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
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrantSigningEs256Benchmark extends GrantSigningRace {

  private final GrantContender nimbus;
  private final GrantContender javaJwt;
  private final GrantContender jjwt;
  private final GrantContender jose4j;

  /** With a key of its own. */
  public GrantSigningEs256Benchmark() {
    super("ES256");
    try {
      this.nimbus = enter("Nimbus JOSE+JWT", peers.nimbus(key));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    this.javaJwt = enter("java-jwt", peers.javaJwt(key));
    this.jjwt = enter("jjwt", peers.jjwt(key.getPrivate()));
    this.jose4j = enter("jose4j", peers.jose4j("ES256", key.getPrivate()));
  }

  @Benchmark
  @Compared(id = "auth.sign.es256.overRaw", peer = "raw", ratioAtMost = 1.15)
  @Compared(id = "auth.sign.es256", peer = "nimbus", floor = "raw")
  @Compared(id = "auth.sign.es256.javaJwt", peer = "javaJwt", floor = "raw")
  @Compared(id = "auth.sign.es256.jjwt", peer = "jjwt", floor = "raw")
  @Compared(id = "auth.sign.es256.jose4j", peer = "jose4j", floor = "raw")
  @Compared(id = "auth.sign.es256.corretto.overRaw", peer = "raw", crypto = Crypto.CORRETTO_FIRST)
  @Compared(
      id = "auth.sign.es256.corretto",
      peer = "nimbus",
      floor = "raw",
      crypto = Crypto.CORRETTO_FIRST)
  @Compared(
      id = "auth.sign.es256.corretto.javaJwt",
      peer = "javaJwt",
      floor = "raw",
      notInQuick = true,
      crypto = Crypto.CORRETTO_FIRST)
  @Compared(
      id = "auth.sign.es256.correttoOnClassPath",
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
  public Object javaJwt() throws Exception {
    return javaJwt.issue();
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
