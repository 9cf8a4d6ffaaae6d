package io.github.ownproof.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Reads every request to its end, as a socket would, and answers each with the same object. Keeps
 * the last request on demand. Any number of threads may send at once, and write nothing they share;
 * what is kept is for one.
 */
final class CannedTransport implements SdkHttpClient {

  private static final byte[] BODY = new byte[1024];

  private final ThreadLocal<byte[]> buffers = ThreadLocal.withInitial(() -> new byte[8192]);
  private volatile boolean recording;
  private volatile @Nullable SentRequest last;

  /** What {@code call} sends. */
  SentRequest sentBy(Supplier<?> call) {
    recording = true;
    last = null;
    try {
      var unused = call.get();
    } finally {
      recording = false;
    }
    SentRequest sent = last;
    if (sent == null) {
      throw new IllegalStateException("nothing was sent");
    }
    return sent;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answer(request);
      }

      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    ByteArrayOutputStream copy = recording ? new ByteArrayOutputStream() : null;
    if (request.contentStreamProvider().isPresent()) {
      byte[] buffer = buffers.get();
      try (InputStream body = request.contentStreamProvider().get().newStream()) {
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
          if (copy != null) {
            copy.write(buffer, 0, read);
          }
        }
      }
    }
    if (copy != null) {
      last = SentRequest.of(request.httpRequest(), copy.toByteArray());
    }
    SdkHttpFullResponse.Builder response =
        SdkHttpFullResponse.builder()
            .statusCode(200)
            .putHeader("x-amz-request-id", "0A49CE4060975EAC")
            .putHeader("ETag", "\"fba9dede5f27731c9771645a39863328\"")
            .putHeader("Content-Type", "application/octet-stream");
    boolean hasBody = request.httpRequest().method() == SdkHttpMethod.GET;
    response.putHeader("Content-Length", hasBody ? "1024" : "0");
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(hasBody ? AbortableInputStream.create(new ByteArrayInputStream(BODY)) : null)
        .build();
  }

  @Override
  public String clientName() {
    return "Canned";
  }

  @Override
  public void close() {}
}
