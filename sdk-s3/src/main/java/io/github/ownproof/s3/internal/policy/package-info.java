/** Bucket policies: read without loss, changed statement by statement, and judged. */
@NullMarked
@CheckReturnValue
package io.github.ownproof.s3.internal.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
