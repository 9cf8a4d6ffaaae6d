package io.github.ownproof.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/** The credentials a URL is signed with: those whose end was looked at, and no others. */
final class FixedIdentity implements IdentityProvider<AwsCredentialsIdentity> {

  private final AwsCredentialsIdentity identity;

  FixedIdentity(AwsCredentialsIdentity identity) {
    this.identity = identity;
  }

  @Override
  public Class<AwsCredentialsIdentity> identityType() {
    return AwsCredentialsIdentity.class;
  }

  @Override
  public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
    return CompletableFuture.completedFuture(identity);
  }

  /** Nothing of the credentials. */
  @Override
  public String toString() {
    return "FixedIdentity";
  }
}
