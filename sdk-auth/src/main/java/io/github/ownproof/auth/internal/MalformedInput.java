package io.github.ownproof.auth.internal;

/**
 * Input that has not the one form we read. Made without a stack trace or a message: it is thrown at
 * the rate at which an attacker can send garbage, and may not repeat any of it.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // it has no stack trace to be wrong
public final class MalformedInput extends Exception {

  /** What is wrong with the input. */
  public enum Problem {
    /** More characters than the limit; nothing of it was looked at. */
    TOO_LARGE,
    /**
     * Not three canonical base64url parts, or not JSON objects in strict UTF-8 in the first two.
     */
    MALFORMED,
    /** Five parts: an encrypted token (JWE compact serialization, RFC 7516 section 3.1). */
    ENCRYPTED
  }

  private static final long serialVersionUID = 1L;

  private static final MalformedInput TOO_LARGE = new MalformedInput(Problem.TOO_LARGE);
  private static final MalformedInput MALFORMED = new MalformedInput(Problem.MALFORMED);
  private static final MalformedInput ENCRYPTED = new MalformedInput(Problem.ENCRYPTED);

  private final Problem problem;

  private MalformedInput(Problem problem) {
    super(problem.name(), null, false, false);
    this.problem = problem;
  }

  /** The one instance for input above the size limit. */
  public static MalformedInput tooLarge() {
    return TOO_LARGE;
  }

  /** The one instance for input that has not the form. */
  public static MalformedInput malformed() {
    return MALFORMED;
  }

  /** The one instance for an encrypted token. */
  public static MalformedInput encrypted() {
    return ENCRYPTED;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
