/** Programs to run and read; each package is one, and {@code ./examples/run} lists them. */
@NullMarked
package io.github.ownproof.examples;

import org.jspecify.annotations.NullMarked;
