/** What lets the lifecycle's own calls do what callers' calls may not. */
@NullMarked
@CheckReturnValue
package io.github.ownproof.s3.internal.clearance;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
