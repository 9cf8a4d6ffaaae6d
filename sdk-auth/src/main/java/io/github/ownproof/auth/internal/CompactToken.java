package io.github.ownproof.auth.internal;

import java.nio.charset.StandardCharsets;

/**
 * A compact JWS (RFC 7515 section 7.1) whose form is right and of which nothing is believed: its
 * signature has not been looked at.
 *
 * <p>There is one spelling for each token: decoding and encoding gives back the same characters.
 */
public final class CompactToken {

  private static final int JWS_DOTS = 2;
  private static final int JWE_DOTS = 4;

  private final byte[] ascii;
  private final int signingInputLength;
  private final JsonObject header;
  private final JsonObject payload;
  private final byte[] signature;

  private CompactToken(
      byte[] ascii,
      int signingInputLength,
      JsonObject header,
      JsonObject payload,
      byte[] signature) {
    this.ascii = ascii;
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
    int dots = 0;
    int first = 0;
    int second = 0;
    for (int i = 0; i < ascii.length; i++) {
      if (ascii[i] == '.') {
        dots++;
        if (dots == 1) {
          first = i;
        } else if (dots == 2) {
          second = i;
        } else if (dots > JWE_DOTS) {
          throw MalformedInput.malformed();
        }
      }
    }
    if (dots != JWS_DOTS) {
      throw dots == JWE_DOTS && inAlphabet(ascii)
          ? MalformedInput.encrypted()
          : MalformedInput.malformed();
    }
    // All three parts before the first is read: a wrong character costs the least.
    byte[] header = Base64Url.decode(ascii, 0, first);
    byte[] payload = Base64Url.decode(ascii, first + 1, second);
    byte[] signature = Base64Url.decode(ascii, second + 1, ascii.length);
    return new CompactToken(
        ascii,
        second,
        StrictJson.object(header, JsonLimits.TOKEN),
        StrictJson.object(payload, JsonLimits.TOKEN),
        signature);
  }

  private static boolean inAlphabet(byte[] ascii) {
    for (byte b : ascii) {
      if (b != '.' && !Base64Url.inAlphabet(b)) {
        return false;
      }
    }
    return true;
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
