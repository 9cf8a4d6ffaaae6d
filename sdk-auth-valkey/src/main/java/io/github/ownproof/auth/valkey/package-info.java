/** What processes that use Ownproof Auth share through Valkey or Redis: revocation epochs. */
@NullMarked
@CheckReturnValue
package io.github.ownproof.auth.valkey;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
