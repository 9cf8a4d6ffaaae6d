package io.github.ownproof.s3;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.AbortMultipartUploadPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.CompleteMultipartUploadPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.CreateMultipartUploadPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.DeleteObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.HeadBucketPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.HeadObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedAbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedCompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedCreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedDeleteObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedHeadBucketRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedHeadObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedUploadPartRequest;
import software.amazon.awssdk.services.s3.presigner.model.PutObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.UploadPartPresignRequest;

/**
 * An {@link S3Presigner} for private buckets: fits wherever the AWS SDK's does, takes private names
 * as buckets, and signs the owner of the bucket into each URL. Should the bucket ever belong to
 * another account, S3 refuses the URL.
 *
 * <pre>{@code
 * try (S3PrivatePresigner links = S3PrivatePresigner.create()) {
 *   PresignedUrl download = links.presignGet("my-app-assets", "hello.txt", Duration.ofMinutes(5));
 *   PresignedUrl upload =
 *       links.presignPut(
 *           "my-app-assets",
 *           "cat.png",
 *           Duration.ofMinutes(5),
 *           UploadTerms.anything().contentType("image/png").contentLength(48_213));
 * }
 * }</pre>
 *
 * <p>Guarantees, for each URL:
 *
 * <ul>
 *   <li>it leads to the bucket that {@link PrivateBuckets} resolves, in its region
 *   <li>it carries that bucket's owner, once and signed, in the one place that {@link
 *       OwnerPlacement} names
 *   <li>it is what the AWS SDK's presigner makes for that bucket, owner and second, byte for byte
 *   <li>it is valid for whole seconds: never longer than asked for (a fraction is dropped), nor
 *       longer than the credentials that sign it, where these say when they end
 * </ul>
 *
 * <p>Making a URL asks nobody, but for credentials, account and region where these have to be found
 * first. Who uses it needs no credentials: it is as secret as what it opens.
 *
 * <p>What it throws: {@link BucketNameException}, {@link ForeignBucketException} and {@link
 * UnguardedRequestException} as the private clients do, {@link PresigningException} for what cannot
 * be signed, {@link SigningCredentialsException} where there is nothing to sign with. A plugin, an
 * endpoint provider or a signer in a request's override configuration is refused; credentials in it
 * are used, and do not change the owner.
 *
 * <p>Thread-safe, and quick enough to be called per link. Building one does no I/O. {@link
 * #close()} closes what the builder made, and nothing that was passed in.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">
 *     Authenticating requests: using query parameters</a>
 */
public final class S3PrivatePresigner implements S3Presigner {

  private static final UrlExtras GET = UrlExtras.none("GET");
  private static final UrlExtras HEAD = UrlExtras.none("HEAD");
  private static final UrlExtras DELETE = UrlExtras.none("DELETE");

  private final Presigning presigning;
  private final Lifetime lifetime;

  private S3PrivatePresigner(Presigning presigning, Lifetime lifetime) {
    this.presigning = presigning;
    this.lifetime = lifetime;
  }

  /** A presigner for the account and region this program runs in; both are found on first use. */
  public static S3PrivatePresigner create() {
    return builder().build();
  }

  /** A builder; without any option it builds what {@link #create()} does. */
  public static Builder builder() {
    return new Builder();
  }

  /** The buckets this presigner resolves names with. */
  public PrivateBuckets buckets() {
    return presigning.buckets();
  }

  /**
   * A URL to download an object.
   *
   * @param bucket as written in calls
   * @param duration how long it is valid, from 1 second to 7 days; a fraction of a second is
   *     dropped
   */
  public PresignedUrl presignGet(String bucket, String key, Duration duration) {
    return open().presign(bucket, key, duration, GET);
  }

  /**
   * URLs to download many objects of a bucket, for a page of links: in the order of the keys, all
   * with the same beginning and end. Cheaper than one by one, because all but the signatures is
   * made once.
   *
   * @param bucket as written in calls
   * @param duration how long they are valid, from 1 second to 7 days; a fraction of a second is
   *     dropped
   */
  public List<PresignedUrl> presignGets(String bucket, Iterable<String> keys, Duration duration) {
    return open().presign(bucket, keys, duration, GET);
  }

  /**
   * A URL to read what S3 knows of an object, without its content.
   *
   * @param bucket as written in calls
   * @param duration how long it is valid, from 1 second to 7 days; a fraction of a second is
   *     dropped
   */
  public PresignedUrl presignHead(String bucket, String key, Duration duration) {
    return open().presign(bucket, key, duration, HEAD);
  }

  /**
   * A URL to delete an object.
   *
   * @param bucket as written in calls
   * @param duration how long it is valid, from 1 second to 7 days; a fraction of a second is
   *     dropped
   */
  public PresignedUrl presignDelete(String bucket, String key, Duration duration) {
    return open().presign(bucket, key, duration, DELETE);
  }

  /**
   * A URL to upload an object, and nothing but what {@code terms} say. {@link
   * PresignedUrl#headers()} has what the upload has to send.
   *
   * @param bucket as written in calls
   * @param duration how long it is valid, from 1 second to 7 days; a fraction of a second is
   *     dropped
   */
  public PresignedUrl presignPut(String bucket, String key, Duration duration, UploadTerms terms) {
    return open().presign(bucket, key, duration, UrlExtras.of(terms));
  }

  @Override
  public PresignedGetObjectRequest presignGetObject(GetObjectPresignRequest request) {
    var draft = open().draft(request.getObjectRequest(), request.signatureDuration());
    return draft.signed() != null
        ? draft.signed().into(PresignedGetObjectRequest.builder()).build()
        : draft.check(
            draft
                .aws()
                .presignGetObject(
                    r -> r.getObjectRequest(draft.request()).signatureDuration(draft.duration())));
  }

  @Override
  public PresignedHeadObjectRequest presignHeadObject(HeadObjectPresignRequest request) {
    var draft = open().draft(request.headObjectRequest(), request.signatureDuration());
    return draft.signed() != null
        ? draft.signed().into(PresignedHeadObjectRequest.builder()).build()
        : draft.check(
            draft
                .aws()
                .presignHeadObject(
                    r -> r.headObjectRequest(draft.request()).signatureDuration(draft.duration())));
  }

  @Override
  public PresignedPutObjectRequest presignPutObject(PutObjectPresignRequest request) {
    var draft = open().draft(request.putObjectRequest(), request.signatureDuration());
    return draft.signed() != null
        ? draft.signed().into(PresignedPutObjectRequest.builder()).build()
        : draft.check(
            draft
                .aws()
                .presignPutObject(
                    r -> r.putObjectRequest(draft.request()).signatureDuration(draft.duration())));
  }

  @Override
  public PresignedDeleteObjectRequest presignDeleteObject(DeleteObjectPresignRequest request) {
    var draft = open().draft(request.deleteObjectRequest(), request.signatureDuration());
    return draft.signed() != null
        ? draft.signed().into(PresignedDeleteObjectRequest.builder()).build()
        : draft.check(
            draft
                .aws()
                .presignDeleteObject(
                    r ->
                        r.deleteObjectRequest(draft.request())
                            .signatureDuration(draft.duration())));
  }

  @Override
  public PresignedHeadBucketRequest presignHeadBucket(HeadBucketPresignRequest request) {
    var draft = open().draft(request.headBucketRequest(), request.signatureDuration());
    return draft.check(
        draft
            .aws()
            .presignHeadBucket(
                r -> r.headBucketRequest(draft.request()).signatureDuration(draft.duration())));
  }

  @Override
  public PresignedCreateMultipartUploadRequest presignCreateMultipartUpload(
      CreateMultipartUploadPresignRequest request) {
    var draft = open().draft(request.createMultipartUploadRequest(), request.signatureDuration());
    return draft.check(
        draft
            .aws()
            .presignCreateMultipartUpload(
                r ->
                    r.createMultipartUploadRequest(draft.request())
                        .signatureDuration(draft.duration())));
  }

  @Override
  public PresignedUploadPartRequest presignUploadPart(UploadPartPresignRequest request) {
    var draft = open().draft(request.uploadPartRequest(), request.signatureDuration());
    return draft.check(
        draft
            .aws()
            .presignUploadPart(
                r -> r.uploadPartRequest(draft.request()).signatureDuration(draft.duration())));
  }

  @Override
  public PresignedCompleteMultipartUploadRequest presignCompleteMultipartUpload(
      CompleteMultipartUploadPresignRequest request) {
    var draft = open().draft(request.completeMultipartUploadRequest(), request.signatureDuration());
    return draft.check(
        draft
            .aws()
            .presignCompleteMultipartUpload(
                r ->
                    r.completeMultipartUploadRequest(draft.request())
                        .signatureDuration(draft.duration())));
  }

  @Override
  public PresignedAbortMultipartUploadRequest presignAbortMultipartUpload(
      AbortMultipartUploadPresignRequest request) {
    var draft = open().draft(request.abortMultipartUploadRequest(), request.signatureDuration());
    return draft.check(
        draft
            .aws()
            .presignAbortMultipartUpload(
                r ->
                    r.abortMultipartUploadRequest(draft.request())
                        .signatureDuration(draft.duration())));
  }

  private Presigning open() {
    lifetime.checkOpen();
    return presigning;
  }

  /** How often the AWS SDK's presigner was asked. */
  long askedOfAws() {
    return presigning.presigners().used();
  }

  /** What it is and whose buckets it signs for; nothing of the credentials. */
  @Override
  public String toString() {
    return "S3PrivatePresigner[" + presigning.buckets() + "]";
  }

  /** Closes what the builder made; a provider that was passed in stays open. */
  @Override
  public void close() {
    lifetime.close();
  }

  /** Builds an {@link S3PrivatePresigner}. Not thread-safe. */
  public static final class Builder {

    private final ClientSettings settings = new ClientSettings();
    private OwnerPlacement placement = OwnerPlacement.QUERY;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * The buckets to resolve names with. Omitted, or built without a context: those of the account
     * and region this program runs in, discovered on first use with this presigner's credentials.
     */
    public Builder buckets(PrivateBuckets buckets) {
      settings.buckets = Objects.requireNonNull(buckets, "buckets");
      return this;
    }

    /** Who signs, and who we are where that is discovered. Omitted: the AWS SDK's default chain. */
    public Builder credentialsProvider(AwsCredentialsProvider credentials) {
      settings.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /** Another endpoint than S3's own, such as a VPC endpoint or a server for tests. */
    public Builder endpointOverride(URI endpoint) {
      settings.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /** Puts the bucket into the path instead of the host name, as many other S3 servers need it. */
    public Builder pathStyle() {
      settings.pathStyle = true;
      return this;
    }

    /** Where the owner goes; {@link OwnerPlacement#QUERY} if omitted. */
    public Builder ownerPlacement(OwnerPlacement placement) {
      this.placement = Objects.requireNonNull(placement, "placement");
      return this;
    }

    /** What time it is; the AWS SDK's own presigner keeps to the system's. */
    Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Builds the presigner, without I/O. */
    public S3PrivatePresigner build() {
      ClientSettings.Resolved resolved = settings.resolve();
      return new S3PrivatePresigner(
          new Presigning(resolved, placement, clock), resolved.lifetime());
    }
  }
}
