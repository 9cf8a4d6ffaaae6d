package io.github.ownproof.s3.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** In the place of the network: remembers what would have left, and answers with nothing. */
final class StubHttp implements SdkHttpClient {

  private final List<WireRequest> seen = new ArrayList<>();

  /** What came since the last time this was asked. */
  List<WireRequest> take() {
    List<WireRequest> taken = List.copyOf(seen);
    seen.clear();
    return taken;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    seen.add(wire(request.httpRequest()));
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return HttpExecuteResponse.builder()
            .response(SdkHttpFullResponse.builder().statusCode(200).build())
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  private static WireRequest wire(SdkHttpRequest http) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    http.forEachHeader(
        (name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
    return new WireRequest(
        http.method().name(),
        http.host(),
        http.encodedPath() + http.encodedQueryParameters().map(query -> '?' + query).orElse(""),
        headers);
  }

  @Override
  public void close() {}
}
