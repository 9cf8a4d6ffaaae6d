package io.github.ownproof.auth.s3;

/** A stored document is not what this module writes. */
final class MalformedDocument extends Exception {

  private static final long serialVersionUID = 1L;

  private final String why;

  MalformedDocument(String why) {
    super(why);
    this.why = why;
  }

  /** What is wrong with it, without any of its values. */
  String why() {
    return why;
  }
}
