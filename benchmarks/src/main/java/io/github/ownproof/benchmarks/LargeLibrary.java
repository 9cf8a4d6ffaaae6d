package io.github.ownproof.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a suite whose calls go through so much code that it takes several times as long as others
 * until all of it is compiled. Measured shorter, what runs first in a library pays for the rest.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LargeLibrary {

  /** How many times as long each of its methods is measured. */
  int times();

  /**
   * Whether each method of ours is measured beside its own peers only, in a JVM of its own: what
   * else goes through the library changes how it is compiled, and so a difference of a few percent.
   */
  boolean apart() default false;
}
