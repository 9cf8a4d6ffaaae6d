package io.github.ownproof.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/** Somebody else's credentials: an AWS client closes the provider it has, and so not this one. */
final class BorrowedCredentials implements AwsCredentialsProvider {

  private final AwsCredentialsProvider lender;

  BorrowedCredentials(AwsCredentialsProvider lender) {
    this.lender = lender;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return lender.resolveCredentials();
  }

  @Override
  public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
    return lender.resolveIdentity(request);
  }

  /** Nothing of the credentials. */
  @Override
  public String toString() {
    return "BorrowedCredentials";
  }
}
