@NullMarked
@CheckReturnValue
package io.github.ownproof.s3;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
