/**
 * Measures what suites say with {@link io.github.ownproof.benchmarks.Compared} and {@link
 * io.github.ownproof.benchmarks.Scales}.
 *
 * <p>All methods of a suite take turns in one JVM, a {@link Group}; a run is rounds of such forks,
 * the groups in turn, so that whatever happens on the machine meets all of them. A fork gives one
 * {@link Turn} per comparison, all turns of a comparison one {@link Row}, and the {@link Gate}
 * holds rows against those kept in the repository.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.benchmarks.harness;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
