package io.github.ownproof.s3;

import io.github.ownproof.s3.internal.signing.NameValue;
import io.github.ownproof.s3.internal.signing.SigningScope;
import io.github.ownproof.s3.internal.signing.SigningScopes;
import io.github.ownproof.s3.internal.signing.UrlSigner;
import io.github.ownproof.s3.internal.signing.UrlTarget;
import io.github.ownproof.s3.internal.signing.UrlTerms;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/**
 * How the URLs of one bucket begin. Asked of the AWS SDK once per bucket, so that its endpoint
 * rules hold without being written down again; and they are signed here only if what is signed here
 * equals what the AWS SDK signs, for the URL that was asked for. Immutable and thread-safe.
 */
final class BucketUrls {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final Duration VALID = Duration.ofSeconds(1);
  static final String KEY = "k";

  /** They open nothing: what they sign is compared, and goes nowhere. */
  static final AwsCredentialsIdentity NOBODY =
      AwsSessionCredentials.create("AKIANOBODY", "nothing", "to+be/signed=");

  private final PrivateBucket bucket;
  private final @Nullable UrlTarget target;
  private final List<NameValue> owner;

  private BucketUrls(PrivateBucket bucket, @Nullable UrlTarget target) {
    this.bucket = bucket;
    this.target = target;
    this.owner = List.of(new NameValue(OwnerHeaders.OWNER, bucket.owner().value()));
  }

  /**
   * @throws UnguardedRequestException if they would not lead to the bucket
   */
  static BucketUrls of(
      PrivateBucket bucket, AwsPresigners presigners, UrlGate gate, OwnerPlacement placement) {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(bucket.physicalName())
            .key(KEY)
            .expectedBucketOwner(bucket.owner().value())
            .build();
    PresignedGetObjectRequest sample =
        gate.check(
            "GetObject",
            bucket,
            presigners
                .of(bucket)
                .presignGetObject(
                    GetObjectPresignRequest.builder()
                        .getObjectRequest(presigners.prepare(request, bucket, NOBODY))
                        .signatureDuration(VALID)
                        .build()));
    return of(bucket, sample, placement);
  }

  /** What follows from a URL of the AWS SDK's, of {@link #KEY} and signed by {@link #NOBODY}. */
  static BucketUrls of(
      PrivateBucket bucket, PresignedGetObjectRequest sample, OwnerPlacement placement) {
    UrlTarget target = target(sample);
    BucketUrls urls = new BucketUrls(bucket, target);
    return target != null && urls.sign(target, sample, placement).equals(sample.url().toString())
        ? urls
        : new BucketUrls(bucket, null);
  }

  private static @Nullable UrlTarget target(PresignedGetObjectRequest sample) {
    String url = sample.url().toString();
    int end = url.indexOf('?') - KEY.length();
    String path = sample.httpRequest().encodedPath();
    List<String> host = sample.signedHeaders().get("host");
    if (end < 0 || !path.endsWith('/' + KEY) || host == null || host.size() != 1) {
      return null;
    }
    return new UrlTarget(
        host.get(0), url.substring(0, end), path.substring(0, path.length() - KEY.length()));
  }

  private String sign(UrlTarget found, PresignedGetObjectRequest sample, OwnerPlacement placement) {
    String time = sample.httpRequest().firstMatchingRawQueryParameter("X-Amz-Date").orElse("");
    long start = LocalDateTime.parse(time, TIME).toEpochSecond(ZoneOffset.UTC);
    SigningScope scope = new SigningScopes().of(NOBODY, bucket.region(), start);
    UrlSigner signer = scope.borrow();
    boolean query = placement == OwnerPlacement.QUERY;
    signer.begin(
        found,
        new UrlTerms(
            "GET", query ? owner : List.of(), query ? List.of() : owner, start, VALID.toSeconds()));
    return signer.sign(KEY);
  }

  boolean isFor(PrivateBucket other) {
    return bucket.equals(other);
  }

  /** The owner as parameter or header. */
  List<NameValue> owner() {
    return owner;
  }

  /** Where URLs lead that are signed here; null if the AWS SDK has to sign them. */
  @Nullable UrlTarget target() {
    return target;
  }
}
