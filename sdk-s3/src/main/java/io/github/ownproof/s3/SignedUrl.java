package io.github.ownproof.s3;

import io.github.ownproof.s3.internal.signing.NameValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;

/**
 * A URL that was signed here.
 *
 * @param host the Host header
 * @param headers what is signed beside it, as it is sent
 * @param signed the same in lower case
 */
record SignedUrl(
    String url,
    String method,
    String host,
    List<NameValue> headers,
    List<NameValue> signed,
    UrlLifetime lifetime) {

  PresignedUrl toPresignedUrl() {
    return new PresignedUrl(url, method, single(signed), lifetime.end());
  }

  /** Fills one of the AWS SDK's presigned requests. */
  <B extends PresignedRequest.Builder> B into(B builder) {
    builder
        .expiration(lifetime.expiration())
        .isBrowserExecutable(method.equals("GET") && signed.isEmpty())
        .signedHeaders(lists("host", host, signed))
        .httpRequest(new SignedUrlRequest(method, url, lists("Host", host, headers)));
    return builder;
  }

  private static Map<String, String> single(List<NameValue> headers) {
    if (headers.isEmpty()) {
      return Map.of();
    }
    Map<String, String> map = new LinkedHashMap<>();
    headers.forEach(header -> map.put(header.name(), header.value()));
    return Map.copyOf(map);
  }

  private static Map<String, List<String>> lists(
      String hostName, String host, List<NameValue> headers) {
    if (headers.isEmpty()) {
      return Map.of(hostName, List.of(host));
    }
    Map<String, List<String>> map = new LinkedHashMap<>();
    map.put(hostName, List.of(host));
    headers.forEach(header -> map.put(header.name(), List.of(header.value())));
    return Map.copyOf(map);
  }

  /** Nothing that would let anybody in. */
  @Override
  public String toString() {
    return toPresignedUrl().toString();
  }
}
