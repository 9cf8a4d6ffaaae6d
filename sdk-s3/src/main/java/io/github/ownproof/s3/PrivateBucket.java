package io.github.ownproof.s3;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import java.util.Objects;
import software.amazon.awssdk.regions.Region;

/**
 * A bucket together with the account that must own it.
 *
 * <p>Only {@link PrivateBuckets} makes one. Holding one guarantees that the name keeps S3's rules,
 * and that account and region are the ones the program's own configuration gives, never ones that
 * came from input alone. It does <em>not</em> mean that the bucket exists, or that the account owns
 * it at this moment: S3 answers that on each call, because each call carries {@link #owner()}.
 *
 * <p>Two are equal when they are the same bucket: physical name, owner and region. The private name
 * keeps the case it was written in and does not count. Immutable and thread-safe.
 */
public final class PrivateBucket {

  private final String name;
  private final String physicalName;
  private final ExecutionContext home;
  private final Region endpointRegion;
  private final S3Resource kind;
  private final String regionalHost;

  PrivateBucket(String name, String physicalName, ExecutionContext home) {
    this.name = name;
    this.physicalName = physicalName;
    this.home = home;
    this.endpointRegion = Region.of(home.region());
    this.kind = S3Resource.of(physicalName);
    this.regionalHost = WireTarget.regionalHost(physicalName, home.region());
  }

  /** The private name, in the case it was written in; for a declared bucket, its declared name. */
  public String name() {
    return name;
  }

  /** The name the bucket has in S3, or the ARN or alias of a declared access point. */
  public String physicalName() {
    return physicalName;
  }

  /** What the physical name names. */
  S3Resource kind() {
    return kind;
  }

  /** The host that nearly every request to a bucket goes to; kept, to be compared with each. */
  String regionalHost() {
    return regionalHost;
  }

  /** The account that owns the bucket, or the call fails. */
  public AccountId owner() {
    return home.account();
  }

  /** The region the bucket is in, and calls go to. */
  public String region() {
    return home.region();
  }

  /** The region as endpoints take it; kept, because making one encodes its name as a URL. */
  Region endpointRegion() {
    return endpointRegion;
  }

  /** The private id: {@code arn:aws:s3:eu-west-1:111122223333:my-app-assets}. */
  public String arn() {
    return home.arn(name);
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof PrivateBucket that
            && that.physicalName.equals(physicalName)
            && that.home.equals(home));
  }

  @Override
  public int hashCode() {
    return Objects.hash(physicalName, home);
  }

  /** Private name, physical name and owner, for logs. */
  @Override
  public String toString() {
    return name + " (" + physicalName + ", owner " + owner() + ")";
  }
}
