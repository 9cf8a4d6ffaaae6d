package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What is signed here is what the AWS SDK signs, byte for byte. {@code
 * -Downproof.presign.tries=100000} for more of it.
 */
class PresignedEqualityTest {

  private static final int TRIES = 1_000;
  private static final int LINKS_PER_TRY =
      Math.max(1, Integer.getInteger("ownproof.presign.tries", TRIES) / TRIES);

  private static final List<String> REGIONS =
      List.of(
          "us-east-1",
          "eu-west-1",
          "ap-southeast-2",
          "cn-north-1",
          "us-gov-west-1",
          "eusc-de-east-1");
  private static final List<String> ENDPOINTS =
      List.of(
          "http://127.0.0.1:9000",
          "https://s3.example.com",
          "https://s3.example.com:8443/pre/fix",
          "http://s3.example.com:80/pre%20fix/");
  private static final List<AwsCredentials> CREDENTIALS =
      List.of(
          AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCY"),
          AwsSessionCredentials.create("ASIAIOSFODNN7EXAMPLE", "se/cr+et", "to+k/en=="),
          AwsSessionCredentials.create(
              "ASIAIOSFODNN7EXAMPLE", "se/cr+et", "IQoJb3JpZ2lu+/=".repeat(60)));

  private static final Map<Setting, AwsTwin> TWINS = new ConcurrentHashMap<>();

  record Setting(
      String region, int credentials, OwnerPlacement placement, int endpoint, boolean pathStyle) {

    AwsTwin twin() {
      URI override = endpoint == ENDPOINTS.size() ? null : URI.create(ENDPOINTS.get(endpoint));
      return new AwsTwin(region, CREDENTIALS.get(credentials), placement, override, pathStyle);
    }
  }

  record Link(
      String operation,
      String bucket,
      String key,
      long seconds,
      @Nullable String versionId,
      @Nullable Integer partNumber,
      List<@Nullable String> responses,
      @Nullable Instant expires) {}

  record Upload(
      String key,
      @Nullable String contentType,
      @Nullable Long contentLength,
      @Nullable String sha256,
      boolean onlyIfAbsent) {}

  @Property(tries = TRIES)
  void presign_anyLink_equalsWhatTheAwsSdkSigns(
      @ForAll("settings") Setting setting, @ForAll("links") List<Link> links) {
    AwsTwin twin = TWINS.computeIfAbsent(setting, Setting::twin);
    for (Link link : links) {
      switch (link.operation()) {
        case "GET" -> checkGet(twin, link);
        case "HEAD" -> checkHead(twin, link);
        default -> checkDelete(twin, link);
      }
    }
  }

  private static void checkGet(AwsTwin twin, Link link) {
    Supplier<PresignedRequest> theirs =
        () ->
            twin.aws.presignGetObject(
                p ->
                    p.signatureDuration(Duration.ofSeconds(link.seconds()))
                        .getObjectRequest(
                            r ->
                                fill(r, link)
                                    .bucket(twin.physicalName(link.bucket()))
                                    .expectedBucketOwner(twin.ownerMember())
                                    .overrideConfiguration(twin::ownInQuery)));
    Supplier<PresignedRequest> ours =
        () ->
            twin.ours.presignGetObject(
                p ->
                    p.signatureDuration(Duration.ofSeconds(link.seconds()))
                        .getObjectRequest(r -> fill(r, link).bucket(link.bucket())));

    PresignedRequest signed = checkSame(twin, ours, theirs);
    if (isPlain(link)) {
      PresignedUrl own =
          twin.ours.presignGet(link.bucket(), link.key(), Duration.ofSeconds(link.seconds()));
      if (own.url().contains(AwsTwin.time(signed.httpRequest()))) {
        assertThat(own.url()).isEqualTo(signed.url().toString());
        assertThat(own.expiration()).isEqualTo(signed.expiration().truncatedTo(ChronoUnit.SECONDS));
      }
    }
  }

  private static GetObjectRequest.Builder fill(GetObjectRequest.Builder request, Link link) {
    return request
        .key(link.key())
        .versionId(link.versionId())
        .partNumber(link.partNumber())
        .responseCacheControl(link.responses().get(0))
        .responseContentDisposition(link.responses().get(1))
        .responseContentEncoding(link.responses().get(2))
        .responseContentLanguage(link.responses().get(3))
        .responseContentType(link.responses().get(4))
        .responseExpires(link.expires());
  }

  private static boolean isPlain(Link link) {
    return link.versionId() == null
        && link.partNumber() == null
        && link.expires() == null
        && link.responses().stream().allMatch(value -> value == null);
  }

  private static void checkHead(AwsTwin twin, Link link) {
    Supplier<PresignedRequest> theirs =
        () ->
            twin.aws.presignHeadObject(
                p ->
                    p.signatureDuration(Duration.ofSeconds(link.seconds()))
                        .headObjectRequest(
                            r ->
                                fill(r, link)
                                    .bucket(twin.physicalName(link.bucket()))
                                    .expectedBucketOwner(twin.ownerMember())
                                    .overrideConfiguration(twin::ownInQuery)));
    Supplier<PresignedRequest> ours =
        () ->
            twin.ours.presignHeadObject(
                p ->
                    p.signatureDuration(Duration.ofSeconds(link.seconds()))
                        .headObjectRequest(r -> fill(r, link).bucket(link.bucket())));

    checkSame(twin, ours, theirs);
  }

  private static HeadObjectRequest.Builder fill(HeadObjectRequest.Builder request, Link link) {
    return request
        .key(link.key())
        .versionId(link.versionId())
        .partNumber(link.partNumber())
        .responseContentType(link.responses().get(4))
        .responseExpires(link.expires());
  }

  private static void checkDelete(AwsTwin twin, Link link) {
    Supplier<PresignedRequest> theirs =
        () ->
            twin.aws.presignDeleteObject(
                p ->
                    p.signatureDuration(Duration.ofSeconds(link.seconds()))
                        .deleteObjectRequest(
                            r ->
                                fill(r, link)
                                    .bucket(twin.physicalName(link.bucket()))
                                    .expectedBucketOwner(twin.ownerMember())
                                    .overrideConfiguration(twin::ownInQuery)));
    Supplier<PresignedRequest> ours =
        () ->
            twin.ours.presignDeleteObject(
                p ->
                    p.signatureDuration(Duration.ofSeconds(link.seconds()))
                        .deleteObjectRequest(r -> fill(r, link).bucket(link.bucket())));

    checkSame(twin, ours, theirs);
  }

  private static DeleteObjectRequest.Builder fill(DeleteObjectRequest.Builder request, Link link) {
    return request.key(link.key()).versionId(link.versionId());
  }

  @Property(tries = TRIES / 4)
  void presignPut_anyTerms_equalsWhatTheAwsSdkSigns(
      @ForAll("settings") Setting setting, @ForAll("uploads") List<Upload> uploads) {
    AwsTwin twin = TWINS.computeIfAbsent(setting, Setting::twin);
    Duration duration = Duration.ofMinutes(5);
    for (Upload upload : uploads) {
      Supplier<PresignedRequest> theirs =
          () ->
              twin.aws.presignPutObject(
                  p ->
                      p.signatureDuration(duration)
                          .putObjectRequest(
                              r ->
                                  fill(r, upload)
                                      .bucket(twin.physicalName("my-app-assets"))
                                      .expectedBucketOwner(twin.ownerMember())
                                      .overrideConfiguration(twin::ownInQuery)));
      Supplier<PresignedRequest> ours =
          () ->
              twin.ours.presignPutObject(
                  p ->
                      p.signatureDuration(duration)
                          .putObjectRequest(r -> fill(r, upload).bucket("my-app-assets")));

      checkSame(twin, ours, theirs);
    }
  }

  private static PutObjectRequest.Builder fill(PutObjectRequest.Builder request, Upload upload) {
    return request
        .key(upload.key())
        .contentType(upload.contentType())
        .contentLength(upload.contentLength())
        .checksumSHA256(upload.sha256())
        .ifNoneMatch(upload.onlyIfAbsent() ? "*" : null);
  }

  /** The AWS SDK goes by the system's clock, whose second may end between the two. */
  @CanIgnoreReturnValue
  private static PresignedRequest checkSame(
      AwsTwin twin, Supplier<PresignedRequest> ours, Supplier<PresignedRequest> theirs) {
    PresignedRequest one;
    PresignedRequest two;
    do {
      two = theirs.get();
      twin.clock.set(AwsTwin.signedAt(two.httpRequest()));
      one = ours.get();
    } while (!AwsTwin.time(one.httpRequest()).equals(AwsTwin.time(two.httpRequest())));
    checkSame(one, two);
    return one;
  }

  private static void checkSame(PresignedRequest ours, PresignedRequest theirs) {
    SdkHttpRequest mine = ours.httpRequest();
    SdkHttpRequest other = theirs.httpRequest();
    assertThat(ours.url().toString()).isEqualTo(theirs.url().toString());
    assertThat(ours.signedHeaders()).isEqualTo(theirs.signedHeaders());
    assertThat(ours.isBrowserExecutable()).isEqualTo(theirs.isBrowserExecutable());
    assertThat(ours.signedPayload()).isEqualTo(theirs.signedPayload());
    assertThat(mine.method()).isEqualTo(other.method());
    assertThat(mine.protocol()).isEqualTo(other.protocol());
    assertThat(mine.host()).isEqualTo(other.host());
    assertThat(mine.port()).isEqualTo(other.port());
    assertThat(mine.encodedPath()).isEqualTo(other.encodedPath());
    assertThat(mine.rawQueryParameters()).isEqualTo(other.rawQueryParameters());
    assertThat(mine.headers()).isEqualTo(other.headers());
    assertThat(mine.getUri()).isEqualTo(other.getUri());
  }

  @Provide
  Arbitrary<Setting> settings() {
    return Combinators.combine(
            Arbitraries.of(REGIONS),
            Arbitraries.integers().between(0, CREDENTIALS.size() - 1),
            Arbitraries.of(OwnerPlacement.class),
            Arbitraries.frequency(
                Tuple.of(2, ENDPOINTS.size()),
                Tuple.of(1, 0),
                Tuple.of(1, 1),
                Tuple.of(1, 2),
                Tuple.of(1, 3)),
            Arbitraries.of(true, false))
        .as(Setting::new);
  }

  @Provide
  Arbitrary<List<Link>> links() {
    return Combinators.combine(
            Arbitraries.of("GET", "GET", "GET", "HEAD", "DELETE"),
            Arbitraries.of("my-app-assets", "Photos", "logs"),
            keys(),
            Arbitraries.longs().between(1, Duration.ofDays(7).toSeconds()),
            values().injectNull(0.6),
            Arbitraries.integers().between(1, 10_000).injectNull(0.7),
            values().injectNull(0.8).list().ofSize(5),
            Arbitraries.longs()
                .between(0, 4_000_000_000L)
                .map(Instant::ofEpochSecond)
                .injectNull(0.8))
        .as(Link::new)
        .list()
        .ofSize(LINKS_PER_TRY);
  }

  @Provide
  Arbitrary<List<Upload>> uploads() {
    return Combinators.combine(
            keys(),
            Arbitraries.of("text/plain", "text/plain; charset=utf-8", "a  b", " x", "ü/ü")
                .injectNull(0.3),
            Arbitraries.longs().between(0, 5L << 30).injectNull(0.3),
            Arbitraries.of("n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=").injectNull(0.5),
            Arbitraries.of(true, false))
        .as(Upload::new)
        .list()
        .ofSize(LINKS_PER_TRY);
  }

  /** Keys of all kinds; those that would climb out of a bucket in a path are tested elsewhere. */
  private static Arbitrary<String> keys() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            " ",
            "+",
            "%",
            "%2F",
            "/",
            "//",
            ".",
            "~",
            "*",
            "a",
            "Z9",
            "-_",
            "é",
            "漢",
            "😀",
            "'()!",
            "&=?#@:;,$",
            "\n",
            "\u0000",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\uffff",
            "|\\^`{}<>");
    return Arbitraries.oneOf(
            pieces.list().ofMinSize(1).ofMaxSize(12).map(list -> String.join("", list)),
            text().ofMinLength(1).ofMaxLength(40),
            Arbitraries.strings().alpha().numeric().ofLength(1_024),
            Arbitraries.of(".", "a/./b", "/a//b/", "a/../b", "x/..", "漢".repeat(340)))
        .filter(key -> !climbs(key));
  }

  /** Whether a server that resolves dots in paths would leave the bucket; such are refused. */
  private static boolean climbs(String key) {
    int depth = 0;
    for (String segment : key.split("/", -1)) {
      if (!segment.isEmpty() && !segment.equals(".")) {
        depth += segment.equals("..") ? -1 : 1;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  private static Arbitrary<String> values() {
    return Arbitraries.oneOf(
        text().ofMinLength(1).ofMaxLength(20),
        Arbitraries.of("attachment; filename=\"a b.txt\"", "v+1/=", "no-cache", "a&b=c"));
  }

  /** All of Unicode that is text. */
  private static StringArbitrary text() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\ud7ff')
        .withCharRange('\ue000', '\uffff');
  }

  @AfterContainer
  static void close() {
    TWINS.values().forEach(AwsTwin::close);
    TWINS.clear();
  }
}
