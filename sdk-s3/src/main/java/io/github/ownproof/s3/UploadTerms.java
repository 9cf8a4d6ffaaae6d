package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What may be uploaded with a presigned URL, and how. Each term becomes a signed header that the
 * upload has to send with exactly this value, so that S3 refuses anything else.
 *
 * <pre>{@code
 * UploadTerms.anything().contentType("image/png").contentLength(48_213).onlyIfAbsent();
 * UploadTerms.anything().contentType("image/png").content(bytes); // these bytes and no others
 * }</pre>
 *
 * <p>Two are equal when their terms are. Immutable and thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">PutObject</a>
 */
public final class UploadTerms {

  private static final long MOST_BYTES = 5L << 30;
  private static final int HASH_BYTES = 32;
  private static final UploadTerms ANYTHING = new UploadTerms(null, null, null, false);

  private final @Nullable String contentType;
  private final @Nullable Long contentLength;
  private final @Nullable String sha256;
  private final boolean onlyIfAbsent;

  private UploadTerms(
      @Nullable String contentType,
      @Nullable Long contentLength,
      @Nullable String sha256,
      boolean onlyIfAbsent) {
    this.contentType = contentType;
    this.contentLength = contentLength;
    this.sha256 = sha256;
    this.onlyIfAbsent = onlyIfAbsent;
  }

  /** Anything may be uploaded, in place of what is there. Add terms to narrow it. */
  public static UploadTerms anything() {
    return ANYTHING;
  }

  /**
   * Only with this content type.
   *
   * @throws PresigningException if it cannot be sent as a header as it stands
   */
  public UploadTerms contentType(String contentType) {
    Objects.requireNonNull(contentType, "contentType");
    if (contentType.isEmpty() || !isPlain(contentType)) {
      throw PresigningException.terms(
          "The content type "
              + quote(contentType)
              + " cannot be bound to a URL. Write it in printable ASCII, without spaces at its ends"
              + " or two in a row, such as 'text/plain; charset=utf-8'.");
    }
    return new UploadTerms(contentType, contentLength, sha256, onlyIfAbsent);
  }

  /**
   * Only with this many bytes.
   *
   * @throws PresigningException if it is below 0 or above 5 GiB, the most that one upload takes
   */
  public UploadTerms contentLength(long bytes) {
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw PresigningException.terms(
          "A content length of "
              + bytes
              + " bytes cannot be uploaded at once: it is from 0 to "
              + MOST_BYTES
              + ". Use a multipart upload for more.");
    }
    return new UploadTerms(contentType, bytes, sha256, onlyIfAbsent);
  }

  /**
   * Only content with this SHA-256, by the header {@code x-amz-checksum-sha256}.
   *
   * @param hash 32 bytes; copied
   * @throws PresigningException if it has another length
   */
  public UploadTerms sha256(byte[] hash) {
    if (hash.length != HASH_BYTES) {
      throw PresigningException.terms(
          "A SHA-256 has " + HASH_BYTES + " bytes, and this has " + hash.length + ".");
    }
    return new UploadTerms(
        contentType, contentLength, Base64.getEncoder().encodeToString(hash), onlyIfAbsent);
  }

  /** Only this content: its length and its SHA-256. */
  public UploadTerms content(byte[] content) {
    try {
      return contentLength(content.length)
          .sha256(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JVM has no SHA-256", e);
    }
  }

  /** Only while there is no object of this key, by the header {@code if-none-match: *}. */
  public UploadTerms onlyIfAbsent() {
    return new UploadTerms(contentType, contentLength, sha256, true);
  }

  @Nullable String contentType() {
    return contentType;
  }

  @Nullable Long contentLength() {
    return contentLength;
  }

  /** In Base64, as it is sent. */
  @Nullable String sha256() {
    return sha256;
  }

  @Nullable String ifNoneMatch() {
    return onlyIfAbsent ? "*" : null;
  }

  /** Whether a header of this value is signed as it stands: nothing in it is trimmed or encoded. */
  static boolean isPlain(String value) {
    char before = ' ';
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
        return false;
      }
      before = c;
    }
    return value.isEmpty() || before != ' ';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UploadTerms that
        && Objects.equals(that.contentType, contentType)
        && Objects.equals(that.contentLength, contentLength)
        && Objects.equals(that.sha256, sha256)
        && that.onlyIfAbsent == onlyIfAbsent;
  }

  @Override
  public int hashCode() {
    return Objects.hash(contentType, contentLength, sha256, onlyIfAbsent);
  }

  @Override
  public String toString() {
    return "UploadTerms[contentType="
        + contentType
        + ", contentLength="
        + contentLength
        + ", sha256="
        + sha256
        + ", onlyIfAbsent="
        + onlyIfAbsent
        + ']';
  }
}
