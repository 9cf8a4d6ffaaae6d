package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

class WireTargetTest {

  private static final AccountId ACCOUNT = AccountId.of("111122223333");
  private static final AccountId PARTNER = AccountId.of("444455556666");

  @Nested
  @DisplayName("a bucket at AWS")
  class AtAws {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://b.s3.eu-west-1.amazonaws.com/key",
          "https://b.s3.eu-west-1.amazonaws.com",
          "https://b.s3.eu-west-1.amazonaws.com/",
          "https://b.s3.eu-west-1.amazonaws.com/evil/key",
          "https://B.S3.EU-West-1.AmazonAWS.com/key",
          "https://b.s3.dualstack.eu-west-1.amazonaws.com/key",
          "https://b.s3-fips.eu-west-1.amazonaws.com/key",
          "https://b.s3-fips.dualstack.eu-west-1.amazonaws.com/key",
          "https://b.s3-accelerate.amazonaws.com/key",
          "https://b.s3-accelerate.dualstack.amazonaws.com/key",
          "https://s3.eu-west-1.amazonaws.com/b",
          "https://s3.eu-west-1.amazonaws.com/b/",
          "https://s3.eu-west-1.amazonaws.com/b/key",
          "https://s3.eu-west-1.amazonaws.com/b//key",
          "https://s3.dualstack.eu-west-1.amazonaws.com/b/key",
          "https://s3-fips.eu-west-1.amazonaws.com/b/key"
        })
    void is_itsOwnHostOrPath_holds(String url) {
      assertThat(WireTarget.is(bucket("b", "eu-west-1"), request(url), null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          // another bucket in the host, ours in the key
          "https://evil.s3.eu-west-1.amazonaws.com/b/key",
          "https://evil.s3.eu-west-1.amazonaws.com/b",
          // another port or no TLS, which S3's own endpoints never have
          "https://b.s3.eu-west-1.amazonaws.com:8443/key",
          "http://b.s3.eu-west-1.amazonaws.com/key",
          "http://b.s3.eu-west-1.amazonaws.com:443/key",
          // another bucket in the path, ours in the key
          "https://s3.eu-west-1.amazonaws.com/evil/b",
          "https://s3.eu-west-1.amazonaws.com/evil/b/key",
          "https://s3.eu-west-1.amazonaws.com//b/key",
          "https://s3.eu-west-1.amazonaws.com/%62/key",
          "https://s3.eu-west-1.amazonaws.com/B/key",
          "https://s3.eu-west-1.amazonaws.com/b%2Fkey",
          "https://s3.eu-west-1.amazonaws.com/./b/key",
          "https://s3.eu-west-1.amazonaws.com/",
          "https://s3.eu-west-1.amazonaws.com",
          // names that begin or end like ours
          "https://bx.s3.eu-west-1.amazonaws.com/key",
          "https://xb.s3.eu-west-1.amazonaws.com/key",
          "https://b.x.s3.eu-west-1.amazonaws.com/key",
          "https://x.b.s3.eu-west-1.amazonaws.com/key",
          "https://b-s3.eu-west-1.amazonaws.com/key",
          "https://s3.eu-west-1.amazonaws.com/bx/key",
          "https://s3.eu-west-1.amazonaws.com/b-/key",
          "https://s3.eu-west-1.amazonaws.com/b.x/key",
          // other hosts
          "https://b.evil.com/key",
          "https://b.s3.eu-west-1.amazonaws.com.evil.com/key",
          "https://b.s3.eu-west-1.amazonaws.com./key",
          "https://b.s3.eu-west-1.amazonaws.comx/key",
          "https://evil.com/b/key",
          "https://b/key",
          "https://b.s3/key",
          "https://b.s3.amazonaws.com/key",
          "https://b.s3-eu-west-1.amazonaws.com/key",
          "https://b.s3.eu-west-1.amazonaws.com.cn/key",
          "https://b.s3.eu-west-1.amazonaws.eu/key",
          "https://b.s3-website.eu-west-1.amazonaws.com/key",
          "https://b.s3-accesspoint.eu-west-1.amazonaws.com/key",
          "https://b.ec2.eu-west-1.amazonaws.com/key",
          "https://b.localhost/key",
          // other regions
          "https://b.s3.us-east-1.amazonaws.com/key",
          "https://b.s3.eu-west-12.amazonaws.com/key",
          "https://b.s3.eu-west-2.amazonaws.com/key",
          "https://s3.eu-west-2.amazonaws.com/b/key"
        })
    void is_anythingElse_fails(String url) {
      assertThat(WireTarget.is(bucket("b", "eu-west-1"), request(url), null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "us-east-1, https://b.s3.us-east-1.amazonaws.com/k, true",
      "us-east-1, https://b.s3.amazonaws.com/k, true",
      "us-east-1, https://s3.amazonaws.com/b/k, true",
      "us-west-2, https://b.s3.amazonaws.com/k, false",
      "us-west-2, https://s3.amazonaws.com/b/k, false",
      "cn-north-1, https://b.s3.cn-north-1.amazonaws.com.cn/k, true",
      "cn-north-1, https://b.s3.dualstack.cn-north-1.amazonaws.com.cn/k, true",
      "cn-north-1, https://b.s3.cn-north-1.amazonaws.com/k, false",
      "us-gov-west-1, https://b.s3.us-gov-west-1.amazonaws.com/k, true",
      "us-gov-west-1, https://b.s3-fips.us-gov-west-1.amazonaws.com/k, true",
      "us-gov-west-1, https://b.s3.us-west-1.amazonaws.com/k, false",
      "eusc-de-east-1, https://b.s3.eusc-de-east-1.amazonaws.eu/k, true",
      "eusc-de-east-1, https://b.s3.eusc-de-east-1.amazonaws.com/k, false",
      "us-iso-east-1, https://b.s3.us-iso-east-1.c2s.ic.gov/k, true",
      "us-isob-east-1, https://b.s3.us-isob-east-1.sc2s.sgov.gov/k, true",
      "us-isob-east-1, https://b.s3.us-isob-east-1.amazonaws.com/k, false",
      "eu-isoe-west-1, https://b.s3.eu-isoe-west-1.cloud.adc-e.uk/k, true",
      "us-isof-south-1, https://b.s3.us-isof-south-1.csp.hci.ic.gov/k, true"
    })
    void is_partition_hasItsOwnSuffix(String region, String url, boolean holds) {
      assertThat(WireTarget.is(bucket("b", region), request(url), null)).isEqualTo(holds);
    }

    @Test
    void is_dottedName_byPathAndByHost() {
      PrivateBucket dotted = bucket("my.logs", "eu-west-1");

      assertThat(
              WireTarget.is(dotted, request("https://s3.eu-west-1.amazonaws.com/my.logs/k"), null))
          .isTrue();
      assertThat(
              WireTarget.is(dotted, request("https://my.logs.s3.eu-west-1.amazonaws.com/k"), null))
          .isTrue();
      assertThat(WireTarget.is(dotted, request("https://logs.s3.eu-west-1.amazonaws.com/my"), null))
          .isFalse();
      assertThat(
              WireTarget.is(dotted, request("https://myxlogs.s3.eu-west-1.amazonaws.com/k"), null))
          .isFalse();
    }
  }

  @Nested
  @DisplayName("a bucket at an endpoint of one's own")
  class AtOverride {

    @ParameterizedTest
    @CsvSource({
      "http://localhost:9000, http://b.localhost:9000/key",
      "http://localhost:9000, http://localhost:9000/b/key",
      "http://localhost:9000, http://localhost:9000/b",
      "http://localhost:9000/, http://localhost:9000/b/key",
      "http://LocalHost:9000, http://localhost:9000/b/key",
      "http://localhost:9000, http://B.LOCALHOST:9000/key",
      "http://127.0.0.1:9000, http://127.0.0.1:9000/b/key",
      "http://[::1]:9000, http://[::1]:9000/b/key",
      "http://minio, http://minio/b/key",
      "http://minio, http://minio:80/b/key",
      "https://minio, https://minio:443/b/key",
      "https://minio.example.com/s3, https://minio.example.com/s3/b/key",
      "https://minio.example.com/s3/, https://minio.example.com/s3/b",
      "https://minio.example.com/s3, https://b.minio.example.com/s3/key",
      "https://s3.eu-west-1.amazonaws.com, https://b.s3.eu-west-1.amazonaws.com/key"
    })
    void is_atTheEndpoint_holds(URI endpoint, String url) {
      assertThat(WireTarget.is(bucket("b", "eu-west-1"), request(url), endpoint)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      "http://localhost:9000, http://localhost:9001/b/key",
      "http://localhost:9000, http://localhost/b/key",
      "http://localhost:9000, https://localhost:9000/b/key",
      "https://localhost, http://localhost:443/b/key",
      "http://localhost:9000, http://evil.localhost:9000/b/key",
      "http://localhost:9000, http://localhost:9000/evil/b",
      "http://localhost:9000, http://localhost:9000/bx/key",
      "http://localhost:9000, http://localhost:9000/",
      "http://localhost:9000, http://b.x.localhost:9000/key",
      "http://localhost:9000, http://blocalhost:9000/key",
      "http://localhost:9000, http://b.localhost.evil.com:9000/key",
      "http://localhost:9000, http://127.0.0.1:9000/b/key",
      "http://localhost:9000, http://b.s3.eu-west-1.amazonaws.com:9000/key",
      "https://minio.example.com/s3, https://minio.example.com/b/key",
      "https://minio.example.com/s3, https://minio.example.com/s3b/key",
      "https://minio.example.com/s3, https://minio.example.com/s3/evil/b",
      "https://minio.example.com/b, https://minio.example.com/b/key",
      "https://minio.example.com/b, https://minio.example.com/b"
    })
    void is_elsewhere_fails(URI endpoint, String url) {
      assertThat(WireTarget.is(bucket("b", "eu-west-1"), request(url), endpoint)).isFalse();
    }
  }

  @Nested
  @DisplayName("what is not a general purpose bucket")
  class OtherResource {

    private static final String AP = "arn:aws:s3:us-west-2:444455556666:accesspoint/ap";
    private static final String OUTPOST =
        "arn:aws:s3-outposts:us-west-2:444455556666:outpost/op-01/accesspoint/ap";
    private static final String LAMBDA =
        "arn:aws:s3-object-lambda:us-west-2:444455556666:accesspoint/ol";

    @ParameterizedTest
    @CsvSource({
      AP + ", https://ap-444455556666.s3-accesspoint.us-west-2.amazonaws.com/k, true",
      AP + ", https://ap-444455556666.s3-accesspoint-fips.us-west-2.amazonaws.com/k, true",
      AP + ", https://ap-444455556666.s3-accesspoint.dualstack.us-west-2.amazonaws.com/k, true",
      AP + ", https://ap-111122223333.s3-accesspoint.us-west-2.amazonaws.com/k, false",
      AP + ", https://apx-444455556666.s3-accesspoint.us-west-2.amazonaws.com/k, false",
      AP + ", https://ap-444455556666.s3-accesspoint.us-east-1.amazonaws.com/k, false",
      AP + ", https://ap-444455556666.s3.us-west-2.amazonaws.com/k, false",
      AP + ", https://ap-444455556666.s3-accesspoint.us-west-2.amazonaws.com.evil.com/k, false",
      AP + ", https://ap-444455556666.x.s3-accesspoint.us-west-2.amazonaws.com/k, false",
      AP + ", https://ap-444455556666.us-west-2.amazonaws.com/k, false",
      AP + ", https://s3-accesspoint.us-west-2.amazonaws.com/ap-444455556666/k, false",
      LAMBDA + ", https://ol-444455556666.s3-object-lambda.us-west-2.amazonaws.com/k, true",
      LAMBDA + ", https://ol-444455556666.s3-accesspoint.us-west-2.amazonaws.com/k, false",
      LAMBDA + ", https://xol-444455556666.s3-object-lambda.us-west-2.amazonaws.com/k, false",
      OUTPOST + ", https://ap-444455556666.op-01.s3-outposts.us-west-2.amazonaws.com/k, true",
      OUTPOST + ", https://ap-444455556666.op-02.s3-outposts.us-west-2.amazonaws.com/k, false",
      OUTPOST + ", https://ap-444455556666.s3-outposts.us-west-2.amazonaws.com/k, false",
      "arn:aws:s3::444455556666:accesspoint/mfz.mrap,"
          + " https://mfz.mrap.accesspoint.s3-global.amazonaws.com/k, true",
      "arn:aws:s3::444455556666:accesspoint/mfz.mrap,"
          + " https://other.mrap.accesspoint.s3-global.amazonaws.com/k, false",
      "arn:aws:s3::444455556666:accesspoint/mfz.mrap,"
          + " https://mfz.mrap.accesspoint.s3-global.amazonaws.com.evil.com/k, false",
      "mfz.mrap, https://mfz.mrap.accesspoint.s3-global.amazonaws.com/k, true",
      "d--usw2-az1--x-s3, https://d--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com/k,"
          + " true",
      "d--usw2-az1--x-s3, https://s3express-control.us-west-2.amazonaws.com/d--usw2-az1--x-s3,"
          + " true",
      "d--usw2-az1--x-s3, https://s3express-control.us-west-2.amazonaws.com/e--usw2-az1--x-s3,"
          + " false",
      "d--usw2-az1--x-s3, https://e--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com/k,"
          + " false",
      "ap-abc-s3alias, https://ap-abc-s3alias.s3.us-west-2.amazonaws.com/k, true",
      "ap-abc-s3alias, https://ap-abd-s3alias.s3.us-west-2.amazonaws.com/k, false",
      "ap--usw2-az1--xa-s3,"
          + " https://aq--usw2-az1--xa-s3.s3express-usw2-az1.us-west-2.amazonaws.com/k, false",
      "ap-abc--op-s3, https://ap-abc--op-s3.op-01ab.s3-outposts.us-west-2.amazonaws.com/k, true",
      "ap-abc--op-s3, https://ap-abc--op-s3.x.s3-outposts.us-west-2.amazonaws.com/k, false",
      "ap-abc--op-s3, https://ap-abc--op-s3.s3.us-west-2.amazonaws.com/k, false",
      "t--table-s3, https://t--table-s3.s3.us-west-2.amazonaws.com/k, false"
    })
    void is_resource_atItsOwnHostOnly(String physicalName, String url, boolean holds) {
      assertThat(WireTarget.is(bucket(physicalName, "us-west-2"), request(url), null))
          .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
      AP + ", http://ap-444455556666.localhost:9000/k, true",
      AP + ", http://localhost:9000/ap/k, false",
      AP + ", http://evil.localhost:9000/k, false",
      "ap-abc-s3alias, http://ap-abc-s3alias.localhost:9000/k, true"
    })
    void is_resourceAtOverride_byItsLabel(String physicalName, String url, boolean holds) {
      assertThat(
              WireTarget.is(
                  bucket(physicalName, "us-west-2"),
                  request(url),
                  URI.create("http://localhost:9000")))
          .isEqualTo(holds);
    }
  }

  @Nested
  @DisplayName("where the AWS SDK's own rules send a request")
  class Rules {

    private static Stream<Arguments> places() {
      List<String> resources =
          List.of(
              "my-app-111122223333-us-west-2-an",
              "my.dotted.bucket",
              "ap-abc123-s3alias",
              "ol-abc123--ol-s3",
              "d--usw2-az1--x-s3",
              "ap--usw2-az1--xa-s3",
              "ap-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
              "arn:aws:s3:us-west-2:444455556666:accesspoint/ap",
              "arn:aws:s3:us-west-2:444455556666:accesspoint:ap",
              "arn:aws:s3-object-lambda:us-west-2:444455556666:accesspoint/ol",
              "arn:aws:s3::444455556666:accesspoint/mfzwi23gnjvgw.mrap",
              "arn:aws:s3-outposts:us-west-2:444455556666:outpost/op-01234567890123456/accesspoint/ap",
              "arn:aws:s3-outposts:us-west-2:444455556666:outpost:op-01234567890123456:accesspoint:ap");
      return resources.stream().map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("places")
    void is_everyResource_holdsThere(String physicalName) {
      assertThat(urls(physicalName, Region.US_WEST_2))
          .isNotEmpty()
          .allSatisfy(
              url -> {
                assertThat(WireTarget.is(bucket(physicalName, "us-west-2"), request(url), null))
                    .as(url)
                    .isTrue();
                assertThat(WireTarget.is(bucket("other", "us-west-2"), request(url), null))
                    .as(url)
                    .isFalse();
              });
    }

    private static Stream<String> regions() {
      return Region.regions().stream()
          .filter(region -> !region.isGlobalRegion())
          .map(Region::id)
          .sorted();
    }

    @ParameterizedTest
    @MethodSource("regions")
    void is_everyRegion_holdsThere(String region) {
      assertThat(urls("my-app", Region.of(region)))
          .isNotEmpty()
          .allSatisfy(
              url -> {
                assertThat(WireTarget.is(bucket("my-app", region), request(url), null))
                    .as(url)
                    .isTrue();
                assertThat(WireTarget.is(bucket("my-ap", region), request(url), null))
                    .as(url)
                    .isFalse();
              });
    }

    /** Every host the rules give for this name, with each of their switches on and off. */
    private static List<String> urls(String physicalName, Region region) {
      S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
      return Stream.iterate(0, switches -> switches < 16, switches -> switches + 1)
          .map(
              switches ->
                  S3EndpointParams.builder()
                      .bucket(physicalName)
                      .region(region)
                      .useDualStack((switches & 1) != 0)
                      .useFips((switches & 2) != 0)
                      .forcePathStyle((switches & 4) != 0)
                      .accelerate((switches & 8) != 0)
                      .useGlobalEndpoint(false)
                      .disableS3ExpressSessionAuth(true)
                      .build())
          .flatMap(params -> url(rules, params).stream())
          .distinct()
          .toList();
    }

    @SuppressWarnings("deprecation") // what replaces url is younger than the oldest supported SDK
    private static Optional<String> url(S3EndpointProvider rules, S3EndpointParams params) {
      try {
        String url = rules.resolveEndpoint(params).join().url().toString();
        return Optional.of(url + "/key");
      } catch (CompletionException unsupported) {
        return Optional.empty();
      }
    }
  }

  @Nested
  @DisplayName("a request to no bucket")
  class NoBucket {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://s3.eu-west-1.amazonaws.com",
          "https://s3.eu-west-1.amazonaws.com/",
          "https://s3.us-east-1.amazonaws.com/",
          "https://s3.amazonaws.com/",
          "https://s3-fips.eu-west-1.amazonaws.com/",
          "https://s3.dualstack.eu-west-1.amazonaws.com/",
          "https://s3express-control.eu-west-1.amazonaws.com/",
          "https://route-1.s3-object-lambda.eu-west-1.amazonaws.com/WriteGetObjectResponse"
        })
    void isNoBucket_S3Itself_holds(String url) {
      assertThat(WireTarget.isNoBucket(request(url), null, "eu-west-1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://s3.eu-west-1.amazonaws.com/b",
          "https://s3.eu-west-1.amazonaws.com//",
          "https://b.s3.eu-west-1.amazonaws.com/",
          "https://s3.b.s3.eu-west-1.amazonaws.com/",
          "https://b.s3-accelerate.amazonaws.com/",
          "https://s3.eu-west-1.amazonaws.com.evil.com/",
          "https://s3.eu-west-1.amazonaws.com.cn/",
          "https://evil.com/",
          "https://ap-444455556666.s3-accesspoint.eu-west-1.amazonaws.com/",
          "https://route-1.s3-object-lambda.eu-west-1.amazonaws.com/b",
          "https://ol-444455556666.s3-object-lambda.eu-west-1.amazonaws.com/",
          "https://s3.eu-west-1.amazonaws.com/WriteGetObjectResponse"
        })
    void isNoBucket_aBucketOrAStranger_fails(String url) {
      assertThat(WireTarget.isNoBucket(request(url), null, "eu-west-1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "http://localhost:9000, http://localhost:9000/, true",
      "http://localhost:9000, http://localhost:9000, true",
      "http://localhost:9000/s3, http://localhost:9000/s3/, true",
      "http://localhost:9000/s3, http://localhost:9000/s3, true",
      "http://localhost:9000, http://localhost:9000/b, false",
      "http://localhost:9000/s3, http://localhost:9000/s3/b, false",
      "http://localhost:9000/s3, http://localhost:9000/b, false",
      "http://localhost:9000, http://localhost:9001/, false",
      "http://localhost:9000, https://localhost:9000/, false",
      "http://localhost:9000, http://b.localhost:9000/, false",
      "http://localhost:9000, http://evil.com:9000/, false",
      "http://localhost:9000, http://r.evil.com:9000/WriteGetObjectResponse, false",
      "http://localhost:9000, http://LOCALHOST:9000/, true",
      "http://localhost:9000, http://r-1.localhost:9000/WriteGetObjectResponse, true"
    })
    void isNoBucket_override_isThatEndpoint(URI endpoint, String url, boolean holds) {
      assertThat(WireTarget.isNoBucket(request(url), endpoint, "eu-west-1")).isEqualTo(holds);
    }
  }

  @Nested
  @DisplayName("the bucket a finished URL names")
  class NamedBy {

    private final PrivateBuckets buckets =
        PrivateBuckets.builder()
            .context(ExecutionContext.of(ACCOUNT, "eu-west-1"))
            .adopt("dotted", "my.logs")
            .trust("inbox", "acme-inbox", PARTNER, "us-east-1")
            .build();

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "https://app-111122223333-eu-west-1-an.s3.eu-west-1.amazonaws.com/k, -, app",
          "https://s3.eu-west-1.amazonaws.com/app-111122223333-eu-west-1-an/k, -, app",
          "https://app-111122223333-us-east-1-an.s3.us-east-1.amazonaws.com/k, -, app",
          "https://my.logs.s3.eu-west-1.amazonaws.com/k, -, dotted",
          "https://s3.eu-west-1.amazonaws.com/my.logs/k, -, dotted",
          "https://acme-inbox.s3.us-east-1.amazonaws.com/k, -, inbox",
          "http://localhost:9000/acme-inbox/k, http://localhost:9000, inbox",
          "http://acme-inbox.localhost:9000/k, http://localhost:9000, inbox",
          "http://localhost:9000/s3/acme-inbox/k, http://localhost:9000/s3, inbox"
        })
    void namedBy_bucketOfOurs_isIt(String url, @Nullable URI endpoint, String name) {
      assertThat(namedBy(url, endpoint)).get().extracting(PrivateBucket::name).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "https://evil.s3.eu-west-1.amazonaws.com/acme-inbox/k, -",
          "https://evil.s3.us-east-1.amazonaws.com/acme-inbox/k, -",
          "https://acme-inbox.s3.eu-west-1.amazonaws.com/k, -",
          "https://app-999988887777-eu-west-1-an.s3.eu-west-1.amazonaws.com/k, -",
          "https://app-111122223333-eu-west-1-an.s3.us-east-1.amazonaws.com/k, -",
          "https://acme-inbox.evil.com/k, -",
          "https://acme-inbox.s3.us-east-1.amazonaws.com.evil.com/k, -",
          "https://dotted.s3.eu-west-1.amazonaws.com/k, -",
          "https://s3.eu-west-1.amazonaws.com/, -",
          "https://s3.eu-west-1.amazonaws.com, -",
          "http://localhost:9000/evil/acme-inbox, http://localhost:9000",
          "http://evil.localhost:9000/acme-inbox/k, http://localhost:9000",
          "http://localhost:9001/acme-inbox/k, http://localhost:9000"
        })
    void namedBy_anythingElse_isNone(String url, @Nullable URI endpoint) {
      assertThat(namedBy(url, endpoint)).isEmpty();
    }

    private Optional<PrivateBucket> namedBy(String url, @Nullable URI endpoint) {
      return WireTarget.namedBy(request(url), endpoint, buckets.names()::byPhysicalName);
    }
  }

  private static PrivateBucket bucket(String physicalName, String region) {
    return new PrivateBucket("b", physicalName, ExecutionContext.of(ACCOUNT, region));
  }

  private static SdkHttpFullRequest request(String url) {
    return SdkHttpFullRequest.builder().method(SdkHttpMethod.GET).uri(URI.create(url)).build();
  }
}
