package io.github.ownproof.s3.coverage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it came over the wire, or as it would have gone.
 *
 * @param host host and port
 * @param target path and query, encoded as they were
 * @param headers in their order, doubled ones included
 */
record WireRequest(
    String method, String host, String target, List<Map.Entry<String, String>> headers) {

  static final String OWNER = "x-amz-expected-bucket-owner";
  static final String SOURCE_OWNER = "x-amz-source-expected-bucket-owner";
  static final String COPY_SOURCE = "x-amz-copy-source";

  List<String> values(String header) {
    return headers.stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(header))
        .map(Map.Entry::getValue)
        .toList();
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** Whether the query has a parameter of this name, in any case, with or without a value. */
  boolean hasParameter(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(query().toLowerCase(Locale.ROOT).split("&", -1))
        .anyMatch(one -> one.equals(lower) || one.startsWith(lower + '='));
  }

  /** The path's segments: the bucket first, in a path-style request. */
  List<String> segments() {
    return Arrays.stream(path().split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
  }

  /** The headers that the signature covers; none for a request without one. */
  List<String> signedHeaders() {
    return values("Authorization").stream()
        .flatMap(value -> Arrays.stream(value.split("[ ,]+", -1)))
        .filter(part -> part.startsWith("SignedHeaders="))
        .map(part -> part.substring("SignedHeaders=".length()))
        .flatMap(names -> Arrays.stream(names.split(";", -1)))
        .toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method + ' ' + host + target);
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-") || name.equals("host")) {
        text.append("\n    ").append(name).append(": ").append(header.getValue());
      }
    }
    return text.append("\n    signed: ").append(signedHeaders()).toString();
  }
}
