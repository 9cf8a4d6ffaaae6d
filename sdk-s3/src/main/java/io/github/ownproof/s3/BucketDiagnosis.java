package io.github.ownproof.s3;

/**
 * What two harmless calls, ListBuckets and HeadBucket with the owner, say about a private bucket.
 *
 * @param bucket the bucket asked about
 * @param state what it is
 * @param evidence what each call answered, in words; holds no credential
 */
public record BucketDiagnosis(PrivateBucket bucket, State state, String evidence) {

  /** What a bucket can be, seen from here. */
  public enum State {
    /** It exists, belongs to its owner, and this caller may see it. */
    OWNED,
    /** It belongs to its owner, but this caller lacks {@code s3:ListBucket} on it. */
    OWNED_NO_ACCESS,
    /** It exists and belongs to another account than its owner: squatted. Do not use it. */
    FOREIGN,
    /** Nobody has it. In the global namespace, anybody can take it. */
    ABSENT,
    /**
     * It cannot be told: S3 denied HeadBucket, and whose the bucket is cannot be listed, because
     * the caller lacks {@code s3:ListAllMyBuckets} or the owner is another account.
     */
    UNKNOWN
  }

  /** State, bucket and evidence, for people. */
  @Override
  public String toString() {
    return state + ": " + bucket + "; " + evidence;
  }
}
