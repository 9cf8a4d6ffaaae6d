package io.github.ownproof.s3.internal.signing;

/**
 * Where the URLs of a bucket lead.
 *
 * <p>Immutable and thread-safe.
 */
public final class UrlTarget {

  private final String host;
  private final byte[] prefix;
  private final byte[] pathPrefix;

  /**
   * @param host as the Host header has it
   * @param prefix all of a URL that comes before the key
   * @param pathPrefix the path before the key, encoded
   */
  public UrlTarget(String host, String prefix, String pathPrefix) {
    this.host = host;
    this.prefix = Bytes.ascii(prefix);
    this.pathPrefix = Bytes.ascii(pathPrefix);
  }

  /** The Host header. */
  public String host() {
    return host;
  }

  /** Whether keys come right after the host, so that none can climb out of the bucket. */
  public boolean isRoot() {
    return pathPrefix.length == 1;
  }

  byte[] prefix() {
    return prefix;
  }

  byte[] pathPrefix() {
    return pathPrefix;
  }
}
