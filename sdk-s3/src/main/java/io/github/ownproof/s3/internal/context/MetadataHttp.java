package io.github.ownproof.s3.internal.context;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The plain HTTP of the metadata endpoints next door, and of nothing else: loopback and link-local
 * addresses only, written as numbers; a second to connect, a second to answer, two in all; no
 * proxy, no redirect, no cookie of ours, no answer over 64 KiB. It keeps no thread and no
 * connection: java.net.http would leave both behind on Java 17.
 */
final class MetadataHttp {

  private static final Duration EACH_WAIT = Duration.ofSeconds(1);
  private static final Duration WHOLE_CALL = Duration.ofSeconds(2);
  private static final int LARGEST = 64 * 1024;
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** One that never answers, so that a program-wide authenticator is not asked for a password. */
  private static final Authenticator NO_PASSWORD = new Authenticator() {};

  private MetadataHttp() {}

  /**
   * The endpoint a setting names, without a slash at its end.
   *
   * @throws Unanswered if it is anything but plain HTTP to a loopback or link-local address
   */
  static URI endpoint(String setting, String value) throws Unanswered {
    try {
      URI uri = new URI(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      if ("http".equalsIgnoreCase(uri.getScheme())
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && isNextDoor(uri.getHost())) {
        return uri;
      }
    } catch (URISyntaxException | UnknownHostException notAnEndpoint) {
      // Said below.
    }
    throw new Unanswered(
        setting + " is not a plain http:// URL of a loopback or link-local address");
  }

  private static boolean isNextDoor(@Nullable String host) throws UnknownHostException {
    if (host == null) {
      return false;
    }
    if (host.equals("localhost")) {
      return true;
    }
    // Only what is written as a number may reach InetAddress: a name would be looked up.
    if (!host.startsWith("[") && !IPV4.matcher(host).matches()) {
      return false;
    }
    InetAddress address = InetAddress.getByName(host);
    return address.isLoopbackAddress() || address.isLinkLocalAddress() || isAmazonLocal(address);
  }

  /** {@code fd00:ec2::/32}, where EC2 and EKS put the IPv6 twins of their link-local addresses. */
  private static boolean isAmazonLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        && bytes[0] == (byte) 0xfd
        && bytes[1] == 0
        && bytes[2] == 0x0e
        && bytes[3] == (byte) 0xc2;
  }

  /**
   * The body of a 200 answer.
   *
   * @throws Unanswered for any other answer, and for none in time
   */
  static String call(String method, URI uri, Map<String, String> headers, Attempt attempt)
      throws Unanswered {
    Duration leftAfter = attempt.remaining().minus(attempt.remaining(WHOLE_CALL));
    HttpURLConnection connection = null;
    try {
      connection = open(method, uri, headers, attempt);
      attempt.stopWith(connection::disconnect);
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new Unanswered("answered HTTP " + status);
      }
      return body(connection, attempt, leftAfter);
    } catch (IOException | IllegalArgumentException failed) {
      throw new Unanswered("could not be reached (" + Reasons.of(failed) + ")");
    } finally {
      attempt.callEnded();
      if (connection != null) {
        connection.disconnect();
      }
    }
  }

  private static HttpURLConnection open(
      String method, URI uri, Map<String, String> headers, Attempt attempt) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    int wait = Math.toIntExact(Math.max(1, attempt.remaining(EACH_WAIT).toMillis()));
    connection.setConnectTimeout(wait);
    connection.setReadTimeout(wait);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setAuthenticator(NO_PASSWORD);
    connection.setRequestMethod(method);
    connection.setRequestProperty("Connection", "close");
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private static String body(HttpURLConnection connection, Attempt attempt, Duration leftAfter)
      throws IOException, Unanswered {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (InputStream in = connection.getInputStream()) {
      byte[] chunk = new byte[4096];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        body.write(chunk, 0, read);
        if (body.size() > LARGEST) {
          throw new Unanswered("answered more than " + LARGEST + " bytes");
        }
        if (attempt.remaining().compareTo(leftAfter) <= 0) {
          throw new Unanswered("did not finish its answer within " + WHOLE_CALL.toMillis() + " ms");
        }
      }
    }
    return body.toString(StandardCharsets.UTF_8);
  }
}
