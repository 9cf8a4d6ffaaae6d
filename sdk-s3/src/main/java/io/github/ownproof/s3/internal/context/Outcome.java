package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.ExecutionContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What asking for the context came to. */
public sealed interface Outcome {

  /**
   * It is known.
   *
   * @param context the answer
   * @param signer whom it was found for; null if it does not depend on who signs
   * @param provisional whether it is the word of the host alone, because STS did not answer
   */
  record Found(ExecutionContext context, @Nullable Signer signer, boolean provisional)
      implements Outcome {}

  /**
   * It is not known.
   *
   * @param kind why
   * @param findings what was tried and why each did not answer, in order; may be empty if the wait
   *     ended first
   */
  record Unknown(Kind kind, List<String> findings) implements Outcome {}

  /** Why it is not known. */
  enum Kind {
    /** The credentials could not be had, so nobody signs. */
    NO_CREDENTIALS,
    /** Nobody knows the region. */
    NO_REGION,
    /** Nobody knows the account. */
    NO_ACCOUNT,
    /** The time was up. */
    TIMED_OUT,
    /** The waiting thread was interrupted. */
    INTERRUPTED
  }
}
