@NullMarked
@CheckReturnValue
package io.github.ownproof.testkit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
