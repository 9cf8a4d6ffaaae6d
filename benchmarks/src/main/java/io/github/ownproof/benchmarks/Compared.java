package io.github.ownproof.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a benchmark method of ours: what it is compared with, and what it promises. Peer and floor are
 * benchmark methods of the same class, which has a public constructor without arguments and no
 * {@code @Param}. A comparison without a promise is for information.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Compared {

  double NONE = Double.POSITIVE_INFINITY;

  /** The row's name, unique among all benchmarks. */
  String id();

  /** The method that does the same work without us. */
  String peer() default "";

  /** The method that does the least work anybody could do. */
  String floor() default "";

  /** Most of our time over the peer's. */
  double ratioAtMost() default NONE;

  /** Most bytes allocated beyond the peer's. */
  double extraBytesAtMost() default NONE;

  /** Most time of ours, for work that has no peer. */
  double nanosAtMost() default NONE;

  /** Most bytes of ours, for work that has no peer. */
  double bytesAtMost() default NONE;
}
