package io.github.ownproof.s3;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A signed URL for one operation on one object, and what has to go with it.
 *
 * <p>Who has the URL may do what it says until it expires, so it is a secret: {@link #toString()}
 * shows neither its signature nor its session token; {@link #url()} is what to hand out. Two are
 * equal when all they hold is. Immutable and thread-safe.
 */
public final class PresignedUrl {

  private final String url;
  private final String method;
  private final Map<String, String> headers;
  private final long end;

  /**
   * @param end in seconds of the epoch
   */
  PresignedUrl(String url, String method, Map<String, String> headers, long end) {
    this.url = url;
    this.method = method;
    this.headers = headers;
    this.end = end;
  }

  /** The whole URL, encoded. */
  public String url() {
    return url;
  }

  /** The whole URL. */
  public URI uri() {
    return URI.create(url);
  }

  /** The HTTP method it is for, such as {@code GET}; any other is refused. */
  public String method() {
    return method;
  }

  /**
   * The headers to send, with exactly these values, or S3 refuses: names in lower case, without
   * {@code host}, which every client sends by itself. Many do the same with {@code content-length},
   * and some, such as {@code java.net.http}'s, refuse to be given it. Empty for a download with its
   * owner in the query.
   */
  public Map<String, String> headers() {
    return headers;
  }

  /** When it ends, to the second: the end that was asked for, or sooner with its credentials. */
  public Instant expiration() {
    return Instant.ofEpochSecond(end);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PresignedUrl that
        && that.url.equals(url)
        && that.method.equals(method)
        && that.headers.equals(headers)
        && that.end == end;
  }

  @Override
  public int hashCode() {
    return Objects.hash(url, method, headers, end);
  }

  /** Method, host, path and end; nothing that would let anybody in. */
  @Override
  public String toString() {
    int query = url.indexOf('?');
    return "PresignedUrl["
        + method
        + ' '
        + (query < 0 ? url : url.substring(0, query))
        + ", until "
        + expiration()
        + ']';
  }
}
