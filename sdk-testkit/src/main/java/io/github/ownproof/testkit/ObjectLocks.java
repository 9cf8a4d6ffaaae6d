package io.github.ownproof.testkit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Until when which versions of objects cannot be deleted. Thread-safe. */
final class ObjectLocks {

  private static final String MODE = "x-amz-object-lock-mode";
  private static final String UNTIL = "x-amz-object-lock-retain-until-date";
  private static final String LEGAL_HOLD = "x-amz-object-lock-legal-hold";
  private static final String BYPASS = "x-amz-bypass-governance-retention";

  /** What S3Proxy does not know. */
  static final Set<String> HEADERS = Set.of(MODE, UNTIL, BYPASS);

  /** The lock of one version. */
  record Retention(boolean compliance, Instant until) {}

  private record Version(String key, String id) {}

  private final Map<Version, Retention> locked = new ConcurrentHashMap<>();

  /** The lock a write asks for, if it does. */
  static @Nullable Retention asked(S3Call call, Bucket bucket, Instant now) {
    String mode = call.header(MODE);
    String until = call.header(UNTIL);
    if (call.header(LEGAL_HOLD) != null) {
      throw Refusal.notModelled("legal holds");
    }
    if (mode == null && until == null) {
      return null;
    }
    if (bucket.setting(BucketSetting.OBJECT_LOCK) == null) {
      throw Refusal.invalidRequest("Bucket is missing Object Lock Configuration");
    }
    if (mode == null || until == null) {
      throw Refusal.invalidArgument(MODE + " and " + UNTIL + " must both be supplied");
    }
    if (!mode.equals("COMPLIANCE") && !mode.equals("GOVERNANCE")) {
      throw Refusal.invalidArgument("Unknown wormMode directive.");
    }
    boolean summed =
        call.headers().keySet().stream()
            .anyMatch(
                name ->
                    name.equals("content-md5")
                        || name.startsWith("x-amz-checksum-")
                        || name.equals("x-amz-trailer"));
    if (!summed) {
      throw Refusal.invalidRequest(
          "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with"
              + " Object Lock parameters");
    }
    return new Retention(mode.equals("COMPLIANCE"), instant(until, now));
  }

  private static Instant instant(String until, Instant now) {
    Instant instant;
    try {
      instant = Instant.parse(until);
    } catch (DateTimeException e) {
      throw Refusal.invalidArgument("The retain until date must be provided in ISO 8601 format");
    }
    if (!instant.isAfter(now)) {
      throw Refusal.invalidArgument("The retain until date must be in the future!");
    }
    return instant;
  }

  void put(String key, @Nullable String version, Retention retention) {
    if (version != null) {
      locked.put(new Version(key, version), retention);
    }
  }

  /** Whether that version may be deleted; without a version, a marker is all that is written. */
  boolean allowDeletion(S3Call call, String key, @Nullable String version, Instant now) {
    Retention retention = version == null ? null : locked.get(new Version(key, version));
    if (retention == null || !retention.until().isAfter(now)) {
      return true;
    }
    return !retention.compliance() && "true".equalsIgnoreCase(call.header(BYPASS));
  }
}
