package io.github.ownproof.s3.internal.policy;

/** A text that is not a policy document. */
public final class MalformedPolicyException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  MalformedPolicyException(String why) {
    super(why);
  }
}
