package io.github.ownproof.core.telemetry;

/**
 * The name of every metric, with its tags in the order they are passed. A counter unless it says
 * timer. Names and tag keys do not change within a major release; tag values may be added.
 */
public final class MetricNames {

  /**
   * {@value}: S3 requests that left with the owner of their bucket in them; each attempt counts.
   *
   * <p>Tags: {@link Tag#OPERATION}.
   */
  public static final String S3_REQUESTS_OWNED = "s3.requests.owned";

  /**
   * {@value}: S3 requests that were refused before they left, because nobody could say whose bucket
   * they go to, or it is not ours.
   *
   * <p>Tags: {@link Tag#OPERATION}, {@link Tag#REASON} (the exception's code in lower case).
   */
  public static final String S3_REQUESTS_REFUSED = "s3.requests.refused";

  /**
   * {@value}: calls to a bucket that S3 denied although they carried its owner. S3 answers alike to
   * a bucket of another owner and to a missing permission, so a new one is worth a look and many
   * are worth an alarm.
   *
   * <p>Tags: {@link Tag#OPERATION}.
   */
  public static final String S3_OWNER_MISMATCH = "s3.owner.mismatch";

  /**
   * {@value}: a timer; searches for the account and region the program runs in.
   *
   * <p>Tags: {@link Tag#OUTCOME} ({@code found} or {@code unknown}).
   */
  public static final String S3_CONTEXT_DISCOVERY = "s3.context.discovery";

  /**
   * {@value}: authorization decisions of any kind, each counted once.
   *
   * <p>Tags: {@link Tag#OUTCOME} ({@code accepted}, {@code denied}, or {@code failed} where no
   * decision was reached), {@link Tag#REASON} ({@code none} when accepted).
   *
   * <p>The <em>authorization ratio</em> is {@code accepted} over all three, in a window of minutes.
   * It is a property of the business, steady from day to day: a fall of it is the first sign that
   * an issuer, a key or a permission store is in trouble, and a rise that a check is gone.
   */
  public static final String AUTH_DECISIONS = "auth.decisions";

  /**
   * {@value}: a timer; fetches of an issuer's keys.
   *
   * <p>Tags: {@link Tag#OUTCOME} ({@code fetched}, {@code unchanged} or {@code failed}), {@link
   * Tag#REASON} ({@code none}, or why it failed, such as {@code timeout}).
   */
  public static final String AUTH_KEYS_FETCH = "auth.keys.fetch";

  /**
   * {@value}: lookups of a key id that the issuer's keys do not have.
   *
   * <p>Tags: {@link Tag#OUTCOME} ({@code refused} where the issuer was asked for it, {@code
   * limited} where it was asked for another one too short ago). Many mean tokens of another issuer,
   * or a flood.
   */
  public static final String AUTH_KEYS_UNKNOWN = "auth.keys.unknown";

  private MetricNames() {}
}
