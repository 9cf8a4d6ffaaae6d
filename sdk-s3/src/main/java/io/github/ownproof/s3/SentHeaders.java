package io.github.ownproof.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The headers of a finished request that the gate looks at, found in one pass over all of them. */
final class SentHeaders implements BiConsumer<String, List<String>> {

  static final String COPY_SOURCE = "x-amz-copy-source";
  static final String NAMESPACE = "x-amz-bucket-namespace";

  static final String ACL = "x-amz-acl";
  static final String OWNERSHIP = "x-amz-object-ownership";

  /** How the headers that grant something to others begin. */
  static final String GRANT = "x-amz-grant-";

  private static final int FIRST_OF_GRANT = "x-amz-".length();

  private static final String HOST = "Host";
  private static final String AUTHORIZATION = "Authorization";

  private List<String> host = List.of();
  private List<String> authorization = List.of();
  private List<String> owner = List.of();
  private List<String> sourceOwner = List.of();
  private List<String> copySource = List.of();
  private List<String> namespace = List.of();
  private List<String> acl = List.of();
  private List<String> ownership = List.of();
  private boolean grants;

  private SentHeaders() {}

  static SentHeaders of(SdkHttpRequest http) {
    SentHeaders sent = new SentHeaders();
    http.forEachHeader(sent);
    return sent;
  }

  /** Of headers that are not sent yet. */
  static SentHeaders of(Map<String, List<String>> headers) {
    SentHeaders sent = new SentHeaders();
    headers.forEach(sent);
    return sent;
  }

  /** Names differ in length, so that hardly any is compared in full. */
  @Override
  public void accept(String name, List<String> values) {
    switch (name.length()) {
      case 4 -> host = is(HOST, name) ? both(host, values) : host;
      case 9 -> acl = is(ACL, name) ? both(acl, values) : acl;
      case 13 ->
          authorization = is(AUTHORIZATION, name) ? both(authorization, values) : authorization;
      case 16, 20, 21, 24 -> grants |= isGrant(name);
      case 17 -> {
        copySource = is(COPY_SOURCE, name) ? both(copySource, values) : copySource;
        grants |= isGrant(name);
      }
      case 22 -> {
        namespace = is(NAMESPACE, name) ? both(namespace, values) : namespace;
        ownership = is(OWNERSHIP, name) ? both(ownership, values) : ownership;
      }
      case 27 -> owner = is(OwnerHeaders.OWNER, name) ? both(owner, values) : owner;
      case 34 ->
          sourceOwner =
              is(OwnerHeaders.SOURCE_OWNER, name) ? both(sourceOwner, values) : sourceOwner;
      default -> {
        // not one the gate looks at
      }
    }
  }

  private static boolean is(String header, String name) {
    return isSame(header, name);
  }

  /** Ignoring case; most are written alike, and told so at once. */
  static boolean isSame(String one, String other) {
    return one.equals(other) || one.equalsIgnoreCase(other);
  }

  /** Whether it names the source of a copy, or says something of one. */
  static boolean isCopySource(String name) {
    return name.regionMatches(true, 0, COPY_SOURCE, 0, COPY_SOURCE.length());
  }

  /** Asks for one letter first, which tells a header of every request apart. */
  private static boolean isGrant(String name) {
    return (name.charAt(FIRST_OF_GRANT) | ' ') == 'g'
        && name.regionMatches(true, 0, GRANT, 0, GRANT.length());
  }

  /** The same header may stand there twice, in different case. */
  private static List<String> both(List<String> known, List<String> more) {
    if (known.isEmpty()) {
      return more;
    }
    List<String> all = new ArrayList<>(known);
    all.addAll(more);
    return all;
  }

  List<String> host() {
    return host;
  }

  List<String> copySource() {
    return copySource;
  }

  List<String> namespace() {
    return namespace;
  }

  List<String> acl() {
    return acl;
  }

  List<String> ownership() {
    return ownership;
  }

  boolean grants() {
    return grants;
  }

  /** The values of one of the two owner headers. */
  List<String> owner(String header) {
    return header.equals(OwnerHeaders.OWNER) ? owner : sourceOwner;
  }

  /** Whether the one signature there is covers a header; {@code header} is in lower case. */
  boolean isSigned(String header) {
    if (authorization.size() != 1) {
      return false;
    }
    String value = authorization.get(0);
    int start = value.indexOf("SignedHeaders=");
    if (start < 0) {
      return false;
    }
    start += "SignedHeaders=".length();
    int comma = value.indexOf(',', start);
    int end = comma < 0 ? value.length() : comma;
    int at = value.indexOf(header, start);
    return at >= 0
        && at + header.length() <= end
        && (at == start || value.charAt(at - 1) == ';')
        && (at + header.length() == end || value.charAt(at + header.length()) == ';');
  }
}
