package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Used by the request's thread; the wire log reads it from others, and
 * must see the status no later than the client does.
 */
final class Exchange {

  private static final Set<String> SECRET_HEADERS =
      Set.of(
          "authorization",
          "cookie",
          "x-amz-security-token",
          "x-amz-server-side-encryption-customer-key",
          "x-amz-copy-source-server-side-encryption-customer-key");
  private static final Set<String> SECRET_PARAMETERS =
      Set.of("X-Amz-Signature", "X-Amz-Security-Token", "Signature", "x-amz-security-token");

  private final Instant time;
  private final HttpServletRequest request;
  private final HttpServletResponse raw;
  private final HttpServletResponse response;
  private final S3Call call;

  /**
   * What S3Proxy wrote, until it is sent with its length: the CRT client loses answers that only
   * the end of the connection ends. Null for objects, which stream.
   */
  private final @Nullable ByteArrayOutputStream document;

  /** Whether what is answered reaches nobody. */
  private boolean lost;

  private volatile @Nullable AccountId caller;
  private volatile int status;
  private volatile @Nullable String errorCode;

  Exchange(Instant time, HttpServletRequest request, HttpServletResponse response, S3Call call) {
    this.time = time;
    this.request = request;
    this.raw = response;
    this.response = new Watched(response);
    this.call = call;
    this.document = call.operation().is("GetObject") ? null : new ByteArrayOutputStream();
  }

  Instant time() {
    return time;
  }

  S3Call call() {
    return call;
  }

  HttpServletRequest request() {
    return request;
  }

  /** The response; what is set on it reaches the wire log before it reaches the client. */
  HttpServletResponse response() {
    return response;
  }

  @Nullable AccountId caller() {
    return caller;
  }

  void verified(@Nullable AccountId account) {
    caller = account;
  }

  /** From here on, nothing that is answered is sent. */
  void loseAnswer() {
    lost = true;
  }

  WireRequest snapshot() {
    Map<String, List<String>> headers = new LinkedHashMap<>(call.headers());
    headers.keySet().removeAll(SECRET_HEADERS);
    Map<String, String> query = new LinkedHashMap<>(call.query());
    query.keySet().removeAll(SECRET_PARAMETERS);
    return new WireRequest(
        time,
        call.operation().name(),
        call.method(),
        call.path(),
        query,
        headers,
        call.signer().signedHeaders(),
        call.bucket(),
        call.key(),
        caller,
        call.signer().region(),
        status,
        errorCode);
  }

  /** Answers with XML or JSON. */
  void answer(int code, String contentType, String document) throws IOException {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    status = code;
    response.setStatus(code);
    response.setContentType(contentType);
    response.setContentLength(bytes.length);
    if (!lost) {
      raw.getOutputStream().write(bytes);
    }
  }

  void answerEmpty(int code) {
    status = code;
    response.setStatus(code);
  }

  void refuse(Refusal refusal) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    // A client that is still sending would see a reset instead of the answer.
    drain();
    errorCode = refusal.code();
    status = refusal.status();
    response.setStatus(refusal.status());
    refusal.headers().forEach(response::setHeader);
    if (call.method().equals("HEAD")) {
      return;
    }
    StringBuilder content = new StringBuilder(256);
    content.append(Xml.element("Code", refusal.code()));
    content.append(Xml.element("Message", String.valueOf(refusal.getMessage())));
    refusal.elements().forEach((name, text) -> content.append(Xml.element(name, text)));
    content.append(Xml.element("RequestId", requestId()));
    content.append(Xml.element("HostId", "s3world"));
    answer(
        refusal.status(),
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>" + content + "</Error>");
  }

  void drain() {
    try {
      request.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // Then there is nobody left to be reset.
    }
  }

  private String requestId() {
    String id = response.getHeader("x-amz-request-id");
    return id == null ? UUID.randomUUID().toString() : id;
  }

  private final class Watched extends HttpServletResponseWrapper {

    Watched(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setStatus(int code) {
      status = code;
      super.setStatus(code);
    }

    @Override
    public void sendError(int code) throws IOException {
      status = code;
      super.sendError(code);
    }

    @Override
    public void sendError(int code, String message) throws IOException {
      status = code;
      super.sendError(code, message);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      succeed();
      return lost ? new Nowhere() : super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      succeed();
      return document == null && !lost
          ? super.getWriter()
          : new PrintWriter(
              document == null ? OutputStream.nullOutputStream() : document,
              false,
              StandardCharsets.UTF_8);
    }

    @Override
    public void flushBuffer() throws IOException {
      if (document == null && !lost) {
        super.flushBuffer();
      }
    }
  }

  /** Takes what is sent to nobody. */
  private static final class Nowhere extends ServletOutputStream {

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("Requests here are answered on their own thread");
    }

    @Override
    public void write(int octet) {
      // Nobody reads it.
    }
  }

  /** Sends what S3Proxy wrote; a request that set no status was a success. */
  void finish() throws IOException {
    succeed();
    if (!lost && document != null && document.size() > 0 && !raw.isCommitted()) {
      raw.setContentLength(document.size());
      document.writeTo(raw.getOutputStream());
    }
  }

  private void succeed() {
    if (status == 0) {
      status = raw.getStatus();
    }
  }
}
