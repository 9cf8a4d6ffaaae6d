package io.github.ownproof.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * The least that any presigner does for a URL: its two hashes, the signature, and one new text. All
 * else is known beforehand: it signs the same URL again and again, at the same second, in buffers
 * of its own. For one thread.
 */
final class PresignFloor {

  private static final String SIGNATURE = "&X-Amz-Signature=";
  private static final String HMAC = "HmacSHA256";
  private static final int HASH = 32;
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final short[] HEX = hex();

  private final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
  private final Mac mac;
  private final byte[] canonical;
  private final byte[] toSign;
  private final byte[] url;
  private final byte[] hash = new byte[HASH];

  /** Takes a presigned GET apart, and signs it anew with {@code credentials}. */
  PresignFloor(String presigned, AwsCredentials credentials) throws GeneralSecurityException {
    URI uri = URI.create(presigned);
    String query = uri.getRawQuery();
    String unsigned = query.substring(0, query.indexOf(SIGNATURE));
    String sorted = Arrays.stream(unsigned.split("&")).sorted().collect(Collectors.joining("&"));
    String[] scope = parameter(query, "X-Amz-Credential").split("%2F", 2);
    canonical =
        ascii(
            "GET\n%s\n%s\nhost:%s\n\nhost\nUNSIGNED-PAYLOAD"
                .formatted(uri.getRawPath(), sorted, uri.getHost()));
    toSign =
        ascii(
            "AWS4-HMAC-SHA256\n%s\n%s\n%s"
                .formatted(
                    parameter(query, "X-Amz-Date"),
                    scope[1].replace("%2F", "/"),
                    "0".repeat(2 * HASH)));
    url = ascii(presigned);
    mac = Mac.getInstance(HMAC);
    byte[] key = ascii("AWS4" + credentials.secretAccessKey());
    for (String part : scope[1].split("%2F", -1)) {
      mac.init(new SecretKeySpec(key, HMAC));
      key = mac.doFinal(ascii(part));
    }
    mac.init(new SecretKeySpec(key, HMAC));
  }

  private static String parameter(String query, String name) {
    return Arrays.stream(query.split("&"))
        .filter(parameter -> parameter.startsWith(name + '='))
        .map(parameter -> parameter.substring(name.length() + 1))
        .collect(Collectors.joining());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The URL, signed anew. */
  String sign() {
    try {
      sha256.update(canonical);
      var unused = sha256.digest(hash, 0, HASH);
      writeHash(toSign);
      mac.update(toSign);
      mac.doFinal(hash, 0);
    } catch (DigestException | ShortBufferException e) {
      throw new IllegalStateException("A SHA-256 hash has 32 bytes", e);
    }
    writeHash(url);
    return new String(url, StandardCharsets.ISO_8859_1);
  }

  /** Over the last characters. */
  private void writeHash(byte[] to) {
    int place = to.length - 2 * HASH;
    for (int i = 0; i < HASH; i++) {
      SHORTS.set(to, place + 2 * i, HEX[hash[i] & 0xff]);
    }
  }

  private static short[] hex() {
    short[] hex = new short[256];
    for (int i = 0; i < hex.length; i++) {
      byte[] two = ascii(String.format(Locale.ROOT, "%02x", i));
      hex[i] = (short) (two[0] << 8 | two[1]);
    }
    return hex;
  }
}
