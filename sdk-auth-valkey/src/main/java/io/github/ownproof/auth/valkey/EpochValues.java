package io.github.ownproof.auth.valkey;

import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import io.github.ownproof.core.OwnproofException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the server for a grant: the state and the grant's id, so that an answer about
 * another grant is none, and where there is a key an HMAC-SHA256 of both under the name they are
 * stored by.
 */
final class EpochValues {

  /** Longer than every value, so that what is read in part does not pass for one. */
  static final int READ_AT_MOST = 128;

  private static final String HMAC = "HmacSHA256";
  private static final int SHORTEST_KEY_BYTES = 32;

  /** What the code is over begins so: the key is of no use for anything else. */
  private static final String PURPOSE = "ownproof revocation epoch 1\n";

  private final @Nullable SecretKey key;
  private final String described;

  private EpochValues(@Nullable SecretKey key, String described) {
    this.key = key;
    this.described = described;
  }

  static EpochValues authenticated(SecretKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded != null) {
      int bytes = encoded.length;
      Arrays.fill(encoded, (byte) 0);
      if (bytes < SHORTEST_KEY_BYTES) {
        throw InvalidSupportAccessException.of(
            "The key that authenticates revocation epochs has at least "
                + SHORTEST_KEY_BYTES
                + " random bytes, not "
                + bytes
                + ".");
      }
    }
    EpochValues values = new EpochValues(key, "authenticated");
    try {
      Mac.getInstance(HMAC).init(key);
    } catch (GeneralSecurityException e) {
      throw InvalidSupportAccessException.of(
          "The key that authenticates revocation epochs must be one for "
              + HMAC
              + "; it was refused with "
              + e.getClass().getSimpleName()
              + ".");
    }
    return values;
  }

  static EpochValues unauthenticated(String reason) {
    if (reason.isBlank()) {
      throw InvalidSupportAccessException.of(
          "To do without authenticated revocation epochs give the reason, for whoever reads the"
              + " configuration next; "
              + OwnproofException.quote(reason)
              + " is none.");
    }
    return new EpochValues(null, "unauthenticated: " + OwnproofException.quote(reason));
  }

  String of(String storedBy, GrantId id, EpochState state) {
    String plain = state.word() + ' ' + id.value();
    return key == null ? plain : plain + ' ' + code(key, storedBy + '\n' + plain);
  }

  /**
   * What such a value says.
   *
   * @throws GrantStoreException if it is none of ours, or about another grant
   */
  EpochState read(String storedBy, GrantId id, @Nullable String value) {
    if (value != null && value.isEmpty()) {
      return EpochState.ABSENT;
    }
    for (EpochState state : new EpochState[] {EpochState.LIVE, EpochState.REVOKED}) {
      if (value != null && same(value, of(storedBy, id, state))) {
        return state;
      }
    }
    throw GrantStoreException.of(
        "What Valkey holds for grant "
            + id
            + " was not written by revocation epochs with this key and prefix, so the grant counts"
            + " as not live. Find out who else writes there, and give every process the same"
            + " settings.",
        null);
  }

  /** What to tell an operator; never the key. */
  @Override
  public String toString() {
    return described;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String code(SecretKey key, String what) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal((PURPOSE + what).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException | IllegalStateException e) {
      throw GrantStoreException.of(
          "The key that authenticates revocation epochs can no longer be used ("
              + e.getClass().getSimpleName()
              + ").",
          null);
    }
  }
}
