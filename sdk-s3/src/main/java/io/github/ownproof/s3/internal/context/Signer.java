package io.github.ownproof.s3.internal.context;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Which credentials sign, without the part that signs: what answers are remembered under. An access
 * key id belongs to one account for good, so an answer under it never goes stale.
 *
 * @param accessKeyId null for anonymous credentials
 * @param accountId the account the credentials themselves name, as they write it
 * @param providers the AWS SDK's short ids of the providers that made them, outermost last, comma
 *     separated
 */
record Signer(
    @Nullable String accessKeyId, @Nullable String accountId, @Nullable String providers) {

  // The AWS SDK's BusinessMetricFeatureId values. Copied, not referenced: should one change, the
  // credentials merely count as untied and STS is asked, where a missing constant would be an
  // error.
  static final String SYSTEM_PROPERTIES = "f";
  static final String ENVIRONMENT = "g";
  static final String WEB_IDENTITY_ENVIRONMENT = "h";
  static final String CONTAINER = "z";
  static final String INSTANCE = "0";

  static Signer of(AwsCredentialsIdentity identity) {
    return new Signer(
        identity.accessKeyId(),
        identity.accountId().orElse(null),
        identity.providerName().orElse(null));
  }

  /** Whether {@code of(identity)} equals this; makes nothing, being asked for every request. */
  boolean signsFor(AwsCredentialsIdentity identity) {
    return Objects.equals(accessKeyId, identity.accessKeyId())
        && Objects.equals(accountId, identity.accountId().orElse(null))
        && Objects.equals(providers, identity.providerName().orElse(null));
  }

  /** Whether the provider of this id handed out these very credentials. */
  boolean madeBy(String provider) {
    return providers != null && (providers.equals(provider) || providers.endsWith("," + provider));
  }

  /** Whether the AWS SDK took these credentials from the web identity of the environment. */
  boolean madeByWebIdentity() {
    return providers != null
        && ("," + providers + ",").contains("," + WEB_IDENTITY_ENVIRONMENT + ",");
  }

  boolean anonymous() {
    return accessKeyId == null;
  }

  /** Names no key: where this is printed nobody needs to know which one it was. */
  @Override
  public String toString() {
    return "Signer[providers=" + providers + "]";
  }
}
