package io.github.ownproof.auth.internal;

import io.github.ownproof.auth.internal.IdleObjects.Idle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** SHA-256 of a token: what tokens are remembered by, so that none lies in memory. */
public final class TokenHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int USES = 1_024;

  private static final IdleObjects<MessageDigest> IDLE = IdleObjects.renewedAfter(USES);

  private final long a;
  private final long b;
  private final long c;
  private final long d;

  private TokenHash(byte[] digest) {
    this.a = (long) LONGS.get(digest, 0);
    this.b = (long) LONGS.get(digest, 8);
    this.c = (long) LONGS.get(digest, 16);
    this.d = (long) LONGS.get(digest, 24);
  }

  /** The hash of these bytes. */
  public static TokenHash of(byte[] ascii) {
    Idle<MessageDigest> idle = IDLE.take();
    MessageDigest left = null;
    try {
      MessageDigest digest = idle.object() == null ? sha256() : idle.object();
      TokenHash hash = new TokenHash(digest.digest(ascii));
      // Digesting leaves it as new.
      left = digest;
      return hash;
    } finally {
      IDLE.giveBack(idle, left);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenHash that
        && a == that.a
        && b == that.b
        && c == that.c
        && d == that.d;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a ^ d);
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return "TokenHash";
  }
}
