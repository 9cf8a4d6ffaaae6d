package io.github.ownproof.auth.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names that headers and claims have in nearly every token, or that no token may have: each a
 * single object, so that the reader makes none and nobody compares characters. At most 64.
 */
public enum WellKnownName {
  ALG("alg"),
  TYP("typ"),
  KID("kid"),
  CTY("cty"),
  JWK("jwk"),
  JKU("jku"),
  X5C("x5c"),
  X5U("x5u"),
  X5T("x5t"),
  X5T_S256("x5t#S256"),
  CRIT("crit"),
  B64("b64"),
  ZIP("zip"),
  ENC("enc"),
  ISS("iss"),
  SUB("sub"),
  AUD("aud"),
  EXP("exp"),
  NBF("nbf"),
  IAT("iat"),
  JTI("jti"),
  SID("sid"),
  AZP("azp"),
  CNF("cnf"),
  ACR("acr"),
  AMR("amr"),
  SCOPE("scope"),
  SCP("scp"),
  CLIENT_ID("client_id"),
  AUTH_TIME("auth_time"),
  TOKEN_USE("token_use"),
  NONCE("nonce"),
  APPID("appid"),
  CID("cid"),
  AT_HASH("at_hash"),
  C_HASH("c_hash"),
  S_HASH("s_hash"),
  EVENTS("events"),
  TOE("toe"),
  EMAIL("email"),
  EMAIL_VERIFIED("email_verified"),
  NAME("name");

  private static final int SLOTS = 256;

  /** Any odd number that spreads them well. */
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  private static final @Nullable WellKnownName[] TABLE = table();
  private static final Map<String, WellKnownName> BY_TEXT = byText();

  private final String text;

  /** The first eight characters; zeros where it has none. */
  private final long beginning;

  WellKnownName(String text) {
    this.text = text;
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    this.beginning = Words.at(Arrays.copyOf(ascii, Math.max(ascii.length, Long.BYTES)), 0);
  }

  /** The name itself. */
  public String text() {
    return text;
  }

  /** A bit that no other has. */
  @SuppressWarnings("EnumOrdinal") // which one it is lasts no longer than the program
  long bit() {
    return 1L << ordinal();
  }

  /** The one that is spelled like this; null if none is. */
  public static @Nullable WellKnownName of(String text) {
    return BY_TEXT.get(text);
  }

  /** The one that is spelled {@code json[from, to)}; null if none is. */
  static @Nullable WellKnownName of(byte[] json, int from, int to) {
    long beginning = beginning(json, from, to);
    int slot = slot(beginning);
    while (true) {
      WellKnownName name = TABLE[slot];
      if (name == null || (name.beginning == beginning && name.is(json, from, to))) {
        return name;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  /** Whether the rest is the same, too. */
  private boolean is(byte[] json, int from, int to) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = Long.BYTES; i < text.length(); i++) {
      if (json[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static long beginning(byte[] json, int from, int to) {
    int length = Math.min(to - from, Long.BYTES);
    if (length == 0) {
      return 0;
    }
    if (from <= json.length - Long.BYTES) {
      return Words.at(json, from) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
    }
    long beginning = 0;
    for (int i = length - 1; i >= 0; i--) {
      beginning = beginning << Byte.SIZE | (json[from + i] & 0xff);
    }
    return beginning;
  }

  private static int slot(long beginning) {
    return (int) ((beginning * MIX) >>> 56);
  }

  private static @Nullable WellKnownName[] table() {
    @Nullable WellKnownName[] table = new WellKnownName[SLOTS];
    for (WellKnownName name : values()) {
      int slot = slot(name.beginning);
      while (table[slot] != null) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      table[slot] = name;
    }
    return table;
  }

  private static Map<String, WellKnownName> byText() {
    Map<String, WellKnownName> byText = new HashMap<>();
    for (WellKnownName name : values()) {
      byText.put(name.text, name);
    }
    return Map.copyOf(byText);
  }
}
