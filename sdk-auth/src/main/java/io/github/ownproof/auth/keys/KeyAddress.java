package io.github.ownproof.auth.keys;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which addresses keys are fetched from: HTTPS, and what a stranger writes leads to no inside. */
final class KeyAddress {

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** Some resolvers read octal, hexadecimal or fewer than four numbers as an address too. */
  private static final Pattern NUMBER_LAST = Pattern.compile("(.*\\.)?[0-9][^.]*\\.?");

  private final boolean insecureLoopback;

  KeyAddress(boolean insecureLoopback) {
    this.insecureLoopback = insecureLoopback;
  }

  /** Whether keys, or a discovery document, may be fetched there at all. */
  boolean isSecure(URI uri) {
    String scheme = uri.getScheme();
    if (scheme == null
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null) {
      return false;
    }
    if (scheme.equalsIgnoreCase("https")) {
      return true;
    }
    return scheme.equalsIgnoreCase("http") && insecureLoopback && isLoopback(uri.getHost());
  }

  /**
   * Whether a discovery document found at {@code issuer} may send us there: an issuer on the public
   * internet must not make us talk to what only we can reach.
   */
  boolean mayLeadTo(URI issuer, URI target) {
    if (!isSecure(target)) {
      return false;
    }
    String host = target.getHost();
    return !isInside(host)
        || host.equalsIgnoreCase(issuer.getHost())
        || (isLoopback(host) && isLoopback(issuer.getHost()));
  }

  private static boolean isLoopback(String host) {
    // Of other names below localhost, some resolvers ask the network.
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    InetAddress address = literal(host);
    return address != null && address.isLoopbackAddress();
  }

  /** Names are not resolved: what they mean now says nothing about what they mean later. */
  private static boolean isInside(String host) {
    if (isLocalName(host)) {
      return true;
    }
    InetAddress address = literal(host);
    if (address == null) {
      return host.startsWith("[") || NUMBER_LAST.matcher(host).matches();
    }
    byte[] bytes = address.getAddress();
    boolean notGlobal = address instanceof Inet6Address && !isGlobal(bytes);
    boolean carrierShared =
        bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || notGlobal
        || carrierShared;
  }

  /**
   * Of 2000::/3 (RFC 4291 section 2.4, RFC 4193), and not an IPv4 address in another form: those of
   * translators (RFC 6052, RFC 8215) are outside of it, those of 6to4 (RFC 3056) and Teredo (RFC
   * 4380) inside.
   */
  private static boolean isGlobal(byte[] bytes) {
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    return (bytes[0] & 0xe0) == 0x20 && !sixToFour && !teredo;
  }

  private static boolean isLocalName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return bare.equals("localhost") || bare.endsWith(".localhost");
  }

  /** The address, if the host is one rather than a name; never asks a name server. */
  private static @Nullable InetAddress literal(String host) {
    if (!host.startsWith("[") && !IPV4.matcher(host).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
