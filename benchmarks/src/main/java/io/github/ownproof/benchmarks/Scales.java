package io.github.ownproof.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a benchmark method of ours that writes nothing shared: two threads do at least 1.8 times what
 * one does. The method is safe to call by both at once.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Scales {

  /** What two threads do at least, over what one does. */
  double SPEED_UP = 1.8;

  /** The row's name, unique among all benchmarks. */
  String id();

  /** Where signatures come from. */
  Crypto crypto() default Crypto.JDK;

  /** Whether a quick run leaves it out, because what it would tell is told by another. */
  boolean notInQuick() default false;
}
