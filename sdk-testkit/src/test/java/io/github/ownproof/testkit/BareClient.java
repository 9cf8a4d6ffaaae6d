package io.github.ownproof.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** Signs with the AWS SDK's signer and sends with the JDK's client: what comes back, unadorned. */
final class BareClient {

  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length", "expect");

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final Account account;
  private final URI endpoint;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String region = "us-east-1";
  private Clock clock = Clock.systemUTC();

  BareClient(S3World world, String account) {
    this.account = world.account(account);
    this.endpoint = world.endpoint();
  }

  @CanIgnoreReturnValue
  BareClient header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  BareClient region(String code) {
    region = code;
    return this;
  }

  BareClient clock(Clock other) {
    clock = other;
    return this;
  }

  HttpResponse<String> send(String method, String pathAndQuery) {
    return send(method, pathAndQuery, "");
  }

  HttpResponse<String> send(String method, String pathAndQuery, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(account.credentials().resolveCredentials())
                        .request(request(method, pathAndQuery))
                        .payload(ContentStreamProvider.fromByteArray(bytes))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
            .request();
    return exchange(signed, bytes);
  }

  /** A presigned URL; the headers set before are signed headers. */
  URI presign(String method, String pathAndQuery, Duration valid) {
    return AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(account.credentials().resolveCredentials())
                    .request(request(method, pathAndQuery))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                    .putProperty(
                        AwsV4FamilyHttpSigner.AUTH_LOCATION,
                        AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, valid)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock))
        .request()
        .getUri();
  }

  /** Sends the headers set before, unsigned. */
  HttpResponse<String> sendUnsigned(String method, URI uri, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers.forEach(request::header);
    return exchange(request, method, body.getBytes(StandardCharsets.UTF_8));
  }

  private SdkHttpRequest request(String method, String pathAndQuery) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.fromValue(method))
        .uri(endpoint.resolve(pathAndQuery))
        .applyMutation(b -> headers.forEach(b::putHeader))
        .build();
  }

  private HttpResponse<String> exchange(SdkHttpRequest signed, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(signed.getUri());
    signed.forEachHeader(
        (name, values) -> {
          if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return exchange(request, signed.method().name(), body);
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request, String method, byte[] body) {
    HttpRequest.BodyPublisher publisher =
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    try {
      return HTTP.send(
          request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
