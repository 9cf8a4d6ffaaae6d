package io.github.ownproof.s3.internal.lifecycle;

/**
 * How objects are copied.
 *
 * @param single the largest object that is copied with one request; S3 takes 5 GiB, but a request
 *     that long outlasts the time limits of clients
 * @param part how much each request copies of a larger one
 */
record CopySizes(long single, long part) {

  private static final int MOST_PARTS = 10_000;

  static CopySizes standard() {
    return new CopySizes(1L << 30, 1L << 28);
  }

  /** The size of the parts of one object: larger if there would be too many. */
  long partOf(long size) {
    long least = (size + MOST_PARTS - 1) / MOST_PARTS;
    return Math.max(part, least);
  }
}
