package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.keys.FetchFailure.Why;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Gets one small document over HTTP, within one deadline for everything, or says in one word why
 * not. Thread-safe; blocks, so it runs on threads of its own.
 */
final class KeyFetch {

  /** Ten times the largest key set we know of. */
  static final int MOST_BYTES = 256 * 1024;

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final int LONGEST_ETAG = 256;
  private static final long OLD = Duration.ofMinutes(1).toNanos();

  /** A document, or word that the one held is still right. */
  record Document(Optional<byte[]> body, HttpHeaders headers) {

    /** The validator to send next time (RFC 9110 section 8.8.3). */
    Optional<String> etag() {
      return headers
          .firstValue("ETag")
          .filter(tag -> tag.length() <= LONGEST_ETAG)
          .filter(tag -> tag.chars().allMatch(c -> c > 0x20 && c < 0x7f));
    }
  }

  /** A client, and what we know of it. */
  private static final class Client {
    private final HttpClient http;
    private final long madeAt = System.nanoTime();
    private volatile long workedAt;
    private volatile boolean hasWorked;

    Client(HttpClient http) {
      this.http = http;
    }

    void worked() {
      workedAt = System.nanoTime();
      hasWorked = true;
    }

    /**
     * Whether the failure of an exchange that began then may be its own: an error in its thread
     * ends that, and the client never works again. A new one each time would be many threads before
     * Java 21, where they end late.
     */
    boolean mayBeBroken(long began) {
      return hasWorked ? workedAt - began < 0 : System.nanoTime() - madeAt > OLD;
    }
  }

  private final Executor threads;
  private final @Nullable SSLContext sslContext;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Client client;
  private volatile boolean closed;

  KeyFetch(Executor threads, @Nullable SSLContext sslContext) {
    this.threads = threads;
    this.sslContext = sslContext;
  }

  /**
   * Gets the document.
   *
   * @param etag of the one held, if there is one
   */
  Document get(URI uri, Optional<String> etag, Attempt attempt, Duration deadline)
      throws FetchFailure {
    long left = attempt.startedNanos() + deadline.toNanos() - System.nanoTime();
    if (left <= 0) {
      throw new FetchFailure(Why.TIMEOUT);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Accept", "application/json").GET();
    etag.ifPresent(tag -> request.header("If-None-Match", tag));
    Client used = client();
    long began = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        used.http.sendAsync(request.build(), info -> body(info, etag.isPresent()));
    attempt.exchange(exchange);
    try {
      HttpResponse<byte[]> response = exchange.get(left, TimeUnit.NANOSECONDS);
      used.worked();
      return new Document(
          response.statusCode() == 304 ? Optional.empty() : Optional.of(response.body()),
          response.headers());
    } catch (ExecutionException e) {
      FetchFailure failure = failure(e.getCause());
      if (failure.why() == Why.IO) {
        doubt(used, began);
      }
      throw failure;
    } catch (TimeoutException | CancellationException e) {
      // Before Java 21, the exchanges of a client without its thread never end.
      doubt(used, began);
      throw new FetchFailure(Why.TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchFailure(Why.IO);
    } finally {
      // It covers the body too: a timeout of HttpRequest ends with the headers.
      exchange.cancel(true);
    }
  }

  private static CappedBody body(HttpResponse.ResponseInfo info, boolean conditional) {
    int status = info.statusCode();
    if (status == 200) {
      long announced = info.headers().firstValueAsLong("Content-Length").orElse(0);
      return announced > MOST_BYTES
          ? CappedBody.refusing(new FetchFailure(Why.TOO_LARGE))
          : CappedBody.upTo(MOST_BYTES);
    }
    return status == 304 && conditional
        ? CappedBody.upTo(MOST_BYTES)
        : CappedBody.refusing(FetchFailure.ofStatus(status));
  }

  private static FetchFailure failure(@Nullable Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof FetchFailure failure) {
        return failure;
      }
      if (t instanceof HttpTimeoutException) {
        return new FetchFailure(Why.TIMEOUT);
      }
      if (t instanceof SSLException) {
        return new FetchFailure(Why.TLS);
      }
      if (t instanceof UnresolvedAddressException) {
        return new FetchFailure(Why.IO);
      }
      // A name without an address looks like this too, and has the cause above.
      if (t instanceof ConnectException && !(root(t) instanceof UnresolvedAddressException)) {
        return new FetchFailure(Why.REFUSED);
      }
    }
    return new FetchFailure(Why.IO);
  }

  private static Throwable root(Throwable thrown) {
    Throwable t = thrown;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return t;
  }

  /** Made at the first fetch: reading the trusted certificates is I/O. */
  private Client client() throws FetchFailure {
    Client open = client;
    if (open != null) {
      return open;
    }
    opening.lock();
    try {
      if (closed) {
        throw new FetchFailure(Why.IO);
      }
      open = client;
      if (open == null) {
        HttpClient.Builder builder =
            HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                // A broken connection of HTTP/2 would be used again; of HTTP/1.1 it is closed.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .executor(threads);
        if (sslContext != null) {
          builder.sslContext(sslContext);
        }
        open = new Client(builder.build());
        client = open;
      }
      return open;
    } finally {
      opening.unlock();
    }
  }

  /** If it may be broken, the next fetch makes another. */
  private void doubt(Client broken, long began) {
    opening.lock();
    try {
      if (client != broken || !broken.mayBeBroken(began)) {
        return;
      }
      client = null;
    } finally {
      opening.unlock();
    }
    HttpClients.shutDown(broken.http);
  }

  /** From Java 21 on it ends here; before, when the garbage collector finds it. */
  void close() {
    Client open;
    opening.lock();
    try {
      closed = true;
      open = client;
      client = null;
    } finally {
      opening.unlock();
    }
    if (open != null) {
      HttpClients.shutDown(open.http);
    }
  }
}
