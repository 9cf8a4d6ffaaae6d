package io.github.ownproof.s3;

import java.util.Queue;
import java.util.Set;
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
 * The logs of the whole suite, at TRACE, searched for secrets as they are written: each secret that
 * a test has told is looked for in each message and each exception, the AWS SDK's included.
 */
public final class CanaryLogs implements SLF4JServiceProvider {

  private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();
  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
  private static final Queue<String> WARNINGS = new ConcurrentLinkedQueue<>();
  private static final AtomicLong LINES = new AtomicLong();

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new BasicMDCAdapter();
  private final ILoggerFactory loggers;

  /** For the service loader. */
  public CanaryLogs() {
    ConcurrentHashMap<String, Logger> known = new ConcurrentHashMap<>();
    this.loggers = name -> known.computeIfAbsent(name, CanaryLogger::new);
  }

  /** Looks for {@code secret} from now on. */
  static void lookFor(String secret) {
    SECRETS.add(secret);
  }

  /** Where a secret stood: the logger and the message's pattern, without the secret. */
  static Queue<String> found() {
    return FOUND;
  }

  /** What this project itself warned of. */
  static Queue<String> warnings() {
    return WARNINGS;
  }

  /** How many lines were looked at. */
  static long lines() {
    return LINES.get();
  }

  static boolean holdsSecret(String text) {
    return SECRETS.stream().anyMatch(text::contains);
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  private static final class CanaryLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    CanaryLogger(String name) {
      this.name = name;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return CanaryLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
      LINES.incrementAndGet();
      StringBuilder text =
          new StringBuilder(String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments)));
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        text.append(' ').append(cause);
      }
      if (level == Level.WARN && name.startsWith("io.github.ownproof.")) {
        WARNINGS.add(text.toString());
      }
      if (holdsSecret(text.toString())) {
        FOUND.add(level + " " + name);
      }
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
