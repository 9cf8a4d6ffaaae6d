package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that keeps a name of its own: ours (adopted) or somebody else's (trusted).
 *
 * @param name the private name, as written
 * @param key the private name, lower-cased
 * @param physicalName the name in S3, or an access point's ARN or alias
 * @param owner null: the account of the context
 * @param region null: the region of the context
 */
record DeclaredBucket(
    String name,
    String key,
    String physicalName,
    @Nullable AccountId owner,
    @Nullable String region) {

  static DeclaredBucket adopted(String name, String physicalName, @Nullable String region) {
    String key = NameRules.checkDeclaredName(name);
    if (S3Resource.of(physicalName) != S3Resource.BUCKET) {
      throw BucketNameException.undeclared(
          quote(physicalName)
              + " is "
              + S3Resource.of(physicalName).description()
              + ", not a bucket, and cannot be adopted. Declare it with trust(...), which names the"
              + " account that owns the bucket behind it.");
    }
    NameRules.checkPhysicalName(physicalName);
    return new DeclaredBucket(name, key, physicalName, null, checkRegion(region));
  }

  static DeclaredBucket trusted(String name, String physicalName, AccountId owner, String region) {
    String key = NameRules.checkDeclaredName(name);
    if (S3Resource.of(physicalName) == S3Resource.OTHER_ARN) {
      throw BucketNameException.arn(
          quote(physicalName)
              + " is not the ARN of an access point. Declare a bucket by its name, as"
              + " 'aws s3 ls' prints it, and an access point by its ARN or alias.");
    }
    if (physicalName.startsWith("arn:")) {
      checkRegionOfArn(physicalName, region);
    } else {
      NameRules.checkPhysicalName(physicalName);
      checkNotSomebodyElses(physicalName, owner, region);
    }
    return new DeclaredBucket(name, key, physicalName, owner, checkRegion(region));
  }

  void checkAgainst(DeclaredBucket other) {
    if (key.equals(other.key)) {
      throw BucketNameException.conflict(
          "The private name " + quote(name) + " is declared twice. Each stands for one bucket.");
    }
    checkNotBoth(this, other);
    checkNotBoth(other, this);
    if (physicalName.equals(other.physicalName)) {
      throw BucketNameException.conflict(
          "The bucket "
              + quote(physicalName)
              + " is declared twice, as "
              + quote(other.name)
              + " and as "
              + quote(name)
              + ". Give it one private name.");
    }
  }

  private static void checkNotBoth(DeclaredBucket named, DeclaredBucket other) {
    if (named.key.equals(other.physicalName)) {
      throw BucketNameException.conflict(
          "The private name "
              + quote(named.name)
              + " would stand for two buckets: "
              + quote(named.physicalName)
              + ", declared under it, and "
              + quote(other.physicalName)
              + ", which has that name in S3. Choose another private name.");
    }
  }

  /**
   * The bucket in this context.
   *
   * @throws ForeignBucketException if it is in another partition
   * @throws BucketNameException if its name says that it cannot belong to the account here
   */
  PrivateBucket in(ExecutionContext context) {
    ExecutionContext home =
        ExecutionContext.of(
            owner == null ? context.account() : owner, region == null ? context.region() : region);
    if (!home.partition().equals(context.partition())) {
      throw ForeignBucketException.bucket(
          quote(name)
              + " is declared in "
              + home.region()
              + ", in partition "
              + home.partition()
              + ", but this program runs in "
              + context.partition()
              + ". No call crosses partitions.");
    }
    checkNotSomebodyElses(physicalName, home.account(), home.region());
    return new PrivateBucket(name, physicalName, home);
  }

  private static @Nullable String checkRegion(@Nullable String region) {
    if (region != null) {
      var unused = ExecutionContext.of("000000000000", region);
    }
    return region;
  }

  /** A Multi-Region Access Point's ARN has no region. */
  private static void checkRegionOfArn(String arn, String region) {
    String its = arn.split(":", 6)[3];
    if (!its.isEmpty() && !its.equals(region)) {
      throw BucketNameException.conflict(
          quote(arn)
              + " is in "
              + quote(its)
              + ", but is declared to be in "
              + quote(region)
              + ". Correct the declaration.");
    }
  }

  /** The account regional namespace says in the name who can own it. */
  private static void checkNotSomebodyElses(String physicalName, AccountId owner, String region) {
    NameRules.readPhysical(physicalName)
        .filter(parts -> parts.suffix().equals("an"))
        .filter(parts -> !parts.account().equals(owner) || !parts.region().equals(region))
        .ifPresent(
            parts -> {
              throw BucketNameException.conflict(
                  quote(physicalName)
                      + " can only belong to account "
                      + parts.account()
                      + " in "
                      + parts.region()
                      + ", but is declared as owned by "
                      + owner
                      + " in "
                      + quote(region)
                      + ". Correct the declaration.");
            });
  }
}
