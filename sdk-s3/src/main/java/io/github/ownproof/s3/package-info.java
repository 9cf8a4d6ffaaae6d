/**
 * Private buckets on the AWS SDK for Java: a short private name, the account that must own the
 * bucket, and clients that let no request out without it.
 *
 * <p>The path of a call: a private name, {@link io.github.ownproof.s3.PrivateBuckets#resolve}, a
 * {@link io.github.ownproof.s3.PrivateBucket} with physical name, owner and region, the call with
 * its owner, the last check before the wire.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.s3;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
