/** From a compact token to a user: issuer and stable subject, or one typed refusal. */
@NullMarked
@CheckReturnValue
package io.github.ownproof.auth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
