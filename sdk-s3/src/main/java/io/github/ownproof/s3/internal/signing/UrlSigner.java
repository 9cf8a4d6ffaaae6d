package io.github.ownproof.s3.internal.signing;

import static io.github.ownproof.s3.internal.signing.Bytes.ascii;

import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;

/**
 * Makes presigned URLs within one scope. What all URLs of one {@link #begin} share is written once;
 * {@link #sign} adds the key and the signature. Not thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating
 *     requests: using query parameters</a>
 */
public final class UrlSigner {

  static final String HMAC = "HmacSHA256";

  /** A buffer that one long key made large is not kept for the next. */
  private static final int MOST_KEPT = 32_768;

  private static final int SECONDS_OF_DAY = 86_400;
  private static final int HASH = 32;
  private static final byte[] ALGORITHM = ascii("AWS4-HMAC-SHA256\n");
  private static final byte[] CANONICAL_START =
      ascii("\nX-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=");
  private static final byte[] DATE = ascii("&X-Amz-Date=");
  private static final byte[] EXPIRES = ascii("&X-Amz-Expires=");
  private static final byte[] TOKEN = ascii("&X-Amz-Security-Token=");
  private static final byte[] FIRST_TOKEN = ascii("X-Amz-Security-Token=");
  private static final byte[] SIGNED_HEADERS = ascii("&X-Amz-SignedHeaders=");
  private static final byte[] QUERY_ALGORITHM = ascii("X-Amz-Algorithm=AWS4-HMAC-SHA256");
  private static final byte[] CREDENTIAL = ascii("&X-Amz-Credential=");
  private static final byte[] SIGNATURE = ascii("&X-Amz-Signature=");
  private static final byte[] UNSIGNED = ascii("\nUNSIGNED-PAYLOAD");
  private static final byte[] ENCODED_SEMICOLON = ascii("%3B");
  private static final byte[] SEMICOLON = ascii(";");
  private static final String HOST = "host";

  private final SigningScope scope;
  private final MessageDigest sha256;
  private final Mac mac;
  private final byte[] hash = new byte[HASH];

  private final Bytes canonicalHead = new Bytes(128);
  private final Bytes canonicalTail = new Bytes(1_024);
  private final Bytes query = new Bytes(1_024);
  private final Bytes toSignHead = new Bytes(128);
  private final Bytes path = new Bytes(512);
  private final Bytes work = new Bytes(2_048);
  private byte[] prefix = new byte[0];

  UrlSigner(SigningScope scope, SecretKey key) {
    this.scope = scope;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
      this.mac = mac(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no SHA-256", e);
    }
  }

  static Mac mac(SecretKey key) throws NoSuchAlgorithmException, InvalidKeyException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(key);
    return mac;
  }

  /** Writes what all URLs for {@code terms} share. */
  public void begin(UrlTarget target, UrlTerms terms) {
    prefix = target.prefix();
    canonicalHead.clear().addPlain(terms.method()).add('\n').add(target.pathPrefix());
    writeToSignHead(terms.start());
    writeQuery(terms);
    writeCanonicalTail(target, terms);
  }

  private void writeToSignHead(long start) {
    toSignHead.clear().add(ALGORITHM);
    addDateTime(toSignHead, start);
    toSignHead.add('\n').add(scope.name()).add('\n');
  }

  private void writeQuery(UrlTerms terms) {
    query.clear().add('?');
    List<NameValue> parameters = terms.query();
    for (int i = 0; i < parameters.size(); i++) {
      addEncoded(query, parameters.get(i));
      query.add('&');
    }
    byte[] token = scope.token();
    if (token != null) {
      query.add(FIRST_TOKEN).add(token).add('&');
    }
    query.add(QUERY_ALGORITHM).add(DATE);
    addDateTime(query, terms.start());
    query.add(SIGNED_HEADERS);
    addSignedHeaders(query, terms.headers(), ENCODED_SEMICOLON);
    query.add(CREDENTIAL).add(scope.credential());
    query.add(EXPIRES).addNumber(terms.seconds()).add(SIGNATURE);
  }

  private void writeCanonicalTail(UrlTarget target, UrlTerms terms) {
    canonicalTail.clear().add(CANONICAL_START).add(scope.credential()).add(DATE);
    addDateTime(canonicalTail, terms.start());
    canonicalTail.add(EXPIRES).addNumber(terms.seconds());
    byte[] token = scope.token();
    if (token != null) {
      canonicalTail.add(TOKEN).add(token);
    }
    canonicalTail.add(SIGNED_HEADERS);
    addSignedHeaders(canonicalTail, terms.headers(), ENCODED_SEMICOLON);
    // The names of the signature begin with a capital, and so come before all others.
    for (NameValue parameter : sorted(terms.query())) {
      canonicalTail.add('&');
      addEncoded(canonicalTail, parameter);
    }
    canonicalTail.add('\n');
    addHeaders(target.host(), terms.headers());
    canonicalTail.add('\n');
    addSignedHeaders(canonicalTail, terms.headers(), SEMICOLON);
    canonicalTail.add(UNSIGNED);
  }

  private void addHeaders(String host, List<NameValue> headers) {
    int i = 0;
    for (; i < headers.size() && headers.get(i).name().compareTo(HOST) < 0; i++) {
      addHeader(headers.get(i).name(), headers.get(i).value());
    }
    addHeader(HOST, host);
    for (; i < headers.size(); i++) {
      addHeader(headers.get(i).name(), headers.get(i).value());
    }
  }

  private void addHeader(String name, String value) {
    canonicalTail.addPlain(name).add(':').addPlain(value).add('\n');
  }

  private static void addSignedHeaders(Bytes to, List<NameValue> headers, byte[] separator) {
    int i = 0;
    for (; i < headers.size() && headers.get(i).name().compareTo(HOST) < 0; i++) {
      to.addPlain(headers.get(i).name()).add(separator);
    }
    to.addPlain(HOST);
    for (; i < headers.size(); i++) {
      to.add(separator).addPlain(headers.get(i).name());
    }
  }

  private static void addEncoded(Bytes to, NameValue parameter) {
    to.addPlain(parameter.name()).add('=').addEncoded(parameter.value(), false);
  }

  private static List<NameValue> sorted(List<NameValue> parameters) {
    return parameters.size() < 2
        ? parameters
        : parameters.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }

  private void addDateTime(Bytes to, long epochSecond) {
    int second = (int) (epochSecond - scope.epochDay() * SECONDS_OF_DAY);
    to.add(scope.date())
        .add('T')
        .addTwoDigits(second / 3_600)
        .addTwoDigits(second / 60 % 60)
        .addTwoDigits(second % 60)
        .add('Z');
  }

  /**
   * The URL of one object, on the terms that were begun.
   *
   * @throws IllegalArgumentException if the key holds half a surrogate pair
   */
  public String sign(String key) {
    path.clear().addEncoded(key, true);
    try {
      canonicalHead.into(sha256);
      path.into(sha256);
      canonicalTail.into(sha256);
      int unused = sha256.digest(hash, 0, HASH);
      work.clear().add(toSignHead).addHex(hash).into(mac);
      mac.doFinal(hash, 0);
    } catch (DigestException | ShortBufferException e) {
      throw new IllegalStateException("A SHA-256 hash has 32 bytes", e);
    }
    return work.clear().add(prefix).add(path).add(query).addHex(hash).text();
  }

  /** Whether it is worth keeping. */
  boolean isSmall() {
    return work.capacity() + path.capacity() + query.capacity() + canonicalTail.capacity()
        <= MOST_KEPT;
  }
}
