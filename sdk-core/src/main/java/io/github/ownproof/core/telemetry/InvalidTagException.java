package io.github.ownproof.core.telemetry;

import io.github.ownproof.core.OwnproofException;

/** A tag that would not be bounded or could not be stored. The code is {@code INVALID_TAG}. */
public final class InvalidTagException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  InvalidTagException(String part, String value, String allowed) {
    super(
        "INVALID_TAG",
        "The tag " + part + " " + quote(value) + " is not one: use " + allowed + ".",
        null);
  }
}
