/** The strict front door: compact tokens and JSON, read once and read exactly. Not exported. */
@NullMarked
@CheckReturnValue
package io.github.ownproof.auth.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
