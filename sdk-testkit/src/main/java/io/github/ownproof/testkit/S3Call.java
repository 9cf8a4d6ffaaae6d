package io.github.ownproof.testkit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request, read as a call of S3: which operation, on what, signed by whom, expecting whom. */
final class S3Call {

  private final String method;
  private final String path;
  private final @Nullable String bucket;
  private final @Nullable String key;
  private final Map<String, String> query;
  private final Map<String, List<String>> headers;
  private final Signer signer;
  private final Operation operation;

  private S3Call(HttpServletRequest request) {
    method = request.getMethod();
    path = request.getRequestURI();
    String[] parts = path.split("/", 3);
    bucket = parts.length > 1 && !parts[1].isEmpty() ? decode(parts[1], false) : null;
    key = parts.length > 2 && !parts[2].isEmpty() ? decode(parts[2], false) : null;
    query = parseQuery(request.getQueryString());
    headers = readHeaders(request);
    signer = Signer.of(header("authorization"), query);
    operation = Operation.of(this);
  }

  static S3Call of(HttpServletRequest request) {
    return new S3Call(request);
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  @Nullable String bucket() {
    return bucket;
  }

  @Nullable String key() {
    return key;
  }

  Map<String, String> query() {
    return query;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  Signer signer() {
    return signer;
  }

  Operation operation() {
    return operation;
  }

  boolean has(String parameter) {
    return query.containsKey(parameter);
  }

  @Nullable String header(String lowerCaseName) {
    List<String> values = headers.get(lowerCaseName);
    return values == null ? null : String.join(",", values);
  }

  /** A header, or the query parameter that a presigned URL carries in its place. */
  List<String> headerOrParameter(String lowerCaseName) {
    List<String> values = new ArrayList<>(2);
    String fromHeader = header(lowerCaseName);
    if (fromHeader != null) {
      values.add(fromHeader);
    }
    String fromQuery = query.get(lowerCaseName);
    if (fromQuery != null) {
      values.add(fromQuery);
    }
    return values;
  }

  /** What the request copies from; null if it is no copy. */
  @Nullable CopySource copySource() {
    String source = header("x-amz-copy-source");
    return source == null ? null : CopySource.parse(source);
  }

  static String decode(String text, boolean plusIsSpace) {
    try {
      return URLDecoder.decode(
          plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  private static Map<String, String> parseQuery(@Nullable String raw) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return parameters;
    }
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.merge(decode(name, true), decode(value, true), (a, b) -> a + "," + b);
    }
    return Collections.unmodifiableMap(parameters);
  }

  private static Map<String, List<String>> readHeaders(HttpServletRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(
          name.toLowerCase(Locale.ROOT), List.copyOf(Collections.list(request.getHeaders(name))));
    }
    return headers;
  }
}
