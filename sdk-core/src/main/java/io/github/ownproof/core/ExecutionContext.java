package io.github.ownproof.core;

/**
 * Where the program runs and for whom: the partition, account and region that a private name is
 * resolved in. Immutable and thread-safe.
 *
 * @param partition the AWS partition, e.g. {@code aws}, {@code aws-cn}, {@code aws-us-gov}, {@code
 *     aws-eusc}; always the one the region belongs to
 * @param account the account that owns what is created here
 * @param region the region code, e.g. {@code eu-west-1}; never a pseudo region such as {@code
 *     aws-global}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">AWS ARNs and
 *     partitions</a>
 */
public record ExecutionContext(String partition, AccountId account, String region) {

  /**
   * Checks that the region is one and lies in the partition.
   *
   * @throws InvalidContextException if the region's form is wrong, it is a pseudo region, or it is
   *     not in the partition
   */
  public ExecutionContext {
    if (!Regions.isWellFormed(region)) {
      throw InvalidContextException.region(region);
    }
    String expected = Regions.partitionOf(region);
    if (!partition.equals(expected)) {
      throw InvalidContextException.partition(partition, region, expected);
    }
  }

  /**
   * The context of an account in a region; the partition follows from the region.
   *
   * @throws InvalidContextException if the account is not twelve digits or the region is not one
   */
  public static ExecutionContext of(String account, String region) {
    return of(AccountId.of(account), region);
  }

  /**
   * The context of an account in a region; the partition follows from the region.
   *
   * @throws InvalidContextException if the region is not one
   */
  public static ExecutionContext of(AccountId account, String region) {
    return new ExecutionContext(Regions.partitionOf(region), account, region);
  }

  /**
   * The same account and partition in another region.
   *
   * @throws InvalidContextException if the region is not one, or lies in another partition: account
   *     ids are per partition
   */
  public ExecutionContext withRegion(String otherRegion) {
    return new ExecutionContext(partition, account, otherRegion);
  }

  /**
   * The private id of a bucket here: {@code arn:aws:s3:eu-west-1:111122223333:my-app-assets}. It is
   * shaped like an ARN, and names the private bucket wherever the program runs.
   *
   * @param privateName the private name; taken as it is
   */
  public String arn(String privateName) {
    return "arn:" + partition + ":s3:" + region + ":" + account + ":" + privateName;
  }

  /** {@code partition/account/region}, for logs. */
  @Override
  public String toString() {
    return partition + "/" + account + "/" + region;
  }
}
