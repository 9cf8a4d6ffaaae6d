package io.github.ownproof.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The logs of the whole suite: what Ownproof logs, at every level down to TRACE, is searched for
 * tokens and canaries as it is written. {@link LeakWatch} fails the test that logged one.
 */
public final class WatchedLogs implements SLF4JServiceProvider {

  /** What every canary has in it; no test uses it for anything else. */
  static final String CANARY = "zqcanary";

  /** How every JSON object begins in base64url, and so every token and proof. */
  private static final String TOKEN = "eyJ";

  private static final MDCAdapter MDC_ADAPTER = new BasicMDCAdapter();
  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
  private static final AtomicLong LINES = new AtomicLong();

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final ConcurrentHashMap<String, Logger> loggers = new ConcurrentHashMap<>();

  static boolean holdsSecret(String text) {
    return text.contains(TOKEN) || text.toLowerCase(Locale.ROOT).contains(CANARY);
  }

  /** Where secrets were logged since the last call: the level, the logger and the pattern. */
  static List<String> takeFindings() {
    List<String> taken = new ArrayList<>();
    for (String next = FOUND.poll(); next != null; next = FOUND.poll()) {
      taken.add(next);
    }
    return taken;
  }

  /** How many lines of ours were searched. */
  static long lines() {
    return LINES.get();
  }

  /** Everything an exception can tell: messages, causes, suppressed ones and frames. */
  static String tellAll(Throwable thrown) {
    java.io.StringWriter text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text, true));
    return text + thrown.getLocalizedMessage();
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> loggers.computeIfAbsent(name, WatchedLogger::new);
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return MDC_ADAPTER;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  private static final class WatchedLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final boolean ours;

    WatchedLogger(String name) {
      this.name = name;
      this.ours = name.startsWith("io.github.ownproof");
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return WatchedLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
      LINES.incrementAndGet();
      String text =
          MessageFormatter.basicArrayFormat(pattern, arguments)
              + MDC_ADAPTER.getCopyOfContextMap()
              + (thrown == null ? "" : tellAll(thrown));
      if (holdsSecret(text)) {
        FOUND.add(level + " " + name + " " + pattern);
      }
    }

    @Override
    public boolean isTraceEnabled() {
      return ours;
    }

    @Override
    public boolean isDebugEnabled() {
      return ours;
    }

    @Override
    public boolean isInfoEnabled() {
      return ours;
    }

    @Override
    public boolean isWarnEnabled() {
      return ours;
    }

    @Override
    public boolean isErrorEnabled() {
      return ours;
    }
  }
}
