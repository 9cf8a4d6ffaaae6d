package io.github.ownproof.s3;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * A presigned URL as the AWS SDK's HTTP request. Few callers look further than its URL, so the rest
 * is told from that when it is asked for. Immutable and thread-safe.
 */
final class SignedUrlRequest implements SdkHttpRequest {

  private final SdkHttpMethod method;
  private final URI uri;
  private final Map<String, List<String>> headers;
  private volatile @Nullable SdkHttpRequest parts;

  SignedUrlRequest(String method, String url, Map<String, List<String>> headers) {
    this.method = SdkHttpMethod.fromValue(method);
    this.uri = URI.create(url);
    this.headers = headers;
  }

  private SdkHttpRequest parts() {
    SdkHttpRequest known = parts;
    if (known == null) {
      known = SdkHttpRequest.builder().method(method).uri(uri).headers(headers).build();
      parts = known;
    }
    return known;
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public SdkHttpMethod method() {
    return method;
  }

  @Override
  public String protocol() {
    return parts().protocol();
  }

  @Override
  public String host() {
    return parts().host();
  }

  @Override
  public int port() {
    return parts().port();
  }

  @Override
  public String encodedPath() {
    return parts().encodedPath();
  }

  @Override
  public Map<String, List<String>> rawQueryParameters() {
    return parts().rawQueryParameters();
  }

  @Override
  public Map<String, List<String>> headers() {
    return parts().headers();
  }

  @Override
  public Optional<String> firstMatchingHeader(String header) {
    return parts().firstMatchingHeader(header);
  }

  @Override
  public List<String> matchingHeaders(String header) {
    return parts().matchingHeaders(header);
  }

  @Override
  public void forEachHeader(BiConsumer<? super String, ? super List<String>> consumer) {
    parts().forEachHeader(consumer);
  }

  @Override
  public int numHeaders() {
    return parts().numHeaders();
  }

  @Override
  public SdkHttpRequest.Builder toBuilder() {
    return parts().toBuilder();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedUrlRequest that
        && that.method == method
        && that.uri.equals(uri)
        && that.headers.equals(headers);
  }

  @Override
  public int hashCode() {
    return uri.hashCode();
  }

  /** Nothing that would let anybody in. */
  @Override
  public String toString() {
    return "SignedUrlRequest[" + method + ' ' + uri.getHost() + uri.getRawPath() + ']';
  }
}
