package io.github.ownproof.s3.coverage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose bucket a request goes to, told from the request alone and written anew for these tests: it
 * must not share a mistake with the code it looks at.
 */
final class WireOwners {

  private static final Map<String, String> DECLARED =
      Map.of("acme-inbox", CoverageWorld.PARTNER, "mycompany-prod-logs", CoverageWorld.OURS);

  private static final Pattern ACCOUNT_REGIONAL =
      Pattern.compile("[a-z0-9][a-z0-9-]*-([0-9]{12})-([a-z]+-[a-z]+-[0-9])-an");

  private static final Pattern S3_HOST =
      Pattern.compile("(?:(.+)\\.)?s3(?:\\.([a-z]+-[a-z]+-[0-9]))?\\.amazonaws\\.com");

  private static final Set<String> ACCOUNTS = Set.of(CoverageWorld.OURS, Spellings.TRUSTED);

  private static final Set<String> NO_BUCKET =
      Set.of("ListBuckets", "ListDirectoryBuckets", "WriteGetObjectResponse");

  private final String endpoint;

  WireOwners(String endpoint) {
    this.endpoint = endpoint;
  }

  /** What is wrong with a request that left; empty if nothing is. */
  Optional<String> fault(String operation, WireRequest wire) {
    if (NO_BUCKET.contains(operation)) {
      return reachesNoBucket(wire) ? Optional.empty() : Optional.of("reaches a bucket");
    }
    if (wire.values("Host").stream()
        .anyMatch(host -> !host.replaceFirst(":[0-9]+$", "").equals(wire.host()))) {
      return Optional.of("names one host and goes to another");
    }
    String owner = ownerOf(bucket(wire).orElse(""));
    if (owner == null) {
      return Optional.of("goes to a bucket that is nobody's we know");
    }
    if (operation.equals("CreateBucket")) {
      return creationFault(wire, owner);
    }
    if (!isOnce(wire, WireRequest.OWNER, owner)) {
      return Optional.of("does not carry its bucket's owner once and signed");
    }
    if (wire.hasParameter(WireRequest.OWNER) || wire.hasParameter(WireRequest.SOURCE_OWNER)) {
      return Optional.of("carries a second owner, in the query");
    }
    List<String> sources = wire.values(WireRequest.COPY_SOURCE);
    return sources.isEmpty() ? Optional.empty() : sourceFault(wire, sources);
  }

  private Optional<String> creationFault(WireRequest wire, String owner) {
    if (!owner.equals(CoverageWorld.OURS)) {
      return Optional.of("creates a bucket that should be another account's");
    }
    boolean reserved = ACCOUNT_REGIONAL.matcher(bucket(wire).orElse("")).matches();
    return reserved && !isOnce(wire, "x-amz-bucket-namespace", "account-regional")
        ? Optional.of("creates a bucket outside its account's namespace")
        : Optional.empty();
  }

  private static Optional<String> sourceFault(WireRequest wire, List<String> sources) {
    String decoded = URLDecoder.decode(sources.get(0), StandardCharsets.UTF_8);
    String owner = ownerOf(decoded.split("/", 2)[0]);
    return sources.size() == 1 && owner != null && isOnce(wire, WireRequest.SOURCE_OWNER, owner)
        ? Optional.empty()
        : Optional.of("does not carry its copy source's owner once and signed");
  }

  private static boolean isOnce(WireRequest wire, String header, String value) {
    return wire.values(header).equals(List.of(value)) && wire.signedHeaders().contains(header);
  }

  private static boolean reachesNoBucket(WireRequest wire) {
    return !wire.host().contains("strangers-bucket")
        && Set.of("", "/", "/WriteGetObjectResponse").contains(wire.path());
  }

  /** The bucket in the host, or else the first in the path; empty if the host is not S3's. */
  private Optional<String> bucket(WireRequest wire) {
    String first = wire.segments().isEmpty() ? "" : wire.segments().get(0);
    if (wire.host().equals(endpoint)) {
      return Optional.of(first);
    }
    if (wire.host().endsWith('.' + endpoint)) {
      return Optional.of(wire.host().substring(0, wire.host().length() - endpoint.length() - 1));
    }
    Matcher s3 = S3_HOST.matcher(wire.host());
    if (!s3.matches()) {
      return Optional.empty();
    }
    String bucket = s3.group(1) == null ? first : s3.group(1);
    Matcher named = ACCOUNT_REGIONAL.matcher(bucket);
    return named.matches() && !named.group(2).equals(s3.group(2))
        ? Optional.empty()
        : Optional.of(bucket);
  }

  private static String ownerOf(String bucket) {
    Matcher named = ACCOUNT_REGIONAL.matcher(bucket);
    return named.matches()
        ? ACCOUNTS.contains(named.group(1)) ? named.group(1) : null
        : DECLARED.get(bucket);
  }
}
