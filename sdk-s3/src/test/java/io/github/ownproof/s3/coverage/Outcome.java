package io.github.ownproof.s3.coverage;

/** What became of a call, as the coverage report has it. */
enum Outcome {
  OWNED("owned"),
  REFUSED("refused"),
  NO_BUCKET("no-bucket");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
