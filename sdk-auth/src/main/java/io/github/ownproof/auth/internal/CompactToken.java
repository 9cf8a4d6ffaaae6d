package io.github.ownproof.auth.internal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A compact JWS (RFC 7515 section 7.1) whose form is right and of which nothing is believed: its
 * signature has not been looked at.
 *
 * <p>There is one spelling for each token: decoding and encoding gives back the same characters.
 */
public final class CompactToken {

  private static final int JWE_DOTS = 4;

  private final byte[] ascii;
  private final int headerLength;
  private final int signingInputLength;
  private final JsonObject header;
  private final JsonObject payload;
  private final byte[] signature;

  private CompactToken(
      byte[] ascii,
      int headerLength,
      int signingInputLength,
      JsonObject header,
      JsonObject payload,
      byte[] signature) {
    this.ascii = ascii;
    this.headerLength = headerLength;
    this.signingInputLength = signingInputLength;
    this.header = header;
    this.payload = payload;
    this.signature = signature;
  }

  /** The token's characters as bytes, to hash or sign; never more than {@code limit}. */
  public static byte[] ascii(String token, int limit) throws MalformedInput {
    if (token.length() > limit) {
      throw MalformedInput.tooLarge();
    }
    // No character outside ASCII can become one that parse() lets through: Latin-1 keeps its
    // eighth bit, and everything else becomes '?'.
    return token.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads a token from its bytes, which it keeps and nobody changes. */
  public static CompactToken parse(byte[] ascii) throws MalformedInput {
    return parse(ascii, null);
  }

  /** The same; a header that is among these is not read again. */
  public static CompactToken parse(byte[] ascii, @Nullable KnownHeaders headers)
      throws MalformedInput {
    int first = Words.indexOf(ascii, '.', 0);
    int second = first < 0 ? first : Words.indexOf(ascii, '.', first + 1);
    if (second < 0 || Words.indexOf(ascii, '.', second + 1) >= 0) {
      throw isEncrypted(ascii) ? MalformedInput.encrypted() : MalformedInput.malformed();
    }
    // All three parts before the first is read: a wrong character costs the least.
    JsonObject known = headers == null ? null : headers.find(ascii, first);
    byte[] header = known == null ? Base64Url.decode(ascii, 0, first) : Base64Url.EMPTY;
    byte[] payload = Base64Url.decode(ascii, first + 1, second);
    byte[] signature = Base64Url.decode(ascii, second + 1, ascii.length);
    return new CompactToken(
        ascii,
        first,
        second,
        known == null ? StrictJson.object(header, JsonLimits.TOKEN) : known,
        StrictJson.object(payload, JsonLimits.TOKEN),
        signature);
  }

  private static boolean isEncrypted(byte[] ascii) {
    int dots = 0;
    for (byte b : ascii) {
      if (b == '.') {
        dots++;
      } else if (!Base64Url.inAlphabet(b)) {
        return false;
      }
      if (dots > JWE_DOTS) {
        return false;
      }
    }
    return dots == JWE_DOTS;
  }

  /** The header, unverified. */
  public JsonObject header() {
    return header;
  }

  /** The payload, unverified: before the signature holds, only its {@code iss} may be looked at. */
  public JsonObject unverifiedPayload() {
    return payload;
  }

  /** The whole token; the first {@link #signingInputLength()} bytes are the signing input. */
  public byte[] ascii() {
    return ascii;
  }

  int headerLength() {
    return headerLength;
  }

  /** The length of header, dot and payload: what the signature is over (RFC 7515 section 5.2). */
  public int signingInputLength() {
    return signingInputLength;
  }

  /** The decoded signature; empty for an unsecured token. */
  public byte[] signature() {
    return signature;
  }

  /** Shows nothing of the content. */
  @Override
  public String toString() {
    return "CompactToken";
  }
}
