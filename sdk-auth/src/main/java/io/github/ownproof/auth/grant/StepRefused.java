package io.github.ownproof.auth.grant;

/** A step that does not happen, on its way out of the desk. Without stack: it is an answer. */
final class StepRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final SupportRefusal refusal;
  private final String detail;
  private final String challenge;

  StepRefused(SupportRefusal refusal) {
    this(refusal, sentence(refusal));
  }

  StepRefused(SupportRefusal refusal, String detail) {
    this(refusal, detail, "");
  }

  StepRefused(SupportRefusal refusal, String detail, String challenge) {
    super(refusal.name(), null, false, false);
    this.refusal = refusal;
    this.detail = detail;
    this.challenge = challenge;
  }

  SupportRefusal refusal() {
    return refusal;
  }

  <T> SupportOutcome<T> outcome() {
    return new SupportOutcome.Refused<>(refusal, detail, challenge);
  }

  static String sentence(SupportRefusal refusal) {
    String words = refusal.explanation();
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }
}
