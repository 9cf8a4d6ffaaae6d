package io.github.ownproof.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is not the one compact serialization of a token: the same token must have one spelling. */
final class HostileEncodings {

  private static final String BASE64URL = "RFC 7515 section 2";
  private static final String COMPACT = "RFC 7515 section 7.1";
  private static final String PARTS = "RFC 7515 section 5.2";

  private HostileEncodings() {}

  static void addTo(HostileFamily family) {
    addSpellings(family);
    addSignedSpellings(family);
    addParts(family);
    addOtherSerializations(family);
    addSizes(family);
  }

  /** Strings that lenient decoders take for the valid token they were made from. */
  private static void addSpellings(HostileFamily family) {
    String token = padded(family).compact();
    Map<String, String> spellings = new LinkedHashMap<>();
    spellings.put("a space before", " " + token);
    spellings.put("a space after", token + " ");
    spellings.put("a newline after", token + "\n");
    spellings.put("a carriage return after", token + "\r\n");
    spellings.put("a tab before", "\t" + token);
    spellings.put("a NUL after", token + "\0");
    spellings.put("a byte order mark before", "\ufeff" + token);
    spellings.put("a zero-width space after", token + "\u200b");
    spellings.put("a no-break space after", token + "\u00a0");
    spellings.put("the scheme before", "Bearer " + token);
    spellings.put("the scheme and a colon before", "Bearer: " + token);
    spellings.put("quotes around", "\"" + token + "\"");
    spellings.put("angle brackets around", "<" + token + ">");
    spellings.put("a comma after", token + ",");
    spellings.put("a semicolon after", token + ";");
    spellings.put("itself after a comma", token + "," + token);
    spellings.put("percent-encoded dots", token.replace(".", "%2E"));
    spellings.put("full-width dots", token.replace('.', '\uff0e'));
    spellings.put("colons for dots", token.replace('.', ':'));
    spellings.put("padding at the end", token + "=");
    spellings.put("double padding at the end", token + "==");
    spellings.put("percent-encoded padding at the end", token + "%3D");
    spellings.put("a full-width character", fullWidth(token));
    spellings.put("other unused bits in the signature", withOtherUnusedBits(token));
    spellings.put("one character more", token + "AAA");
    spellings.forEach((name, text) -> family.add(name, BASE64URL, "MALFORMED", text));
  }

  /** The same, but signed as spelled: what a careless issuer could send. */
  private static void addSignedSpellings(HostileFamily family) {
    ForgedToken token = padded(family);
    String header = token.headerPart();
    String payload = token.payloadPart();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("padding", header + "=");
    headers.put("a newline", header + "\n");
    headers.put("a space", " " + header);
    headers.put("a line break inside", broken(header));
    headers.put("an illegal character inside", header.substring(0, 8) + "!" + header.substring(8));
    headers.put("an impossible length", header + impossible(header));
    headers.forEach(
        (name, part) ->
            family.add(
                "signed with " + name + " in the header",
                BASE64URL,
                "MALFORMED",
                token.signParts(part, payload)));
    Map<String, String> payloads = new LinkedHashMap<>();
    payloads.put("padding", payload + "=");
    payloads.put("the standard alphabet", payload.replace('-', '+').replace('_', '/'));
    payloads.put("a newline", payload + "\n");
    payloads.put("a space", payload + " ");
    payloads.put("a line break inside", broken(payload));
    payloads.put(
        "an illegal character inside", payload.substring(0, 8) + "*" + payload.substring(8));
    payloads.put("an impossible length", payload + impossible(payload));
    payloads.put("unused bits", withOtherUnusedBits(payload));
    payloads.put("plain JSON", "{\"sub\":\"user-1\"}");
    payloads.forEach(
        (name, part) ->
            family.add(
                "signed with " + name + " in the payload",
                BASE64URL,
                "MALFORMED",
                token.signParts(header, part)));
  }

  private static void addParts(HostileFamily family) {
    String token = family.valid().compact();
    String[] part = token.split("\\.", -1);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("one", part[0]);
    all.put("two", part[0] + "." + part[1]);
    all.put("two, the payload first", part[1] + "." + part[2]);
    all.put("four", token + "." + part[2]);
    all.put("four, the last empty", token + ".");
    all.put("four, the first empty", "." + token);
    all.put("four, two dots together", part[0] + ".." + part[1] + "." + part[2]);
    all.put("six", token + "." + token);
    all.put("no header", "." + part[1] + "." + part[2]);
    all.put("no payload", part[0] + ".." + part[2]);
    all.put("two dots", "..");
    all.put("a dot", ".");
    all.put("five thousand dots", ".".repeat(5_000));
    all.forEach((name, text) -> family.add("parts: " + name, PARTS, "MALFORMED", text));
    String swapped = part[1] + "." + part[0] + "." + part[2];
    family.add("parts: the payload before the header", PARTS, "ALGORITHM", swapped);
  }

  private static void addOtherSerializations(HostileFamily family) {
    ForgedToken token = family.valid();
    String signature = Jose.base64Url(token.signature());
    String flat =
        "{\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\"}"
            .replaceFirst("%s", token.payloadPart())
            .replaceFirst("%s", token.headerPart())
            .replaceFirst("%s", signature);
    String general =
        "{\"payload\":\"%s\",\"signatures\":[{\"protected\":\"%s\",\"signature\":\"%s\"}]}"
            .replaceFirst("%s", token.payloadPart())
            .replaceFirst("%s", token.headerPart())
            .replaceFirst("%s", signature);
    String rule = "RFC 7519 section 1, RFC 8725 section 3.14";
    family.add("flattened JSON", rule, "MALFORMED", flat);
    family.add("general JSON", rule, "MALFORMED", general);
    family.add("JSON with dots", rule, "MALFORMED", "{\"a\":\"" + token.compact() + "\"}");
    family.add("detached payload", COMPACT, "MALFORMED", token.headerPart() + ".." + signature);
    family.add("selective disclosure", COMPACT, "MALFORMED", token.compact() + "~");
    family.add("the claims alone", COMPACT, "MALFORMED", token.payloadJson());
    family.add("the word null", COMPACT, "MALFORMED", "null");
    family.add("the word undefined", COMPACT, "MALFORMED", "undefined");
    family.add("basic credentials", COMPACT, "MALFORMED", "dXNlcjpwYXNzd29yZA==");
  }

  private static void addSizes(HostileFamily family) {
    String rule = "RFC 8725 section 3.14 (an upper bound)";
    ForgedToken big = family.valid().claim("filler", "f".repeat(20_000));
    family.add("20 kB of claims", rule, "TOO_LARGE", big);
    ForgedToken bigHeader = family.valid().header("filler", "f".repeat(20_000));
    family.add("20 kB of header", rule, "TOO_LARGE", bigHeader);
    ForgedToken bigSignature = family.valid().signature(new byte[20_000]);
    family.add("20 kB of signature", rule, "TOO_LARGE", bigSignature);
    family.add("a million dots", rule, "TOO_LARGE", ".".repeat(1_000_000));
    family.add("a million characters", rule, "TOO_LARGE", "A".repeat(1_000_000));
  }

  /** A token whose payload has the characters in which the alphabets differ, and unused bits. */
  private static ForgedToken padded(HostileFamily family) {
    ForgedToken token =
        family.valid().claim("text", "\u00fb\u00ff\u07fe\u07ff\u00be\u00bf~~~???>>>");
    for (int i = 0; i < 3; i++) {
      String part = token.payloadPart();
      if (part.length() % 4 == 3 && part.contains("-") && part.contains("_")) {
        break;
      }
      token = token.claim("fill", "f".repeat(i + 1));
    }
    return token;
  }

  /** The last character's lowest bit changed, which a lenient decoder drops. */
  private static String withOtherUnusedBits(String part) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(part.charAt(part.length() - 1));
    return part.substring(0, part.length() - 1) + alphabet.charAt(last ^ 1);
  }

  /** Digits in another script are letters or digits to many libraries. */
  private static String fullWidth(String token) {
    char last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (char) (last + 0xfee0);
  }

  private static String broken(String part) {
    return part.substring(0, 20) + "\r\n " + part.substring(20);
  }

  /** As many characters as leave one alone in the last group. */
  private static String impossible(String part) {
    return "A".repeat((5 - part.length() % 4) % 4);
  }
}
