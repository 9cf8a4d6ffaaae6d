package io.github.ownproof.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token in the making, from {@link TokenForge}: every part of it can be set to anything, and it
 * is signed as it then is.
 *
 * <p>Values are strings, numbers, booleans, nulls, and lists and maps of these. Immutable and
 * thread-safe; every method that changes something gives another token.
 */
public final class ForgedToken {

  private final ForgedKey key;
  private final Clock clock;
  private final Map<String, String> header;
  private final Map<String, String> claims;
  private final byte @Nullable [] rawHeader;
  private final byte @Nullable [] rawPayload;
  private final byte @Nullable [] signature;

  private ForgedToken(
      ForgedKey key,
      Clock clock,
      Map<String, String> header,
      Map<String, String> claims,
      byte @Nullable [] rawHeader,
      byte @Nullable [] rawPayload,
      byte @Nullable [] signature) {
    this.key = key;
    this.clock = clock;
    this.header = header;
    this.claims = claims;
    this.rawHeader = rawHeader;
    this.rawPayload = rawPayload;
    this.signature = signature;
  }

  static ForgedToken of(
      ForgedKey key, Clock clock, Map<String, String> header, Map<String, String> claims) {
    return new ForgedToken(key, clock, header, claims, null, null, null);
  }

  /** With this claim, in the place of one of the same name. */
  public ForgedToken claim(String name, @Nullable Object value) {
    return claimJson(name, JsonText.of(value));
  }

  /** With this claim, its value written as it is, be it JSON or not. */
  public ForgedToken claimJson(String name, String json) {
    return withClaims(with(claims, name, json));
  }

  /** Without this claim. */
  public ForgedToken without(String name) {
    return withClaims(with(claims, name, null));
  }

  /** With this header parameter, in the place of one of the same name. */
  public ForgedToken header(String name, @Nullable Object value) {
    return headerJson(name, JsonText.of(value));
  }

  /** With this header parameter, its value written as it is, be it JSON or not. */
  public ForgedToken headerJson(String name, String json) {
    return withHeader(with(header, name, json));
  }

  /** Without this header parameter. */
  public ForgedToken withoutHeader(String name) {
    return withHeader(with(header, name, null));
  }

  /** For this {@code aud}: a string if it is one, else an array. */
  public ForgedToken audience(String... audience) {
    return claim("aud", audience.length == 1 ? audience[0] : List.of(audience));
  }

  /** About this {@code sub}. */
  public ForgedToken subject(String subject) {
    return claim("sub", subject);
  }

  /**
   * With an {@code exp} so long after the clock's now, or before it if negative. {@code iat} stays:
   * a token that expired a moment ago needs an earlier one, or it contradicts itself.
   */
  public ForgedToken expiresIn(Duration duration) {
    return claim("exp", clock.instant().plus(duration).getEpochSecond());
  }

  /** With this {@code typ}. */
  public ForgedToken type(String type) {
    return header("typ", type);
  }

  /** With this {@code alg} in the header, and signed as before. */
  public ForgedToken algorithm(String algorithm) {
    return header("alg", algorithm);
  }

  /** With this text for a header. */
  public ForgedToken rawHeader(String json) {
    return rawHeader(json.getBytes(StandardCharsets.UTF_8));
  }

  /** With these bytes for a header. */
  public ForgedToken rawHeader(byte[] bytes) {
    return new ForgedToken(key, clock, header, claims, bytes.clone(), rawPayload, signature);
  }

  /** With this text for a payload. */
  public ForgedToken rawPayload(String json) {
    return rawPayload(json.getBytes(StandardCharsets.UTF_8));
  }

  /** With these bytes for a payload. */
  public ForgedToken rawPayload(byte[] bytes) {
    return new ForgedToken(key, clock, header, claims, rawHeader, bytes.clone(), signature);
  }

  /** Signed by this key, and with the header as it is: the key's id and algorithm do not go in. */
  public ForgedToken signedBy(ForgedKey other) {
    return new ForgedToken(other, clock, header, claims, rawHeader, rawPayload, signature);
  }

  /** With these bytes for a signature, whatever the rest becomes. */
  public ForgedToken signature(byte[] bytes) {
    return new ForgedToken(key, clock, header, claims, rawHeader, rawPayload, bytes.clone());
  }

  /** The JSON of the header, as it stands. */
  public String headerJson() {
    return new String(headerBytes(), StandardCharsets.UTF_8);
  }

  /** The JSON of the payload, as it stands. */
  public String payloadJson() {
    return new String(payloadBytes(), StandardCharsets.UTF_8);
  }

  /** The signature over header and payload as they stand, or the one that was set. */
  public byte[] signature() {
    return signature != null
        ? signature.clone()
        : key.sign(signingInput().getBytes(StandardCharsets.US_ASCII));
  }

  /** The token in the compact serialization (RFC 7515 section 7.1). */
  public String compact() {
    return signingInput() + "." + Jose.base64Url(signature());
  }

  String headerPart() {
    return Jose.base64Url(headerBytes());
  }

  String payloadPart() {
    return Jose.base64Url(payloadBytes());
  }

  /** These two parts, which need not be base64url, with a signature over them as they are. */
  String signParts(String headerPart, String payloadPart) {
    String input = headerPart + "." + payloadPart;
    return input + "." + Jose.base64Url(key.sign(input.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private String signingInput() {
    return headerPart() + "." + payloadPart();
  }

  private byte[] headerBytes() {
    return rawHeader != null ? rawHeader : object(header);
  }

  private byte[] payloadBytes() {
    return rawPayload != null ? rawPayload : object(claims);
  }

  private ForgedToken withHeader(Map<String, String> other) {
    return new ForgedToken(key, clock, other, claims, rawHeader, rawPayload, signature);
  }

  private ForgedToken withClaims(Map<String, String> other) {
    return new ForgedToken(key, clock, header, other, rawHeader, rawPayload, signature);
  }

  private static Map<String, String> with(
      Map<String, String> members, String name, @Nullable String json) {
    Map<String, String> copy = new LinkedHashMap<>(members);
    if (json == null) {
      copy.remove(name);
    } else {
      copy.put(name, json);
    }
    return copy;
  }

  private static byte[] object(Map<String, String> members) {
    Map<String, Object> raw = new LinkedHashMap<>();
    members.forEach((name, json) -> raw.put(name, new JsonText.Raw(json)));
    return JsonText.of(raw).getBytes(StandardCharsets.UTF_8);
  }

  /** The key that signs it. */
  @Override
  public String toString() {
    return "ForgedToken(" + key + ")";
  }
}
