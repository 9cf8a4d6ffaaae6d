/**
 * How the account and the region are found out: the sources, the order they are asked in, and the
 * cache in front of them. Not exported; {@code AwsExecutionContext} is its face.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.s3.internal.context;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
