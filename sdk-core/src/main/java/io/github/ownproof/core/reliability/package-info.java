/**
 * How many retries are worth it: the arithmetic behind every limit on retrying and failing over.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.core.reliability;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
