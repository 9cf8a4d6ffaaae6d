package io.github.ownproof.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a benchmark method of ours: what it is compared with, and what it promises. Peer and floor are
 * benchmark methods of the same class, which has a public constructor without arguments and no
 * {@code @Param}. A comparison without a promise is for information. A method can be compared more
 * than once.
 */
@Repeatable(Compared.List.class)
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

  /** Most bytes of ours over the peer's. */
  double bytesRatioAtMost() default NONE;

  /** Most time of ours, for work that has no peer. */
  double nanosAtMost() default NONE;

  /** Most bytes of ours, for work that has no peer. */
  double bytesAtMost() default NONE;

  /** Where signatures come from. */
  Crypto crypto() default Crypto.JDK;

  /**
   * Whether the floor is taken off both before they are compared: what ours costs beyond it, over
   * what the peer does.
   */
  boolean netOfFloor() default false;

  /**
   * By how many bytes calls differ, as those do that make signatures whose length varies; the gate
   * takes all beyond for more.
   */
  double bytesVaryBy() default 0;

  /** Whether a quick run leaves it out, because what it would tell is told by another. */
  boolean notInQuick() default false;

  /** All comparisons of one method. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface List {
    Compared[] value();
  }
}
