package io.github.ownproof.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The SLF4J provider of these tests: it keeps what Ownproof logs, as the text a simple back end
 * would print, with the MDC of the moment.
 */
public final class RecordedLogs implements SLF4JServiceProvider {

  /** One call: its level, its text with the key-value pairs in it, and the MDC during it. */
  public record Line(Level level, String text, Map<String, String> mdc) {}

  private static final Map<String, RecordingLogger> LOGGERS = new ConcurrentHashMap<>();
  private static final MDCAdapter MDC_ADAPTER = new BasicMDCAdapter();

  private final IMarkerFactory markers = new BasicMarkerFactory();

  public static List<Line> of(String logger) {
    return List.copyOf(logger(logger).lines);
  }

  public static void clear() {
    LOGGERS.values().forEach(logger -> logger.lines.clear());
  }

  /** What the logger throws from now on, or null for nothing. */
  public static void failWith(String logger, RuntimeException failure) {
    logger(logger).failure = failure;
  }

  /** Whether INFO is on for the logger. */
  public static void setInfo(String logger, boolean on) {
    logger(logger).info = on;
  }

  private static RecordingLogger logger(String name) {
    return LOGGERS.computeIfAbsent(name, RecordingLogger::new);
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return RecordedLogs::logger;
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

  private static final class RecordingLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final transient List<Line> lines = new CopyOnWriteArrayList<>();
    private transient volatile RuntimeException failure;
    private volatile boolean info = true;

    RecordingLogger(String name) {
      this.name = name;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String text, Object[] arguments, Throwable thrown) {
      if (failure != null) {
        throw failure;
      }
      Map<String, String> mdc = MDC_ADAPTER.getCopyOfContextMap();
      lines.add(new Line(level, text, mdc == null ? Map.of() : Map.copyOf(mdc)));
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return info && name.startsWith("io.github.ownproof");
    }

    @Override
    public boolean isWarnEnabled() {
      return name.startsWith("io.github.ownproof");
    }

    @Override
    public boolean isErrorEnabled() {
      return name.startsWith("io.github.ownproof");
    }
  }
}
