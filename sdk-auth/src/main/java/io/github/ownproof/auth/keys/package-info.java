/** The keys of issuers: where they come from, how long they are believed, and what they verify. */
@NullMarked
@CheckReturnValue
package io.github.ownproof.auth.keys;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
