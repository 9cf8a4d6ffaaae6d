package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.testkit.MutableClock;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3PrivatePresignerTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.700Z");
  private static final Duration VALID = Duration.ofMinutes(5);
  private static final AwsCredentials KEYS = AwsBasicCredentials.create("AKIAEXAMPLE", "secret");
  private static final PrivateBuckets BUCKETS =
      PrivateBuckets.builder()
          .context(ExecutionContext.of("111122223333", "eu-west-1"))
          .trust("theirs", "partner-inbox", AccountId.of("444455556666"), "us-east-1")
          .trust(
              "point",
              "arn:aws:s3:eu-west-1:111122223333:accesspoint/reports",
              AccountId.of("111122223333"),
              "eu-west-1")
          .build();

  private final MutableClock clock = MutableClock.at(NOW);
  private final AtomicReference<AwsCredentials> keys = new AtomicReference<>(KEYS);
  private final S3PrivatePresigner links = presigner(keys::get).build();

  private S3PrivatePresigner.Builder presigner(AwsCredentialsProvider credentials) {
    return S3PrivatePresigner.builder()
        .buckets(BUCKETS)
        .credentialsProvider(credentials)
        .clock(clock);
  }

  private PresignedUrl get(Duration duration) {
    return links.presignGet("my-app-assets", "k", duration);
  }

  private String get(Consumer<GetObjectRequest.Builder> request) {
    return links
        .presignGetObject(
            p ->
                p.signatureDuration(VALID)
                    .getObjectRequest(r -> request.accept(r.bucket("my-app-assets").key("k"))))
        .url()
        .toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.999S", "-PT1S", "PT168H0.000000001S", "P8D"})
  void presignGet_durationOutOfBounds_saysValueAndBounds(Duration duration) {
    assertThatThrownBy(() -> get(duration))
        .isInstanceOf(PresigningException.class)
        .hasMessageContainingAll(duration.toString(), "1 second", "7 days");
    assertThatThrownBy(
            () ->
                links.presignHeadBucket(
                    p ->
                        p.signatureDuration(duration)
                            .headBucketRequest(r -> r.bucket("my-app-assets"))))
        .isInstanceOf(PresigningException.class);
  }

  @Test
  void presignGet_bucketsOfTwoRegions_eachSignedForItsOwn() {
    PresignedUrl here = get(VALID);
    PresignedUrl there = links.presignGet("theirs", "k", VALID);

    assertThat(here.url()).contains("%2Feu-west-1%2Fs3%2Faws4_request");
    assertThat(there.url()).contains("%2Fus-east-1%2Fs3%2Faws4_request");
    try (S3PrivatePresigner fresh = presigner(keys::get).build()) {
      assertThat(fresh.presignGet("theirs", "k", VALID)).isEqualTo(there);
    }
    assertThat(get(VALID)).isEqualTo(here);
  }

  @Test
  void presignGet_durationAtItsBounds_isTaken() {
    assertThat(get(Duration.ofSeconds(1)).expiration()).isEqualTo("2026-11-22T10:15:31Z");
    assertThat(get(Duration.ofDays(7)).expiration()).isEqualTo("2026-11-29T10:15:30Z");
  }

  @Test
  void presignGet_fraction_isDropped() {
    PresignedUrl url = get(Duration.ofMillis(1_999));

    assertThat(url.url()).contains("X-Amz-Expires=1&");
    assertThat(url.expiration()).isBefore(NOW.plusMillis(1_999));
  }

  @Test
  void presignGet_credentialsThatEndSooner_endWithThem() {
    keys.set(session(NOW.plusMillis(60_500)));

    assertThat(get(VALID).expiration()).isEqualTo("2026-11-22T10:16:31Z");
    assertThat(get(VALID).url()).contains("X-Amz-Expires=61&");
    assertThat(get(Duration.ofSeconds(30)).expiration()).isEqualTo("2026-11-22T10:16:00Z");
    assertThat(get(r -> r.range("bytes=0-1"))).contains("X-Amz-Expires=61&");
  }

  @Test
  void presignGet_credentialsThatEnded_refused() {
    for (Instant end : List.of(NOW, NOW.minusSeconds(1), NOW.plusMillis(100))) {
      keys.set(session(end));

      assertThatThrownBy(() -> get(VALID))
          .isInstanceOf(SigningCredentialsException.class)
          .hasMessageStartingWith("S3_CREDENTIALS_EXPIRED")
          .hasMessageContaining(end.toString());
    }
  }

  private static AwsCredentials session(Instant end) {
    return AwsSessionCredentials.builder()
        .accessKeyId("ASIAEXAMPLE")
        .secretAccessKey("secret")
        .sessionToken("token")
        .expirationTime(end)
        .build();
  }

  @Test
  void presignGet_rotatedCredentials_signsWithTheNewOnes() {
    List<String> urls = new ArrayList<>();
    for (AwsCredentials other :
        List.of(
            KEYS,
            AwsBasicCredentials.create("AKIAEXAMPLE", "other"),
            AwsBasicCredentials.create("AKIAOTHER", "secret"),
            AwsSessionCredentials.create("AKIAEXAMPLE", "secret", "one"),
            AwsSessionCredentials.create("AKIAEXAMPLE", "secret", "two"),
            KEYS)) {
      keys.set(other);
      urls.add(get(VALID).url());
    }

    assertThat(urls.subList(0, 5)).doesNotHaveDuplicates();
    assertThat(urls.get(5)).isEqualTo(urls.get(0));
  }

  @Test
  void presignGet_overMidnight_signsForTheNewDay() {
    clock.set(Instant.parse("2026-11-22T23:59:59Z"));
    assertThat(get(VALID).url()).contains("X-Amz-Date=20261122T235959Z", "%2F20261122%2F");
    clock.set(Instant.parse("2026-11-23T00:00:00Z"));
    assertThat(get(VALID).url()).contains("X-Amz-Date=20261123T000000Z", "%2F20261123%2F");
  }

  @Test
  void presignGet_anonymous_refused() {
    try (S3PrivatePresigner nobody = presigner(AnonymousCredentialsProvider.create()).build()) {
      assertThatThrownBy(() -> nobody.presignGet("my-app-assets", "k", VALID))
          .isInstanceOf(SigningCredentialsException.class)
          .hasMessageStartingWith("S3_CREDENTIALS_ANONYMOUS");
    }
    assertThatThrownBy(
            () ->
                get(
                    r ->
                        r.overrideConfiguration(
                            o -> o.credentialsProvider(AnonymousCredentialsProvider.create()))))
        .isInstanceOf(SigningCredentialsException.class);
  }

  @Test
  void presignGet_noCredentials_refused() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("Unable to load credentials");
        };
    try (S3PrivatePresigner nobody = presigner(none).build()) {
      assertThatThrownBy(() -> nobody.presignGet("my-app-assets", "k", VALID))
          .isInstanceOf(SigningCredentialsException.class)
          .hasMessageStartingWith("S3_CREDENTIALS_ABSENT")
          .hasRootCauseMessage("Unable to load credentials");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ud83d", "a\udc00b", "\udc00\ud83d", "x\ud83dy"})
  void presign_keyThatNamesNoObject_refused(String key) {
    assertThatThrownBy(() -> links.presignGet("my-app-assets", key, VALID))
        .isInstanceOf(PresigningException.class)
        .hasMessageStartingWith("S3_PRESIGN_KEY");
    assertThatThrownBy(() -> get(r -> r.key(key))).isInstanceOf(PresigningException.class);
    assertThatThrownBy(
            () ->
                links.presignUploadPart(
                    p ->
                        p.signatureDuration(VALID)
                            .uploadPartRequest(
                                r -> r.bucket("my-app-assets").key(key).uploadId("u"))))
        .isInstanceOf(PresigningException.class);
  }

  /** Where the AWS SDK signs, which would put a question mark for half a character. */
  @ParameterizedTest
  @ValueSource(strings = {"/\ud83d", "a/../\udc00", "..x\ud83dy"})
  void presign_keyThatNamesNoObjectSignedByTheAwsSdk_refused(String key) {
    try (S3PrivatePresigner inPath = presigner(keys::get).pathStyle().build()) {
      assertThatThrownBy(() -> inPath.presignGet("my-app-assets", key, VALID))
          .isInstanceOf(PresigningException.class)
          .hasMessageStartingWith("S3_PRESIGN_KEY");
    }
    assertThatThrownBy(() -> links.presignGet("point", key, VALID))
        .isInstanceOf(PresigningException.class)
        .hasMessageStartingWith("S3_PRESIGN_KEY");
  }

  @Test
  void presign_pathStyleKeyThatClimbsOut_refused() {
    try (S3PrivatePresigner inPath = presigner(keys::get).pathStyle().build()) {
      assertThatThrownBy(() -> inPath.presignGet("my-app-assets", "../other/k", VALID))
          .isInstanceOf(UnguardedRequestException.class);
      assertThat(inPath.presignGet("my-app-assets", "a/../k", VALID).url()).contains("/a/../k?");
    }
  }

  @Test
  void presign_foreignBucket_refused() {
    assertThatThrownBy(() -> links.presignGet("a-999988887777-eu-west-1-an", "k", VALID))
        .isInstanceOf(ForeignBucketException.class);
    assertThatThrownBy(() -> get(r -> r.bucket("arn:aws:s3:eu-west-1:999988887777:a")))
        .isInstanceOf(ForeignBucketException.class);
    assertThatThrownBy(() -> get(r -> r.bucket(null))).isInstanceOf(BucketNameException.class);
  }

  @Test
  void presign_trustedBucket_carriesItsOwnerAndRegion() {
    PresignedUrl url = links.presignGet("theirs", "k", VALID);

    assertThat(url.url())
        .startsWith("https://partner-inbox.s3.amazonaws.com/k?")
        .contains("x-amz-expected-bucket-owner=444455556666&", "%2Fus-east-1%2Fs3%2F");
  }

  @Test
  void presign_ownerOfTheCallers_collapsesOrIsRefused() {
    String plain = get(r -> {});

    assertThat(get(r -> r.expectedBucketOwner("111122223333"))).isEqualTo(plain);
    assertThatThrownBy(() -> get(r -> r.expectedBucketOwner("999988887777")))
        .hasMessageStartingWith("S3_OWNER_CONFLICT");
    for (String name : List.of(OwnerHeaders.OWNER, "X-Amz-Expected-Bucket-Owner")) {
      for (boolean header : new boolean[] {true, false}) {
        String equal = get(r -> raw(r, header, name, "111122223333"));
        assertThat(equal.split(OwnerHeaders.OWNER, -1)).hasSize(2);
        assertThat(equal).contains("X-Amz-SignedHeaders=host&");
        assertThatThrownBy(() -> get(r -> raw(r, header, name, "999988887777")))
            .hasMessageStartingWith("S3_OWNER_CONFLICT");
      }
    }
  }

  private static void raw(
      GetObjectRequest.Builder request, boolean header, String name, String value) {
    request.overrideConfiguration(
        o -> {
          if (header) {
            o.putHeader(name, value);
          } else {
            o.putRawQueryParameter(name, value);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Amz-Expires",
        "x-amz-expires",
        "X-Amz-Date",
        "X-Amz-Credential",
        "X-Amz-Security-Token",
        "X-Amz-SignedHeaders",
        "X-Amz-Algorithm",
        "X-Amz-Signature",
        "x-amz-copy-source",
        "X-Amz-Copy-Source-Range"
      })
  void presign_parameterOfTheSignatureByHand_refused(String parameter) {
    assertThatThrownBy(
            () -> get(r -> r.overrideConfiguration(o -> o.putRawQueryParameter(parameter, "9"))))
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining(parameter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nx-amz-acl: public-read", "a\nb", "a\u0000"})
  void presign_headerWithALineBreak_refused(String value) {
    assertThatThrownBy(() -> put(r -> r.contentType(value)))
        .isInstanceOf(PresigningException.class)
        .hasMessageContaining("control character");
    assertThatThrownBy(() -> put(r -> r.metadata(Map.of("m", value))))
        .isInstanceOf(PresigningException.class);
    assertThatThrownBy(() -> put(r -> r.metadata(Map.of(value, "v"))))
        .isInstanceOf(PresigningException.class);
  }

  private String put(Consumer<PutObjectRequest.Builder> request) {
    return links
        .presignPutObject(
            p ->
                p.signatureDuration(VALID)
                    .putObjectRequest(r -> request.accept(r.bucket("my-app-assets").key("k"))))
        .url()
        .toString();
  }

  @Test
  void presign_overrideThatLeadsPastTheGuard_refused() {
    assertThatThrownBy(() -> get(r -> r.overrideConfiguration(o -> o.addPlugin(config -> {}))))
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("plugin");
    assertThatThrownBy(
            () ->
                get(
                    r ->
                        r.overrideConfiguration(
                            o -> o.endpointProvider(S3EndpointProvider.defaultProvider()))))
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("endpoint provider");
    assertThatThrownBy(
            () ->
                links.presignPutObject(
                    p ->
                        p.signatureDuration(VALID)
                            .putObjectRequest(
                                r ->
                                    r.bucket("my-app-assets")
                                        .key("k")
                                        .overrideConfiguration(
                                            o -> o.putHeader("x-amz-copy-source", "b/k")))))
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("copy");
  }

  @Test
  void presign_credentialsOfTheRequest_signAndKeepTheOwner() {
    String url =
        get(
            r ->
                r.overrideConfiguration(
                    o ->
                        o.credentialsProvider(
                            StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("AKIAOTHER", "secret")))));

    assertThat(url).contains("AKIAOTHER", "x-amz-expected-bucket-owner=111122223333");
  }

  @Test
  void presign_whoSigns_isTheAwsSdkOnlyOutsideOurDomain() {
    var unused = get(r -> {});
    long asked = links.askedOfAws();

    unused = get(r -> r.versionId("v").partNumber(1).responseContentType("a/b"));
    unused = get(VALID).url();
    assertThat(links.presignGets("my-app-assets", List.of("a", "b"), VALID)).hasSize(2);
    assertThat(links.askedOfAws()).isEqualTo(asked);

    List<Consumer<GetObjectRequest.Builder>> outside =
        List.of(
            r -> r.range("bytes=0-1"),
            r -> r.ifMatch("x"),
            r -> r.requestPayer("requester"),
            r -> r.checksumMode("ENABLED"),
            r -> r.sseCustomerAlgorithm("AES256").sseCustomerKey("k"),
            r -> r.versionId(""),
            r -> r.bucket("point"),
            r -> r.overrideConfiguration(o -> o.putHeader("a", "b")));
    for (Consumer<GetObjectRequest.Builder> one : outside) {
      assertThat(get(one)).contains("111122223333");
      assertThat(links.askedOfAws()).isEqualTo(++asked);
    }
    for (Consumer<PutObjectRequest.Builder> one :
        List.<Consumer<PutObjectRequest.Builder>>of(
            r -> r.metadata(Map.of("a", "b")), r -> r.tagging("a=b"), r -> r.contentType("a  b"))) {
      assertThat(
              links
                  .presignPutObject(
                      p ->
                          p.signatureDuration(VALID)
                              .putObjectRequest(
                                  r -> one.accept(r.bucket("my-app-assets").key("k"))))
                  .url())
          .isNotNull();
      assertThat(links.askedOfAws()).isEqualTo(++asked);
    }
  }

  @Test
  void presign_accessPoint_worksInShortMethodsToo() {
    PresignedUrl url = links.presignGet("point", "k", VALID);

    assertThat(url.url())
        .startsWith("https://reports-111122223333.s3-accesspoint.eu-west-1.amazonaws.com/k?")
        .contains("x-amz-expected-bucket-owner=111122223333");
    PresignedUrl put =
        links.presignPut(
            "point", "k", VALID, UploadTerms.anything().contentType("a/b").content(new byte[9]));
    assertThat(put.headers())
        .containsOnlyKeys("content-type", "content-length", "x-amz-checksum-sha256");
  }

  @Test
  void everyOperationOfTheInterface_isOurs() {
    List<String> inherited =
        Arrays.stream(S3Presigner.class.getMethods())
            .filter(method -> method.getName().startsWith("presign"))
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(method -> method.getParameterTypes()[0] != Consumer.class)
            .filter(method -> !isOurs(method))
            .map(Method::getName)
            .toList();

    assertThat(inherited).isEmpty();
  }

  private static boolean isOurs(Method method) {
    return Arrays.stream(S3PrivatePresigner.class.getDeclaredMethods())
        .anyMatch(
            own ->
                own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }

  @Test
  void presignGets_equalsOneByOne() {
    List<String> names = IntStream.range(0, 50).mapToObj(i -> "k" + "x".repeat(i * 40)).toList();

    assertThat(links.presignGets("my-app-assets", names, VALID))
        .isEqualTo(
            names.stream().map(key -> links.presignGet("my-app-assets", key, VALID)).toList());
    assertThat(links.presignGets("my-app-assets", List.of(), VALID)).isEmpty();
  }

  @Test
  void presignGet_manyThreads_eachGetsItsOwn() throws InterruptedException {
    int threads = 24;
    List<List<PresignedUrl>> signed = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      List<PresignedUrl> mine = new ArrayList<>();
      signed.add(mine);
      String key = "k" + t;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int i = 0; i < 200; i++) {
                  mine.add(links.presignGet("my-app-assets", key, VALID));
                }
              });
      running.add(thread);
      thread.start();
    }
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    for (int t = 0; t < threads; t++) {
      PresignedUrl alone = links.presignGet("my-app-assets", "k" + t, VALID);
      assertThat(signed.get(t)).hasSize(200).allMatch(alone::equals);
    }
  }

  @Test
  void uploadTerms_thatCannotBeBound_refused() {
    UploadTerms terms = UploadTerms.anything();
    for (String type : List.of("", " a/b", "a/b ", "a  b", "a\nb", "é/é", "a\tb")) {
      assertThatThrownBy(() -> terms.contentType(type)).isInstanceOf(PresigningException.class);
    }
    assertThatThrownBy(() -> terms.contentLength(-1)).isInstanceOf(PresigningException.class);
    assertThatThrownBy(() -> terms.contentLength((5L << 30) + 1))
        .isInstanceOf(PresigningException.class);
    assertThatThrownBy(() -> terms.sha256(new byte[20])).isInstanceOf(PresigningException.class);
  }

  @Test
  void values_areEqualByWhatTheyHold() {
    EqualsVerifier.forClass(PresignedUrl.class)
        .withNonnullFields("url", "method", "headers")
        .verify();
    EqualsVerifier.forClass(UploadTerms.class).verify();
  }

  @Test
  void nothing_printsASignatureOrAToken() {
    String token = "CANARYpresignedTOKENabcdef";
    String secret = "CANARYpresignedSECRETabcdef";
    CanaryLogs.lookFor(token);
    CanaryLogs.lookFor(secret);
    keys.set(AwsSessionCredentials.create("ASIAEXAMPLE", secret, token));
    PresignedUrl url = get(VALID);
    var request =
        links.presignGetObject(
            p ->
                p.signatureDuration(VALID)
                    .getObjectRequest(r -> r.bucket("my-app-assets").key("k")));
    var slow =
        links.presignGetObject(
            p ->
                p.signatureDuration(VALID)
                    .getObjectRequest(r -> r.bucket("my-app-assets").key("k").range("bytes=0-1")));
    String signature = url.url().substring(url.url().indexOf("X-Amz-Signature=") + 16);
    CanaryLogs.lookFor(signature);

    assertThat(url.url()).contains(token);
    assertThat(
            List.of(
                url.toString(),
                links.toString(),
                request.toString(),
                request.httpRequest().toString(),
                slow.toString()))
        .noneMatch(CanaryLogs::holdsSecret)
        .noneMatch(text -> text.contains("Signature="));
    assertThat(url.toString()).contains("GET https://my-app-assets-", "2026-11-22T10:20:30Z");
    keys.set(session(NOW));
    assertThatThrownBy(() -> get(VALID))
        .isInstanceOf(OwnproofException.class)
        .matches(e -> !CanaryLogs.holdsSecret(String.valueOf(e.getMessage())));
    assertThat(RedactionTest.ours()).isEmpty();
  }

  @Test
  void close_endsItAndNotWhatWasPassedIn() {
    links.close();

    assertThatThrownBy(() -> get(VALID)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> get(r -> {})).isInstanceOf(IllegalStateException.class);
  }
}
