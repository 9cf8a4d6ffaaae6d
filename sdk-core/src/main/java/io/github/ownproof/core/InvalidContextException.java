package io.github.ownproof.core;

/**
 * An account id, region or partition that cannot be right. The codes are {@code
 * INVALID_ACCOUNT_ID}, {@code INVALID_REGION} and {@code INVALID_PARTITION}.
 */
public final class InvalidContextException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private InvalidContextException(String code, String message) {
    super(code, message, null);
  }

  static InvalidContextException account(String value) {
    return new InvalidContextException(
        "INVALID_ACCOUNT_ID",
        "An AWS account id is exactly 12 digits, leading zeros kept; this one is "
            + (value.isEmpty() ? "empty" : quote(value) + " (" + value.length() + " characters)")
            + ". Write it as a string, as 'aws sts get-caller-identity' prints it.");
  }

  static InvalidContextException region(String value) {
    return new InvalidContextException(
        "INVALID_REGION",
        quote(value)
            + " is not the code of one AWS region. Use a code such as eu-west-1; pseudo regions"
            + " such as aws-global name no place a bucket can be in.");
  }

  static InvalidContextException partition(String partition, String region, String expected) {
    return new InvalidContextException(
        "INVALID_PARTITION",
        "Region "
            + quote(region)
            + " is in partition "
            + expected
            + ", not in "
            + quote(partition)
            + ". Account ids and buckets are per partition: use that partition, or a region of the"
            + " one you meant.");
  }
}
