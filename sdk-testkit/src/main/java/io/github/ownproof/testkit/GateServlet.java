package io.github.ownproof.testkit;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.gaul.shaded.org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the wire log, lets faults happen, and turns what the gate throws into answers. */
final class GateServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(GateServlet.class);
  private static final Duration LONGEST_HANG = Duration.ofHours(1);
  private static final Set<String> CONDITIONAL_READS = Set.of("GET", "HEAD");

  private final transient Gate gate;
  private final transient WireLog log;
  private final transient Faults faults;
  private final transient Clock clock;

  GateServlet(Gate gate, WireLog log, Faults faults, Clock clock) {
    this.gate = gate;
    this.log = log;
    this.faults = faults;
    this.clock = clock;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = new Exchange(clock.instant(), request, response, S3Call.of(request));
    log.add(exchange);
    Faults.Taken taken = faults.take(exchange.snapshot());
    if (taken != null && taken.fault() instanceof Fault.LostAnswer) {
      exchange.loseAnswer();
      answer(exchange);
      reset(request);
    } else if (taken == null || goesOnAfter(taken, exchange)) {
      answer(exchange);
    }
  }

  private void answer(Exchange exchange) throws IOException {
    try {
      gate.handle(exchange);
      exchange.finish();
    } catch (IOException | RuntimeException thrown) {
      refuse(exchange, thrown);
    }
  }

  private void refuse(Exchange exchange, Exception thrown) throws IOException {
    Refusal refusal = S3Errors.translate(thrown);
    if (refusal == null) {
      LOG.warn("Unexpected in {} {}", exchange.call().method(), exchange.call().path(), thrown);
      refusal = new Refusal(500, "InternalError", "S3World failed: " + thrown);
    }
    if (refusal.code().equals("NoSuchKey") && !gate.mayList(exchange)) {
      refusal = Refusal.accessDenied();
    }
    if (refusal.status() == 412 && isUnchanged(exchange)) {
      refusal.headers().forEach(exchange.response()::setHeader);
      exchange.answerEmpty(304);
      return;
    }
    exchange.refuse(refusal);
  }

  /** A read whose only condition is "if it changed" is answered 304, not 412. */
  private static boolean isUnchanged(Exchange exchange) {
    Set<String> headers = exchange.call().headers().keySet();
    return CONDITIONAL_READS.contains(exchange.call().method())
        && !headers.contains("if-match")
        && !headers.contains("if-unmodified-since")
        && (headers.contains("if-none-match") || headers.contains("if-modified-since"));
  }

  private boolean goesOnAfter(Faults.Taken taken, Exchange exchange) throws IOException {
    Fault fault = taken.fault();
    try {
      if (fault instanceof Fault.ErrorAnswer error) {
        exchange.refuse(new Refusal(error.status(), error.code(), "Asked for by the test"));
        return false;
      }
      if (fault instanceof Fault.Delay delay) {
        taken.awaitClear(delay.duration().toNanos());
        return true;
      }
      if (fault instanceof Fault.Hang) {
        exchange.drain();
        taken.awaitClear(LONGEST_HANG.toNanos());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    reset(exchange.request());
    return false;
  }

  private static void reset(HttpServletRequest request) throws IOException {
    EndPoint endPoint =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    @Nullable Object transport = endPoint.getTransport();
    if (transport instanceof SocketChannel channel) {
      // Without lingering, closing sends a reset instead of a regular end.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    endPoint.close();
  }
}
