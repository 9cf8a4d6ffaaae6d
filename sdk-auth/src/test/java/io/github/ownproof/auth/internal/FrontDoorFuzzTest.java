package io.github.ownproof.auth.internal;

import static io.github.ownproof.auth.internal.Samples.CLAIMS;
import static io.github.ownproof.auth.internal.Samples.HEADER;
import static io.github.ownproof.auth.internal.Samples.encoded;
import static io.github.ownproof.auth.internal.Samples.shown;
import static io.github.ownproof.auth.internal.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/**
 * Hostile input at volume: {@code -Downproof.fuzz.tries=5000000} for more of it, {@code
 * -Downproof.fuzz.seed} to see a failure again.
 */
class FrontDoorFuzzTest {

  private static final int TRIES = Integer.getInteger("ownproof.fuzz.tries", 2000);
  private static final long SEED = Long.getLong("ownproof.fuzz.seed", System.nanoTime());

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "\\udc00",
    "\"a\"",
    "\"a\":",
    "null",
    "true",
    "false",
    "0",
    "-",
    "1e999",
    "1.5",
    " ",
    "\n",
    "\u00e9",
    "\ud83d\ude00",
    "\0",
    "{}",
    "[]",
    "\"a\":1,",
    "//",
    "e",
    ".",
    "\ufeff"
  };

  /** What one try does; the message of what it throws says what the input was. */
  private interface Try {
    void with(SplittableRandom random);
  }

  @Property(tries = 2000)
  void parse_anyString_isReadOrMalformed(@ForAll String text) {
    tryToken(text);
    tryJson(utf8(text));
  }

  @Property(tries = 2000)
  void json_anyBytes_areReadOrMalformed(@ForAll byte[] bytes) {
    tryJson(bytes);
  }

  @Test
  void json_mutated_isReadAsOthersReadItOrMalformed() {
    fuzz(random -> tryJson(mutated(utf8(random.nextBoolean() ? HEADER : CLAIMS), random)));
  }

  @Test
  void json_randomPieces_areReadAsOthersReadThemOrMalformed() {
    fuzz(
        random -> {
          StringBuilder json = new StringBuilder(random.nextInt(4) == 0 ? "" : "{\"x\":");
          for (int i = random.nextInt(20); i > 0; i--) {
            json.append(PIECES[random.nextInt(PIECES.length)]);
          }
          tryJson(utf8(json.append(random.nextInt(4) == 0 ? "" : "}").toString()));
        });
  }

  @Test
  void json_deeplyNested_isReadOrMalformed() {
    fuzz(
        random -> {
          StringBuilder open = new StringBuilder();
          StringBuilder close = new StringBuilder();
          for (int i = random.nextInt(64); i > 0; i--) {
            boolean array = random.nextBoolean();
            open.append(array ? "[" : "{\"a\":");
            close.append(array ? ']' : '}');
          }
          tryJson(utf8("{\"x\":" + open + "0" + close.reverse() + "}"));
        });
  }

  @Test
  void json_written_readsAsItWasMeant() {
    fuzz(
        random -> {
          JsonWriter written = new JsonWriter(random);
          String json = written.object(0);
          try {
            String read = shown(StrictJson.object(utf8(json), JsonLimits.TOKEN));
            assertThat(read).as(json).isEqualTo(written.meant());
          } catch (MalformedInput e) {
            throw new AssertionError(json, e);
          }
        });
  }

  @Test
  void token_random_isReadAndHasOneSpelling() {
    fuzz(
        random -> {
          byte[] signature = new byte[random.nextInt(80)];
          random.nextBytes(signature);
          String token =
              Samples.token(
                  new JsonWriter(random).object(2), new JsonWriter(random).object(1), signature);
          try {
            CompactToken read = CompactToken.parse(CompactToken.ascii(token, Integer.MAX_VALUE));
            assertOneSpelling(token, read);
            assertThat(read.signature()).isEqualTo(signature);
          } catch (MalformedInput e) {
            throw new AssertionError(token, e);
          }
        });
  }

  @Test
  void token_mutated_hasOneSpellingOrIsMalformed() {
    String token = Samples.token();
    fuzz(random -> tryToken(new String(mutated(utf8(token), random), StandardCharsets.ISO_8859_1)));
  }

  @Test
  void token_mutatedInside_isReadOrMalformed() {
    fuzz(
        random ->
            tryToken(
                encoded(mutated(utf8(HEADER), random))
                    + "."
                    + encoded(mutated(utf8(CLAIMS), random))
                    + ".AQID"));
  }

  private static void fuzz(Try one) {
    for (int i = 0; i < TRIES; i++) {
      long seed = SEED + i;
      try {
        one.with(new SplittableRandom(seed));
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "again with -Downproof.fuzz.tries=1 -Downproof.fuzz.seed=" + seed, e);
      }
    }
  }

  /** Up to four changes: bytes flipped, taken away, added or repeated. */
  private static byte[] mutated(byte[] original, SplittableRandom random) {
    byte[] bytes = original;
    for (int changes = random.nextInt(5); changes > 0; changes--) {
      int at = random.nextInt(bytes.length + 1);
      int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 3));
      byte[] added =
          switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 -> utf8(PIECES[random.nextInt(PIECES.length)]);
            case 3 -> Arrays.copyOfRange(bytes, at, end);
            case 4 ->
                new byte[] {(byte) (at < bytes.length ? bytes[at] ^ 1 << random.nextInt(8) : 0)};
            default -> new byte[] {(byte) ".\"{}[],:-_AQgw0 \n=+/".charAt(random.nextInt(20))};
          };
      int keptFrom = random.nextBoolean() ? at : end;
      byte[] next = Arrays.copyOf(bytes, at + added.length + bytes.length - keptFrom);
      System.arraycopy(added, 0, next, at, added.length);
      System.arraycopy(bytes, keptFrom, next, at + added.length, bytes.length - keptFrom);
      bytes = next;
    }
    return bytes;
  }

  private static void tryToken(String token) {
    try {
      assertOneSpelling(token, Samples.parse(token));
    } catch (MalformedInput refused) {
      assertThat(refused.getStackTrace()).isEmpty();
    }
  }

  static void assertOneSpelling(String token, CompactToken read) {
    String[] parts = token.split("\\.", -1);
    String again =
        encoded(Base64.getUrlDecoder().decode(parts[0]))
            + "."
            + encoded(Base64.getUrlDecoder().decode(parts[1]))
            + "."
            + encoded(read.signature());
    if (parts.length != 3
        || !again.equals(token)
        || read.signingInputLength() != parts[0].length() + 1 + parts[1].length()
        || !token.equals(new String(read.ascii(), StandardCharsets.UTF_8))) {
      throw new AssertionError(token);
    }
  }

  /** What we read, another library reads as well, with the same names; and we refuse no less. */
  private static void tryJson(byte[] json) {
    JsonObject read = null;
    JsonObject document = null;
    try {
      read = StrictJson.object(json, JsonLimits.TOKEN);
    } catch (MalformedInput refused) {
      assertThat(refused).isSameAs(MalformedInput.malformed());
    }
    try {
      document = StrictJson.document(json, JsonLimits.TOKEN);
    } catch (MalformedInput refused) {
      assertThat(refused).isSameAs(MalformedInput.malformed());
    }
    if (read == null) {
      return;
    }
    String text = new String(json, StandardCharsets.UTF_8);
    try {
      if (document == null
          || !shown(document).equals(shown(read))
          || !JsonUtil.parseJson(text).keySet().stream().toList().equals(read.names())) {
        throw new AssertionError(text);
      }
    } catch (JoseException e) {
      throw new AssertionError(text, e);
    }
  }
}
