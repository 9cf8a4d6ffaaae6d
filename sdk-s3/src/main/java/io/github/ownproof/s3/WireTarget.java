package io.github.ownproof.s3;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Which bucket a finished HTTP request goes to, told from its host and path alone: so that it can
 * be compared with the bucket it was meant for.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">Virtual
 *     hosting of buckets</a>
 */
final class WireTarget {

  /** S3 itself, and its control plane for directory buckets. */
  private static final Pattern NO_BUCKET_HOST =
      Pattern.compile("(s3|s3express-control)(-fips)?(\\.dualstack)?(\\.[a-z0-9-]+)?");

  /** The route by which an Object Lambda function answers; its root would be an access point. */
  private static final Pattern ANSWER_HOST =
      Pattern.compile("[a-z0-9-]+\\.s3-object-lambda(-fips)?(\\.dualstack)?\\.[a-z0-9-]+");

  private static final int HTTPS_PORT = 443;

  private static final String ANSWER_PATH = "/WriteGetObjectResponse";

  private WireTarget() {}

  /**
   * Whether the request goes to {@code bucket}, in its region, and to nothing else.
   *
   * @param override the endpoint the client was told to use, if it was
   */
  static boolean is(PrivateBucket bucket, SdkHttpRequest http, @Nullable URI override) {
    S3Resource kind = bucket.kind();
    if (override == null && !isHttps(http)) {
      return false;
    }
    if (override == null
        && kind == S3Resource.BUCKET
        && http.host().equals(bucket.regionalHost())) {
      return true;
    }
    String host = http.host().toLowerCase(Locale.ROOT);
    String path = http.encodedPath();
    if (override != null) {
      return override.getHost() != null
          && isPort(http, override)
          && isAt(label(kind, bucket), host, path, override.getHost(), prefix(override));
    }
    return switch (kind) {
      case BUCKET, ACCESS_POINT_ALIAS, OBJECT_LAMBDA_ALIAS ->
          isAtAny(bucket.physicalName(), host, path, endpoints(bucket.region()));
      case ACCESS_POINT_ARN ->
          isVirtual(kind, bucket, host, "s3-accesspoint(-fips)?(\\.dualstack)?");
      case OBJECT_LAMBDA_ARN ->
          isVirtual(kind, bucket, host, "s3-object-lambda(-fips)?(\\.dualstack)?");
      case OUTPOSTS_ARN -> isVirtual(kind, bucket, host, "s3-outposts(-fips)?(\\.dualstack)?");
      case OUTPOSTS_ALIAS ->
          isVirtual(kind, bucket, host, "op-[0-9a-f]+\\.s3-outposts(-fips)?(\\.dualstack)?");
      case DIRECTORY_ACCESS_POINT ->
          isVirtual(kind, bucket, host, "s3express-[a-z0-9-]+(\\.dualstack)?");
      case DIRECTORY_BUCKET ->
          isVirtual(kind, bucket, host, "s3express-[a-z0-9-]+(\\.dualstack)?")
              || isControlPlane(bucket, host, path);
      case MULTI_REGION_ARN, MULTI_REGION_ALIAS ->
          host.equals(label(kind, bucket) + ".accesspoint.s3-global." + dnsSuffix(bucket.region()));
      case TABLE_BUCKET, OTHER_ARN -> false;
    };
  }

  /** Where S3 serves a bucket of this name by default. */
  static String regionalHost(String name, String region) {
    return name + ".s3." + region + '.' + dnsSuffix(region);
  }

  /**
   * The bucket of ours that a finished URL goes to. Its candidates are what stands before the first
   * dot of the host, and the path's first segment; {@link #is} then decides.
   */
  static Optional<PrivateBucket> namedBy(
      SdkHttpRequest http,
      @Nullable URI override,
      Function<String, @Nullable PrivateBucket> byName) {
    String host = http.host();
    int dot = host.indexOf(".s3");
    String virtual = override != null || dot < 0 ? host.split("\\.", 2)[0] : host.substring(0, dot);
    String tail = tail(http, override);
    String[] segments = tail.split("/", 3);
    String first = segments.length > 1 ? segments[1] : "";
    return Stream.of(virtual, first)
        .map(byName)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .filter(bucket -> is(bucket, http, override))
        .findFirst();
  }

  /** Whether a request that goes to {@code bucket} goes to the bucket itself, and to no object. */
  static boolean isKeyless(PrivateBucket bucket, SdkHttpRequest http, @Nullable URI override) {
    String name = bucket.physicalName();
    String tail = tail(http, override);
    String key =
        http.host().toLowerCase(Locale.ROOT).startsWith(name + '.')
            ? tail
            : tail.substring(1 + name.length());
    return key.isEmpty() || key.equals("/");
  }

  /** Whether the request goes to S3 itself, and to no bucket. */
  static boolean isNoBucket(SdkHttpRequest http, @Nullable URI override, String region) {
    String tail = tail(http, override);
    boolean answer = tail.equals(ANSWER_PATH);
    if (!tail.isEmpty() && !tail.equals("/") && !answer) {
      return false;
    }
    String host = http.host().toLowerCase(Locale.ROOT);
    if (override != null) {
      String endpoint = String.valueOf(override.getHost()).toLowerCase(Locale.ROOT);
      return isPort(http, override)
          && (host.equals(endpoint) || (answer && host.endsWith('.' + endpoint)));
    }
    String suffix = '.' + dnsSuffix(region);
    return host.endsWith(suffix)
        && (answer ? ANSWER_HOST : NO_BUCKET_HOST)
            .matcher(host.substring(0, host.length() - suffix.length()))
            .matches();
  }

  private static boolean isAtAny(String name, String host, String path, List<String> endpoints) {
    int dot = name.length();
    if (host.startsWith(name) && host.startsWith(".", dot) && isOneOf(endpoints, host, dot + 1)) {
      return true;
    }
    return isOneOf(endpoints, host, 0) && isFirstSegment(name, path, "");
  }

  /** Whether {@code host} from {@code start} on is one of {@code endpoints}. */
  private static boolean isOneOf(List<String> endpoints, String host, int start) {
    int length = host.length() - start;
    for (String endpoint : endpoints) {
      if (endpoint.length() == length && host.startsWith(endpoint, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(
      String name, String host, String path, String endpoint, String prefix) {
    return host.equals((name + '.' + endpoint).toLowerCase(Locale.ROOT))
        || (host.equals(endpoint.toLowerCase(Locale.ROOT)) && isFirstSegment(name, path, prefix));
  }

  private static boolean isFirstSegment(String name, String path, String prefix) {
    int start = prefix.length() + 1;
    if (!path.startsWith(prefix) || !path.startsWith("/", prefix.length())) {
      return false;
    }
    int end = start + name.length();
    return path.startsWith(name, start)
        && (path.length() == end || (path.charAt(end) == '/' && staysBelow(path, end)));
  }

  /** Whether a server or proxy that resolves {@code ..} would still end up in the bucket. */
  private static boolean staysBelow(String path, int bucketEnd) {
    if (!path.contains("..") && !path.contains("%2e") && !path.contains("%2E")) {
      return true;
    }
    int depth = 0;
    for (String segment : path.substring(bucketEnd + 1).split("/", -1)) {
      String plain = segment.replace("%2e", ".").replace("%2E", ".");
      if (!plain.isEmpty() && !plain.equals(".")) {
        depth += plain.equals("..") ? -1 : 1;
      }
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVirtual(
      S3Resource kind, PrivateBucket bucket, String host, String service) {
    String label = label(kind, bucket) + '.';
    String suffix = '.' + bucket.region() + '.' + dnsSuffix(bucket.region());
    return host.startsWith(label)
        && host.endsWith(suffix)
        && host.length() > label.length() + suffix.length()
        && host.substring(label.length(), host.length() - suffix.length()).matches(service);
  }

  private static boolean isControlPlane(PrivateBucket bucket, String host, String path) {
    String suffix = '.' + bucket.region() + '.' + dnsSuffix(bucket.region());
    return host.endsWith(suffix)
        && host.substring(0, host.length() - suffix.length())
            .matches("s3express-control(-fips)?(\\.dualstack)?")
        && isFirstSegment(bucket.physicalName(), path, "");
  }

  /**
   * The first labels of the host: the name of a bucket, {@code name-account} of an access point.
   */
  private static String label(S3Resource kind, PrivateBucket bucket) {
    String name = bucket.physicalName();
    switch (kind) {
      case ACCESS_POINT_ARN, OBJECT_LAMBDA_ARN -> {
        String[] arn = name.split(":", 6);
        return resourceName(arn[5]) + '-' + arn[4];
      }
      case MULTI_REGION_ARN -> {
        return resourceName(name.split(":", 6)[5]);
      }
      case OUTPOSTS_ARN -> {
        String[] arn = name.split(":", 6);
        String[] parts = arn[5].split("[:/]", -1);
        return parts.length == 4 ? parts[3] + '-' + arn[4] + '.' + parts[1] : name;
      }
      default -> {
        return name;
      }
    }
  }

  private static String resourceName(String accessPoint) {
    return accessPoint.substring("accesspoint/".length());
  }

  /** S3's own endpoints are reached in no other way; another needs an override. */
  private static boolean isHttps(SdkHttpRequest http) {
    return http.port() == HTTPS_PORT && http.protocol().equalsIgnoreCase("https");
  }

  private static boolean isPort(SdkHttpRequest http, URI override) {
    int port = override.getPort();
    if (port < 0) {
      port = override.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
    return http.port() == port && http.protocol().equalsIgnoreCase(override.getScheme());
  }

  /** The path after that of the endpoint. */
  private static String tail(SdkHttpRequest http, @Nullable URI override) {
    String path = http.encodedPath();
    String prefix = override == null ? "" : prefix(override);
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  private static String prefix(URI override) {
    String path = override.getRawPath();
    return path == null ? "" : path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String dnsSuffix(String region) {
    return PartitionMetadata.of(Region.of(region)).dnsSuffix();
  }

  private static List<String> endpoints(String region) {
    String suffix = dnsSuffix(region);
    List<String> endpoints = new ArrayList<>();
    for (String service : new String[] {"s3", "s3-fips"}) {
      endpoints.add(service + '.' + region + '.' + suffix);
      endpoints.add(service + ".dualstack." + region + '.' + suffix);
    }
    endpoints.add("s3-accelerate." + suffix);
    endpoints.add("s3-accelerate.dualstack." + suffix);
    if (region.equals("us-east-1")) {
      endpoints.add("s3." + suffix);
    }
    return endpoints;
  }
}
