package io.github.ownproof.examples.supportdesk;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server on the loopback interface, with one servlet behind one filter. */
final class WebServer implements Closeable {

  private static final int LARGEST_FORM = 20_000;

  private final Server server;
  private final ServerConnector connector;
  private final ServletContextHandler context = new ServletContextHandler();

  private WebServer(String name) {
    QueuedThreadPool threads = new QueuedThreadPool(12, 4);
    threads.setName(name);
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    context.setMaxFormContentSize(LARGEST_FORM);
    server.setHandler(context);
  }

  /** Listens, so that its address is known, but answers nothing before {@link #serve}. */
  static WebServer listen(String name, int port) throws Exception {
    WebServer web = new WebServer(name);
    web.connector.setPort(port);
    try {
      web.connector.open();
    } catch (IOException e) {
      throw new IOException(
          "Port " + port + " cannot be listened on: it is taken, perhaps. Choose another.", e);
    }
    return web;
  }

  void serve(Filter filter, HttpServlet servlet) throws Exception {
    context.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(new ServletHolder(servlet), "/*");
    server.start();
  }

  /** Where it is, without a path. */
  URI origin() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
