/** Tokens of HTTP requests, verified before a servlet sees them. */
@NullMarked
@CheckReturnValue
package io.github.ownproof.auth.servlet;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
