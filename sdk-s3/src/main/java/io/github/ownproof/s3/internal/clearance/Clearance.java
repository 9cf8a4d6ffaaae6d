package io.github.ownproof.s3.internal.clearance;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;

/**
 * Lets one request do, to one bucket, what callers' requests may not: reach the public bucket of a
 * promotion, or release a name. It travels in the request itself, under a key that only this module
 * has: nobody can make one.
 *
 * <p>It does not hold against whoever is shown the request, as an interceptor that the client was
 * built with is: such a one can send the same override configuration once more, to the same bucket
 * and for the same operations. It is shown the client's credentials, too, and needs no clearance to
 * do harm.
 *
 * @param physicalName the only bucket it holds for
 * @param region the region of that bucket
 * @param publicBucket whether that bucket is a promotion's and not a private one
 * @param operations the operations it clears, as S3 names them, e.g. {@code PutBucketPolicy}
 */
public record Clearance(
    String physicalName, String region, boolean publicBucket, Set<String> operations) {

  private static final ExecutionAttribute<Clearance> ATTRIBUTE =
      new ExecutionAttribute<>("OwnproofClearance");

  /** Copies the operations. */
  public Clearance {
    operations = Set.copyOf(operations);
  }

  /** The request with this clearance. */
  public AwsRequestOverrideConfiguration.Builder applyTo(
      AwsRequestOverrideConfiguration.Builder override) {
    return override.putExecutionAttribute(ATTRIBUTE, this);
  }

  /** The clearance of a request that is being sent. */
  public static @Nullable Clearance of(ExecutionAttributes attributes) {
    return attributes.getAttribute(ATTRIBUTE);
  }

  /** The clearance of a request that is not on its way yet. */
  public static @Nullable Clearance of(AwsRequest request) {
    Optional<AwsRequestOverrideConfiguration> override = request.overrideConfiguration();
    return override.isEmpty() ? null : of(override.get().executionAttributes());
  }

  /** Whether this request may do what is refused otherwise. */
  public static boolean clears(
      @Nullable Clearance clearance, String operation, @Nullable String physicalName) {
    return clearance != null
        && clearance.physicalName.equals(physicalName)
        && clearance.operations.contains(operation);
  }
}
