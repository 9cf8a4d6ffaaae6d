package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ownproof.testkit.Account;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What presigned URLs open, and what they do not, to somebody who has nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresignedWireTest {

  private static final String BUCKET = "my-app-assets";
  private static final Duration VALID = Duration.ofMinutes(5);

  private TestWorld world;
  private S3PrivateClient s3;
  private S3PrivatePresigner links;

  @BeforeAll
  void start() {
    world = new TestWorld(PrivateBuckets.builder().naming(BucketNaming.suffixed("un1que1d")));
    s3 = world.sync().build();
    links = presigner().build();
    s3.createBucket(r -> r.bucket(BUCKET));
    put("hello.txt", "hello");
    put("a b/+%25/ü😀~", "odd");
  }

  @AfterAll
  void stop() {
    links.close();
    s3.close();
    world.close();
  }

  private S3PrivatePresigner.Builder presigner() {
    return S3PrivatePresigner.builder()
        .buckets(world.buckets)
        .credentialsProvider(world.us.credentials())
        .endpointOverride(world.s3.endpoint())
        .pathStyle();
  }

  private void put(String key, String text) {
    s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(text));
  }

  private String read(String key) {
    return s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String();
  }

  @Test
  void presignGet_inABrowser_downloads() {
    PresignedUrl url = links.presignGet(BUCKET, "hello.txt", VALID);

    assertThat(url.headers()).isEmpty();
    assertThat(url.url()).contains("x-amz-expected-bucket-owner=" + TestWorld.US);
    assertThat(Browser.get(url.url()).body()).isEqualTo("hello");
    assertThat(Browser.use(links.presignGet(BUCKET, "a b/+%25/ü😀~", VALID)).body())
        .isEqualTo("odd");
  }

  @Test
  void presignGets_manyKeys_areInOrder() {
    List<PresignedUrl> urls =
        links.presignGets(BUCKET, List.of("hello.txt", "a b/+%25/ü😀~", "hello.txt"), VALID);

    assertThat(urls.stream().map(url -> Browser.use(url).body()))
        .containsExactly("hello", "odd", "hello");
  }

  @Test
  void presignHeadAndDelete_doThatAndNothingElse() {
    put("gone.txt", "x");
    PresignedUrl head = links.presignHead(BUCKET, "gone.txt", VALID);
    PresignedUrl delete = links.presignDelete(BUCKET, "gone.txt", VALID);

    assertThat(Browser.use(head).statusCode()).isEqualTo(200);
    assertThat(Browser.get(head.url()).statusCode()).isEqualTo(403);
    assertThat(Browser.get(delete.url()).statusCode()).isEqualTo(403);
    assertThat(Browser.use(delete).statusCode()).isEqualTo(204);
    assertThat(Browser.use(head).statusCode()).isEqualTo(404);
  }

  @Test
  void url_ofABucketThatWasTakenOver_isRefusedForItsOwnerAlone() {
    try (TestWorld taken =
            new TestWorld(PrivateBuckets.builder().naming(BucketNaming.suffixed("un1que1d")));
        S3PrivateClient ours = taken.sync().build();
        S3PrivatePresigner signer =
            S3PrivatePresigner.builder()
                .buckets(taken.buckets)
                .credentialsProvider(taken.us.credentials())
                .endpointOverride(taken.s3.endpoint())
                .pathStyle()
                .build();
        S3Presigner unowned = awsPresigner(taken)) {
      ours.createBucket(r -> r.bucket(BUCKET));
      ours.putObject(r -> r.bucket(BUCKET).key("k"), RequestBody.fromString("ours"));
      String name = taken.buckets.resolve(BUCKET).physicalName();
      PresignedUrl download = signer.presignGet(BUCKET, "k", VALID);
      PresignedUrl upload = signer.presignPut(BUCKET, "up", VALID, UploadTerms.anything());
      String careless =
          unowned
              .presignGetObject(
                  p -> p.signatureDuration(VALID).getObjectRequest(r -> r.bucket(name).key("k")))
              .url()
              .toString();
      assertThat(Browser.use(download).body()).isEqualTo("ours");

      takeOver(taken, name);

      assertThat(Browser.get(careless).body()).isEqualTo("theirs");
      assertThat(Browser.use(download).statusCode()).isEqualTo(403);
      assertThat(Browser.use(download).body()).contains("<Code>AccessDenied</Code>");
      assertThat(Browser.use(upload, "secret").statusCode()).isEqualTo(403);
      assertThat(
              taken.squatter.client(TestWorld.REGION).listObjectsV2(r -> r.bucket(name)).contents())
          .hasSize(1);
    }
  }

  private static S3Presigner awsPresigner(TestWorld world) {
    return S3Presigner.builder()
        .region(Region.of(TestWorld.REGION))
        .credentialsProvider(world.us.credentials())
        .endpointOverride(world.s3.endpoint())
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  private static void takeOver(TestWorld taken, String name) {
    Account squatter = taken.squatter;
    taken.us.client(TestWorld.REGION).deleteObject(r -> r.bucket(name).key("k"));
    taken.us.client(TestWorld.REGION).deleteBucket(r -> r.bucket(name));
    squatter
        .client(TestWorld.REGION)
        .createBucket(
            r ->
                r.bucket(name)
                    .createBucketConfiguration(c -> c.locationConstraint(TestWorld.REGION)));
    squatter
        .client(TestWorld.REGION)
        .putObject(r -> r.bucket(name).key("k"), RequestBody.fromString("theirs"));
    TestWorld.open(squatter, name);
  }

  @Test
  void url_afterItsEnd_isRefused() {
    Clock before = Clock.fixed(Clock.systemUTC().instant().minusSeconds(120), ZoneOffset.UTC);
    try (S3PrivatePresigner early = presigner().clock(before).build()) {
      HttpResponse<String> answer =
          Browser.use(early.presignGet(BUCKET, "hello.txt", Duration.ofSeconds(60)));

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("expired");
      assertThat(Browser.use(early.presignGet(BUCKET, "hello.txt", VALID)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void url_withAnyPartChanged_isRefused() {
    String url = links.presignGet(BUCKET, "hello.txt", VALID).url();
    put("other.txt", "other");

    List<String> changed = new ArrayList<>();
    String query = URI.create(url).getRawQuery();
    for (String parameter : query.split("&", -1)) {
      changed.add(url.replace(parameter, parameter.substring(0, parameter.indexOf('=') + 1) + "1"));
      changed.add(url.replace(parameter, "a=b"));
    }
    changed.add(url.replace("hello.txt", "other.txt"));
    changed.add(url.replace(TestWorld.US + "&", TestWorld.SQUATTER + "&"));
    changed.add(url + "&versionId=1");
    changed.add(url + "&x-amz-expected-bucket-owner=" + TestWorld.SQUATTER);

    assertThat(Browser.get(url).statusCode()).isEqualTo(200);
    assertThat(changed).doesNotContain(url).hasSizeGreaterThan(16);
    for (String one : changed) {
      int status = Browser.get(one).statusCode();
      assertThat(status).as(one).isBetween(400, 403);
    }
    assertThat(Browser.send("PUT", url, Map.of(), "x").statusCode()).isEqualTo(403);
    assertThat(Browser.send("DELETE", url, Map.of(), "").statusCode()).isEqualTo(403);
    assertThat(Browser.send("HEAD", url, Map.of(), "").statusCode()).isEqualTo(403);
  }

  @Test
  void signedHeader_isNeeded() {
    try (S3PrivatePresigner inHeader =
        presigner().ownerPlacement(OwnerPlacement.SIGNED_HEADER).build()) {
      PresignedUrl url = inHeader.presignGet(BUCKET, "hello.txt", VALID);

      assertThat(url.headers()).containsExactly(Map.entry(OwnerHeaders.OWNER, TestWorld.US));
      assertThat(url.url()).doesNotContain("expected-bucket-owner=");
      assertThat(Browser.use(url).body()).isEqualTo("hello");
      assertThat(Browser.get(url.url()).statusCode()).isEqualTo(403);
      assertThat(
              Browser.send("GET", url.url(), Map.of(OwnerHeaders.OWNER, TestWorld.SQUATTER), "")
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void presignPut_withTerms_takesThatContentOnly() throws Exception {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    UploadTerms terms = UploadTerms.anything().contentType("text/plain").content(content);
    PresignedUrl url = links.presignPut(BUCKET, "bound.txt", VALID, terms);

    assertThat(url.headers())
        .containsOnlyKeys("content-type", "content-length", "x-amz-checksum-sha256");
    // The signature covers the headers, so that these three are refused by it.
    assertThat(Browser.use(url, "longer content").statusCode()).isEqualTo(403);
    assertThat(Browser.use(url, "").statusCode()).isEqualTo(403);
    assertThat(put(url, "content-type", "text/html", "content").statusCode()).isEqualTo(403);
    String otherHash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest("CONTENT".getBytes(StandardCharsets.UTF_8)));
    assertThat(put(url, "x-amz-checksum-sha256", otherHash, "CONTENT").statusCode()).isEqualTo(403);
    // The content is held against the header that was signed.
    HttpResponse<String> other = Browser.use(url, "CONTENT");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("BadDigest");
    assertThat(Browser.use(url, "content").statusCode()).isEqualTo(200);
    assertThat(read("bound.txt")).isEqualTo("content");
  }

  private static HttpResponse<String> put(
      PresignedUrl url, String name, String value, String body) {
    Map<String, String> headers = new HashMap<>(url.headers());
    headers.put(name, value);
    return Browser.send("PUT", url.url(), headers, body);
  }

  @Test
  void presignPut_onlyIfAbsent_doesNotReplace() {
    PresignedUrl url =
        links.presignPut(BUCKET, "once.txt", VALID, UploadTerms.anything().onlyIfAbsent());

    assertThat(Browser.send("PUT", url.url(), Map.of(), "x").statusCode()).isEqualTo(403);
    assertThat(Browser.use(url, "first").statusCode()).isEqualTo(200);
    assertThat(Browser.use(url, "second").statusCode()).isEqualTo(412);
    assertThat(read("once.txt")).isEqualTo("first");
  }

  @Test
  void presignPut_anything_replaces() {
    PresignedUrl url = links.presignPut(BUCKET, "any.txt", VALID, UploadTerms.anything());

    assertThat(url.headers()).isEmpty();
    assertThat(Browser.use(url, "one").statusCode()).isEqualTo(200);
    assertThat(Browser.use(url, "two").statusCode()).isEqualTo(200);
    assertThat(read("any.txt")).isEqualTo("two");
  }

  @Test
  void nineOperations_overHttp_work() {
    for (OwnerPlacement placement : OwnerPlacement.values()) {
      try (S3PrivatePresigner signer = presigner().ownerPlacement(placement).build()) {
        useObjectOperations(signer);
        useMultipartOperations(signer);
      }
    }
  }

  private static void useObjectOperations(S3PrivatePresigner signer) {
    var bucket =
        signer.presignHeadBucket(
            p -> p.signatureDuration(VALID).headBucketRequest(r -> r.bucket(BUCKET)));
    var put =
        signer.presignPutObject(
            p ->
                p.signatureDuration(VALID)
                    .putObjectRequest(
                        r -> r.bucket(BUCKET).key("nine").metadata(Map.of("a", "b"))));
    var get =
        signer.presignGetObject(
            p -> p.signatureDuration(VALID).getObjectRequest(r -> r.bucket(BUCKET).key("nine")));
    var head =
        signer.presignHeadObject(
            p -> p.signatureDuration(VALID).headObjectRequest(r -> r.bucket(BUCKET).key("nine")));
    var delete =
        signer.presignDeleteObject(
            p -> p.signatureDuration(VALID).deleteObjectRequest(r -> r.bucket(BUCKET).key("nine")));

    assertThat(Browser.use(bucket, "").statusCode()).isEqualTo(200);
    assertThat(Browser.use(put, "9").statusCode()).isEqualTo(200);
    assertThat(Browser.use(get, "").body()).isEqualTo("9");
    assertThat(Browser.use(head, "").headers().firstValue("x-amz-meta-a")).contains("b");
    assertThat(Browser.use(delete, "").statusCode()).isEqualTo(204);
    assertThat(Browser.use(get, "").statusCode()).isEqualTo(404);
  }

  private void useMultipartOperations(S3PrivatePresigner signer) {
    String id = startUpload(signer);
    var part =
        signer.presignUploadPart(
            p ->
                p.signatureDuration(VALID)
                    .uploadPartRequest(
                        r -> r.bucket(BUCKET).key("parts").uploadId(id).partNumber(1)));
    HttpResponse<String> uploaded = Browser.use(part, "part");
    assertThat(uploaded.statusCode()).isEqualTo(200);
    String tag = uploaded.headers().firstValue("etag").orElseThrow();
    // With a body given here the AWS SDK would sign its hash, on plain HTTP alone, and not say so.
    var complete =
        signer.presignCompleteMultipartUpload(
            p ->
                p.signatureDuration(VALID)
                    .completeMultipartUploadRequest(
                        r -> r.bucket(BUCKET).key("parts").uploadId(id)));
    String body =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + tag.replace("\"", "&quot;")
            + "</ETag></Part></CompleteMultipartUpload>";
    HttpResponse<String> completed = Browser.use(complete, body);
    assertThat(completed.statusCode()).as(completed.body()).isEqualTo(200);
    assertThat(read("parts")).isEqualTo("part");

    String other = startUpload(signer);
    var abort =
        signer.presignAbortMultipartUpload(
            p ->
                p.signatureDuration(VALID)
                    .abortMultipartUploadRequest(
                        r -> r.bucket(BUCKET).key("parts").uploadId(other)));
    assertThat(Browser.use(abort, "").statusCode()).isEqualTo(204);
    assertThat(Browser.use(abort, "").statusCode()).isEqualTo(404);
  }

  private static String startUpload(S3PrivatePresigner signer) {
    var create =
        signer.presignCreateMultipartUpload(
            p ->
                p.signatureDuration(VALID)
                    .createMultipartUploadRequest(r -> r.bucket(BUCKET).key("parts")));
    Matcher id =
        Pattern.compile("<UploadId>([^<]+)</UploadId>").matcher(Browser.use(create, "").body());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  /** Younger than the oldest AWS SDK we support, and so told by name. */
  @Test
  @SuppressWarnings("unchecked")
  void url_throughTheAsyncClientsExtension_passesTheGate() throws Exception {
    Method extension =
        Arrays.stream(S3AsyncClient.class.getMethods())
            .filter(method -> method.getName().equals("presignedUrlExtension"))
            .findAny()
            .orElse(null);
    assumeTrue(extension != null, "this AWS SDK has no such extension");
    Class<?> type =
        Class.forName(
            "software.amazon.awssdk.services.s3.presignedurl.model.PresignedUrlDownloadRequest");
    Object builder = type.getMethod("builder").invoke(null);
    Class<?> builderType = type.getMethod("builder").getReturnType();
    PresignedUrl url = links.presignGet(BUCKET, "hello.txt", VALID);
    builder =
        builderType
            .getMethod("presignedUrl", URL.class)
            .invoke(builder, URI.create(url.url()).toURL());
    Object request = builderType.getMethod("build").invoke(builder);
    try (S3PrivateAsyncClient async = world.async().build()) {
      CompletableFuture<ResponseBytes<GetObjectResponse>> answer =
          (CompletableFuture<ResponseBytes<GetObjectResponse>>)
              extension
                  .getReturnType()
                  .getMethod("getObject", type, AsyncResponseTransformer.class)
                  .invoke(extension.invoke(async), request, AsyncResponseTransformer.toBytes());

      assertThat(answer.get().asUtf8String()).isEqualTo("hello");
    }
  }
}
