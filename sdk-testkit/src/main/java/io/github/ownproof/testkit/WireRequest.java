package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request as the server of an {@link S3World} received it, and how it was answered. Immutable.
 *
 * <p>It holds no secret: {@code Authorization}, session tokens, customer keys and signatures are
 * left out, of headers and query alike; what was signed is told by {@link #signedHeaders()}.
 *
 * @param time when it arrived, by the world's clock
 * @param operation the S3 operation, e.g. {@code PutObject}, {@code GetBucketLocation}; {@code
 *     Unknown} where there is none
 * @param method the HTTP method, upper case
 * @param path the path as it was sent, percent-encoding kept, without the query
 * @param query the parameters, decoded, in the order sent; a parameter without a value has an empty
 *     one
 * @param headers every value of every header; names in lower case
 * @param signedHeaders the names of the headers the signature covers, as the client listed them;
 *     empty for an unsigned request
 * @param bucket the bucket in the path, if there is one
 * @param key the object key in the path, decoded, if there is one
 * @param account the account whose signature was verified; null if the request was unsigned, its
 *     signature was wrong, or it was answered before it was verified
 * @param signingRegion the region it was signed for, if it was signed
 * @param status the HTTP status of the answer, 0 while there is none
 * @param errorCode the S3 error code of the answer; set for HEAD too, where the client cannot see
 *     it; null if it was no error
 */
public record WireRequest(
    Instant time,
    String operation,
    String method,
    String path,
    Map<String, String> query,
    Map<String, List<String>> headers,
    List<String> signedHeaders,
    @Nullable String bucket,
    @Nullable String key,
    @Nullable AccountId account,
    @Nullable String signingRegion,
    int status,
    @Nullable String errorCode) {

  /** Copies the collections. */
  public WireRequest {
    query = Ordered.copyOf(query);
    headers = Ordered.copyOf(headers);
    signedHeaders = List.copyOf(signedHeaders);
  }

  /**
   * The value of a header, if it was sent; several values are joined with a comma.
   *
   * @param name in any case
   */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : Optional.of(String.join(",", values));
  }

  /**
   * The account the client said the bucket must belong to, in the header {@code
   * x-amz-expected-bucket-owner} or the query parameter of that name.
   */
  public Optional<String> expectedBucketOwner() {
    return header(Owners.EXPECTED).or(() -> Optional.ofNullable(query.get(Owners.EXPECTED)));
  }

  /** The account the client said the source of a copy must belong to. */
  public Optional<String> expectedSourceBucketOwner() {
    return header(Owners.EXPECTED_SOURCE)
        .or(() -> Optional.ofNullable(query.get(Owners.EXPECTED_SOURCE)));
  }

  /** For messages of failing tests: operation, method, path, account and answer on one line. */
  @Override
  public String toString() {
    return operation
        + " "
        + method
        + " "
        + path
        + " owner="
        + expectedBucketOwner().orElse("-")
        + " by="
        + (account == null ? "-" : account)
        + " -> "
        + status
        + (errorCode == null ? "" : " " + errorCode);
  }
}
