package io.github.ownproof.testkit;

import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.gaul.shaded.org.eclipse.jetty.http.HttpCompliance;
import org.gaul.shaded.org.eclipse.jetty.http.UriCompliance;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConfiguration;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.server.ServerConnector;
import org.gaul.shaded.org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.gaul.shaded.org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * One HTTP server on a free loopback port, on daemon threads that end with it. It is the Jetty that
 * comes inside S3Proxy's jar, so that a Jetty of the user's is not disturbed.
 */
final class S3Server implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_THREADS = 200;

  /** Idle threads end at once; those that still answer get this long. */
  private static final int STOP_MILLIS = 2000;

  private final Server server;
  private final URI endpoint;

  private S3Server(Server server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  static S3Server start(HttpServlet servlet) {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName("ownproof-s3world");
    threads.setDaemon(true);
    threads.setStopTimeout(STOP_MILLIS);
    Server server =
        new Server(threads, new ScheduledExecutorScheduler("ownproof-s3world-timer", true), null);
    HttpConfiguration http = new HttpConfiguration();
    http.setHttpCompliance(HttpCompliance.LEGACY);
    http.setUriCompliance(UriCompliance.LEGACY);
    // A header name in another case would not be the one that was signed.
    http.setHeaderCacheCaseSensitive(true);
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(LOOPBACK);
    connector.setPort(0);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(servlet), "/*");
    server.setHandler(context);
    server.setStopTimeout(0);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server did not start", e);
    }
    return new S3Server(server, URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort()));
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server did not stop", e);
    }
  }
}
