/** How buckets are created, put right, promoted, demoted, emptied and deleted, step by step. */
@NullMarked
@CheckReturnValue
package io.github.ownproof.s3.internal.lifecycle;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
