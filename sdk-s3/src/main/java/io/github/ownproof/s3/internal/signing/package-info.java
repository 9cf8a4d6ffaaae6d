/** Presigned URLs by Signature Version 4, made in as few steps as there are. */
@NullMarked
@CheckReturnValue
package io.github.ownproof.s3.internal.signing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
