package io.github.ownproof.s3.internal.signing;

import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The scopes that were signed in last. Few, because a program signs with few identities in few
 * regions; older days and rotated credentials drop out. Thread-safe, without locks: two threads may
 * derive the same key, and one of the two is kept.
 */
public final class SigningScopes {

  private static final int MOST = 16;
  private static final long SECONDS_OF_DAY = 86_400;

  private volatile SigningScope[] known = {};

  /** The scope of an identity in a region at a time, in seconds of the epoch. */
  public SigningScope of(AwsCredentialsIdentity identity, String region, long epochSecond) {
    long day = Math.floorDiv(epochSecond, SECONDS_OF_DAY);
    for (SigningScope scope : known) {
      if (scope.isFor(identity, region, day)) {
        return scope;
      }
    }
    return remember(new SigningScope(identity, region, day));
  }

  private SigningScope remember(SigningScope scope) {
    SigningScope[] before = known;
    SigningScope[] after = new SigningScope[Math.min(MOST, before.length + 1)];
    after[0] = scope;
    System.arraycopy(before, 0, after, 1, after.length - 1);
    known = after;
    return scope;
  }

  /** How many are kept. */
  int size() {
    return known.length;
  }
}
