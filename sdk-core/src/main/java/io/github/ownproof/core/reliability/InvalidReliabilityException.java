package io.github.ownproof.core.reliability;

import io.github.ownproof.core.OwnproofException;

/** A figure that is no reliability. The code is {@code INVALID_RELIABILITY}. */
public final class InvalidReliabilityException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  InvalidReliabilityException(String what, double value, String range) {
    super(
        "INVALID_RELIABILITY",
        "The " + what + " is " + value + "; it must be " + range + ". Write 99.999 % as 0.99999.",
        null);
  }
}
