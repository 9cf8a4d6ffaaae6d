package io.github.ownproof.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What of a request must be the same for two calls to be compared: all of it but what differs from
 * one call to the next anyway.
 */
record SentRequest(String method, String url, Map<String, List<String>> headers, String body) {

  private static final Set<String> DIFFERS_BY_CALL =
      Set.of("user-agent", "amz-sdk-invocation-id", "x-amz-date");

  static SentRequest of(SdkHttpRequest request, byte[] body) {
    Map<String, List<String>> headers = new TreeMap<>();
    request.forEachHeader(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!DIFFERS_BY_CALL.contains(lower)) {
            headers.put(lower, values.stream().map(SentRequest::withoutTime).toList());
          }
        });
    return new SentRequest(
        request.method().name(),
        request.getUri().toString(),
        Map.copyOf(headers),
        withoutTime(new String(body, StandardCharsets.ISO_8859_1)));
  }

  /** The signature covers the time; which headers it covers stays. */
  private static String withoutTime(String value) {
    return value
        .replaceAll("(?i)(signature[=:])[0-9a-f]{64}", "$1")
        .replaceAll("(Credential=[^/]+/)[0-9]{8}", "$1");
  }

  /**
   * Refuses to compare what is not the same work.
   *
   * @throws IllegalStateException if {@code other} differs, or either does not carry {@code owner}
   */
  void checkSameAs(SentRequest other, String owner) {
    if (!equals(other)) {
      throw new IllegalStateException("not the same request:\n  " + this + "\n  " + other);
    }
    if (!List.of(owner).equals(headers.get("x-amz-expected-bucket-owner"))) {
      throw new IllegalStateException("both lack the owner " + owner + ":\n  " + this);
    }
  }
}
