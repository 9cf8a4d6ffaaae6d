/**
 * What happens to private buckets as a whole: they are made private, kept private, published on
 * purpose, and emptied or deleted without giving their names away.
 *
 * <p>The methods are those of {@link io.github.ownproof.s3.S3PrivateClient} and {@link
 * io.github.ownproof.s3.S3PrivateAsyncClient}; the types here are what they take and return.
 *
 * <h2>Permissions</h2>
 *
 * <p>What a role needs, as actions of IAM: on the ARN of the private bucket where nothing else is
 * said, with {@code /*} after it for what is done to objects; {@code s3:ListAllMyBuckets} is on
 * {@code *}. That one also tells a bucket of somebody else from a missing permission, when a call
 * is denied; without it, the exception says that neither can be ruled out.
 *
 * <dl>
 *   <dt>{@code createPrivateBucket}
 *   <dd>{@code s3:ListBucket} (for HeadBucket), {@code s3:CreateBucket}, {@code
 *       s3:GetBucketPublicAccessBlock}, {@code s3:PutBucketPublicAccessBlock}, {@code
 *       s3:GetBucketAcl}, {@code s3:PutBucketAcl}, {@code s3:GetBucketOwnershipControls}, {@code
 *       s3:PutBucketOwnershipControls}, {@code s3:GetBucketWebsite}, {@code
 *       s3:DeleteBucketWebsite}, {@code s3:GetBucketPolicy}, {@code s3:PutBucketPolicy}, {@code
 *       s3:GetEncryptionConfiguration}, {@code s3:PutEncryptionConfiguration}; for versioning
 *       {@code s3:GetBucketVersioning}, {@code s3:PutBucketVersioning}; for Object Lock {@code
 *       s3:GetBucketObjectLockConfiguration}, {@code s3:PutBucketObjectLockConfiguration}; for tags
 *       {@code s3:GetBucketTagging}, {@code s3:PutBucketTagging}
 *   <dt>{@code promoteBucket} and {@code demoteBucket} of a {@link
 *       io.github.ownproof.s3.lifecycle.Promotion#cloudFront cloudFront}
 *   <dd>{@code s3:ListBucket}, {@code s3:GetBucketPolicy}, {@code s3:PutBucketPolicy}; to demote,
 *       {@code s3:DeleteBucketPolicy} too
 *   <dt>{@code promoteBucket} of a {@link io.github.ownproof.s3.lifecycle.Promotion#publicBucket
 *       publicBucket}
 *   <dd>{@code s3:ListBucket}, {@code s3:GetObject}, and {@code kms:Decrypt} on the key of objects
 *       encrypted with one. On the public bucket {@code s3:ListBucket}, {@code
 *       s3:ListBucketVersions}, {@code s3:ListBucketMultipartUploads}, {@code s3:CreateBucket},
 *       {@code s3:GetBucketTagging}, {@code s3:PutBucketTagging}, {@code
 *       s3:GetBucketPublicAccessBlock}, {@code s3:PutBucketPublicAccessBlock}, {@code
 *       s3:PutBucketOwnershipControls}, {@code s3:PutEncryptionConfiguration}, {@code
 *       s3:GetBucketPolicy}, {@code s3:PutBucketPolicy}, {@code s3:PutObject}, {@code
 *       s3:DeleteObject}, {@code s3:DeleteObjectVersion}, {@code s3:AbortMultipartUpload}
 *   <dt>{@code demoteBucket} of a {@link io.github.ownproof.s3.lifecycle.Promotion#publicBucket
 *       publicBucket}
 *   <dd>On the public bucket only: {@code s3:ListBucket}, {@code s3:ListBucketVersions}, {@code
 *       s3:ListBucketMultipartUploads}, {@code s3:GetBucketTagging}, {@code s3:PutBucketTagging},
 *       {@code s3:GetBucketPublicAccessBlock}, {@code s3:PutBucketPublicAccessBlock}, {@code
 *       s3:GetBucketPolicy}, {@code s3:PutBucketPolicy}, {@code s3:DeleteObject}, {@code
 *       s3:DeleteObjectVersion}, {@code s3:AbortMultipartUpload}
 *   <dt>{@code promotions}
 *   <dd>{@code s3:ListBucket}, {@code s3:GetBucketPolicy}, {@code s3:ListAllMyBuckets}, and {@code
 *       s3:GetBucketTagging} on every bucket of the account whose name begins with {@code public-}
 *   <dt>{@code emptyAndKeep}
 *   <dd>{@code s3:ListBucketVersions}, {@code s3:DeleteObject}, {@code s3:DeleteObjectVersion},
 *       {@code s3:ListBucketMultipartUploads}, {@code s3:AbortMultipartUpload}
 *   <dt>{@code deleteBucket}
 *   <dd>{@code s3:ListBucket}, {@code s3:DeleteBucket}
 * </dl>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Required
 *     permissions for Amazon S3 API operations</a>
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.s3.lifecycle;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
