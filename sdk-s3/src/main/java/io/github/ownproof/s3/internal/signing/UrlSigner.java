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
import org.jspecify.annotations.Nullable;

/**
 * Makes presigned URLs within one scope. What all URLs of one {@link #begin} share is written once,
 * and stays written for the next {@link #begin} on the same terms: only the time of day is put
 * anew. {@link #sign} adds the key and the signature. Not thread-safe.
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
  private final int slot;
  private final MessageDigest sha256;
  private final Mac mac;
  private final byte[] hash = new byte[HASH];

  private @Nullable UrlTarget target;
  private String method = "";
  private List<NameValue> parameters = List.of();
  private List<NameValue> headers = List.of();
  private long seconds;
  private int secondOfDay;

  /** Each begins with what all canonical requests, signed texts and URLs have in common. */
  private final Bytes canonical = new Bytes(2_048);

  private final Bytes toSign = new Bytes(256);
  private final Bytes url = new Bytes(2_048);
  private int canonicalHead;
  private int toSignHead;
  private int urlHead;

  private final Bytes canonicalTail = new Bytes(1_024);
  private final Bytes query = new Bytes(1_024);
  private int timeToSign;
  private int timeInTail;
  private int timeInQuery;
  private boolean sound = true;

  /**
   * @param slot where the scope keeps it
   */
  UrlSigner(SigningScope scope, SecretKey key, int slot) {
    this.scope = scope;
    this.slot = slot;
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

  /** Writes what all URLs for {@code terms} share, as far as it is not there yet. */
  public void begin(UrlTarget target, UrlTerms terms) {
    if (!isBegun(target, terms)) {
      this.target = null;
      write(target, terms);
      method = terms.method();
      parameters = terms.query();
      headers = terms.headers();
      seconds = terms.seconds();
      secondOfDay = -1;
      this.target = target;
    }
    putTime((int) (terms.start() - scope.epochDay() * SECONDS_OF_DAY));
  }

  private boolean isBegun(UrlTarget other, UrlTerms terms) {
    return other == target
        && terms.seconds() == seconds
        && terms.method().equals(method)
        && isSame(terms.query(), parameters)
        && isSame(terms.headers(), headers);
  }

  private static boolean isSame(List<NameValue> some, List<NameValue> others) {
    return some == others || some.equals(others);
  }

  private void write(UrlTarget to, UrlTerms terms) {
    canonical.clear().addPlain(terms.method()).add('\n').add(to.pathPrefix());
    canonicalHead = canonical.length();
    url.clear().add(to.prefix());
    urlHead = url.length();
    writeToSign();
    writeQuery(terms);
    writeCanonicalTail(to, terms);
  }

  private void putTime(int second) {
    if (second != secondOfDay) {
      toSign.putTime(timeToSign, second);
      query.putTime(timeInQuery, second);
      canonicalTail.putTime(timeInTail, second);
      secondOfDay = second;
    }
  }

  private void writeToSign() {
    toSign.clear().add(ALGORITHM);
    timeToSign = addDateTime(toSign);
    toSign.add('\n').add(scope.name()).add('\n');
    toSignHead = toSign.length();
  }

  private void writeQuery(UrlTerms terms) {
    query.clear().add('?');
    for (NameValue parameter : terms.query()) {
      addEncoded(query, parameter);
      query.add('&');
    }
    byte[] token = scope.token();
    if (token != null) {
      query.add(FIRST_TOKEN).add(token).add('&');
    }
    query.add(QUERY_ALGORITHM).add(DATE);
    timeInQuery = addDateTime(query);
    query.add(SIGNED_HEADERS);
    addSignedHeaders(query, terms.headers(), ENCODED_SEMICOLON);
    query.add(CREDENTIAL).add(scope.credential());
    query.add(EXPIRES).addNumber(terms.seconds()).add(SIGNATURE);
  }

  private void writeCanonicalTail(UrlTarget to, UrlTerms terms) {
    canonicalTail.clear().add(CANONICAL_START).add(scope.credential()).add(DATE);
    timeInTail = addDateTime(canonicalTail);
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
    addHeaders(to.host(), terms.headers());
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

  /** The date, and room for the time; tells where. */
  private int addDateTime(Bytes to) {
    int time = to.add(scope.date()).add('T').addTime();
    to.add('Z');
    return time;
  }

  /**
   * The URL of one object, on the terms that were begun.
   *
   * @throws IllegalArgumentException if the key holds half a surrogate pair
   */
  public String sign(String key) {
    sound = false;
    url.cut(urlHead).addEncoded(key, true);
    int end = url.length();
    try {
      canonical.cut(canonicalHead).add(url, urlHead, end).add(canonicalTail).into(sha256);
      int unused = sha256.digest(hash, 0, HASH);
      toSign.cut(toSignHead).addHex(hash).into(mac);
      mac.doFinal(hash, 0);
    } catch (DigestException | ShortBufferException e) {
      throw new IllegalStateException("A SHA-256 hash has 32 bytes", e);
    }
    String signed = url.add(query).addHex(hash).text();
    sound = true;
    return signed;
  }

  int slot() {
    return slot;
  }

  /** Whether it is worth keeping: neither too large, nor left in the middle of its work. */
  boolean isKept() {
    return sound
        && canonical.capacity() + url.capacity() + query.capacity() + canonicalTail.capacity()
            <= MOST_KEPT;
  }
}
