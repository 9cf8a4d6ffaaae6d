package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.OwnproofException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.regions.Region;

class PrivateBucketsPropertyTest {

  /** The naming rules of general purpose buckets, written down once more and independently. */
  private static final Pattern S3_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  private static final AccountId ACCOUNT = AccountId.of("111122223333");
  private static final ExecutionContext HOME = ExecutionContext.of(ACCOUNT, "eu-west-1");
  private static final List<BucketNaming> NAMINGS =
      List.of(BucketNaming.accountRegional(), BucketNaming.suffixed("un1que1d"));

  /** Whose, where, and under which naming. */
  record Place(ExecutionContext context, BucketNaming naming) {

    PrivateBuckets buckets() {
      return PrivateBuckets.builder().context(context).naming(naming).build();
    }
  }

  /** A place and a private name that is valid there. */
  record Named(Place place, String name) {

    PrivateBucket bucket() {
      return place.buckets().resolve(name);
    }
  }

  @Property(tries = 3000)
  void resolve_validName_keepsS3sRules(@ForAll("named") Named named) {
    PrivateBucket bucket = named.bucket();

    assertThat(bucket.physicalName()).matches(S3_NAME);
    assertThat(bucket.physicalName().length()).isBetween(3, 63);
    assertThat(bucket.physicalName())
        .doesNotStartWith("xn--")
        .doesNotStartWith("sthree-")
        .doesNotStartWith("amzn-s3-demo-")
        .doesNotEndWith("-s3alias")
        .doesNotEndWith("--ol-s3")
        .doesNotEndWith("--x-s3")
        .doesNotEndWith("--table-s3");
    assertThat(bucket.owner()).isEqualTo(named.place().context().account());
    assertThat(bucket.region()).isEqualTo(named.place().context().region());
    assertThat(bucket.name()).isEqualTo(named.name());
  }

  @Property(tries = 3000)
  void resolve_again_isEqual(@ForAll("named") Named named) {
    PrivateBuckets buckets = named.place().buckets();
    PrivateBucket bucket = buckets.resolve(named.name());

    assertThat(buckets.resolve(named.name())).isEqualTo(bucket);
    assertThat(named.bucket()).isEqualTo(bucket);
    assertThat(buckets.resolve(named.name().toUpperCase(Locale.ROOT))).isEqualTo(bucket);
  }

  @Property(tries = 3000)
  void resolve_physicalName_isIdempotentAndGivesTheNameBack(@ForAll("named") Named named) {
    PrivateBuckets buckets = named.place().buckets();
    PrivateBucket bucket = buckets.resolve(named.name());
    PrivateBucket again = buckets.resolve(bucket.physicalName());

    assertThat(again).isEqualTo(bucket);
    assertThat(again.physicalName()).isEqualTo(bucket.physicalName());
    assertThat(again.name()).isEqualTo(named.name().toLowerCase(Locale.ROOT));
  }

  @Property(tries = 3000)
  void resolve_arn_isTheSameBucket(@ForAll("named") Named named) {
    PrivateBucket bucket = named.bucket();

    assertThat(named.place().buckets().resolve(bucket.arn())).isEqualTo(bucket);
    assertThat(bucket.arn())
        .startsWith("arn:" + named.place().context().partition() + ":s3:" + bucket.region() + ":");
  }

  @Property(tries = 2000)
  void resolve_arnOfAnotherRegion_isWhatThatRegionResolves(
      @ForAll("named") Named named, @ForAll("regions") String region) {
    ExecutionContext there = ExecutionContext.of(named.place().context().account(), region);
    PrivateBuckets here =
        PrivateBuckets.builder()
            .context(named.place().context())
            .naming(named.place().naming())
            .build();
    try {
      PrivateBucket bucket = here.resolve(there.arn(named.name()));

      assertThat(bucket)
          .isEqualTo(new Named(new Place(there, here.naming()), named.name()).bucket());
    } catch (ForeignBucketException e) {
      assertThat(there.partition()).isNotEqualTo(here.context().partition());
    } catch (BucketNameException e) {
      assertThat(e.code()).isEqualTo("S3_NAME_TOO_LONG");
      assertThat(named.name().length()).isGreaterThan(here.naming().longestName(region));
    }
  }

  @Property(tries = 2000)
  void resolve_distinctInputs_areDistinctBuckets(
      @ForAll("named") Named one, @ForAll("named") Named other) {
    boolean same = one.place().equals(other.place()) && one.name().equalsIgnoreCase(other.name());

    assertThat(one.bucket().physicalName().equals(other.bucket().physicalName())).isEqualTo(same);
  }

  /** Few letters, so that inputs are often almost the same. */
  @Property(tries = 200)
  void resolve_manyCloseNames_neverCollide(@ForAll("closeNames") List<String> names) {
    Map<String, String> nameByPhysical = new HashMap<>();
    for (String region : List.of("eu-west-1", "eu-west-2")) {
      for (String account : List.of("111122223333", "111122223334")) {
        for (BucketNaming naming : NAMINGS) {
          PrivateBuckets buckets =
              new Place(ExecutionContext.of(account, region), naming).buckets();
          for (String name : names) {
            String physicalName;
            try {
              physicalName = buckets.resolve(name).physicalName();
            } catch (OwnproofException e) {
              continue;
            }
            String source =
                String.join("|", region, account, naming.toString(), buckets.resolve(name).name());
            String before = nameByPhysical.put(physicalName, source.toLowerCase(Locale.ROOT));
            assertThat(before == null ? source.toLowerCase(Locale.ROOT) : before)
                .as(physicalName)
                .isEqualTo(source.toLowerCase(Locale.ROOT));
          }
        }
      }
    }
  }

  @Property(tries = 5000)
  void resolve_anyString_isOursOrRefused(@ForAll String hostile) {
    assertOursOrRefused(hostile);
  }

  @Property(tries = 20_000)
  void resolve_hostileString_isOursOrRefused(@ForAll("hostile") String hostile) {
    assertOursOrRefused(hostile);
  }

  @Property(tries = 5000)
  void byPhysicalName_hostileString_isOursOrUnknown(@ForAll("hostile") String hostile) {
    for (BucketNaming naming : NAMINGS) {
      try {
        PrivateBucket bucket = new Place(HOME, naming).buckets().names().byPhysicalName(hostile);

        if (bucket != null) {
          assertThat(bucket.owner()).isEqualTo(ACCOUNT);
          assertThat(bucket.physicalName()).isEqualTo(hostile);
        }
      } catch (OwnproofException e) {
        assertThat(e.getMessage()).matches("[ -~]*");
      }
    }
  }

  @Example
  void resolve_manyThreads_agree() throws Exception {
    PrivateBuckets shared = PrivateBuckets.of(HOME);
    int threads = 64;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool =
        new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    try {
      List<Future<List<PrivateBucket>>> answers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Callable<List<PrivateBucket>> task =
            () -> {
              start.await();
              List<PrivateBucket> resolved = new ArrayList<>();
              for (int i = 0; i < 500; i++) {
                resolved.add(shared.resolve("app-" + i));
              }
              return resolved;
            };
        answers.add(pool.submit(task));
      }
      start.countDown();
      List<PrivateBucket> first = answers.get(0).get(60, TimeUnit.SECONDS);
      assertThat(first.get(7).physicalName()).isEqualTo("app-7-111122223333-eu-west-1-an");
      for (Future<List<PrivateBucket>> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(first);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Example
  void resolve_moreNamesThanAreRemembered_staysRight() {
    PrivateBuckets buckets = PrivateBuckets.of(HOME);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 100_000; i++) {
        String name = "app-" + i;
        PrivateBucket bucket = buckets.resolve(name);
        if (!bucket.name().equals(name)
            || !bucket.physicalName().equals(name + "-111122223333-eu-west-1-an")) {
          assertThat(bucket).as(name).isNull();
        }
      }
    }
  }

  private static void assertOursOrRefused(String written) {
    for (BucketNaming naming : NAMINGS) {
      PrivateBuckets buckets = new Place(HOME, naming).buckets();
      try {
        PrivateBucket bucket = buckets.resolve(written);

        assertThat(bucket.owner()).as(written).isEqualTo(ACCOUNT);
        assertThat(bucket.physicalName())
            .as(written)
            .matches(S3_NAME)
            .endsWith("-111122223333-" + bucket.region() + '-' + naming.suffix());
        assertThat(written).matches("[ -~]+");
        assertThat(buckets.resolve(bucket.arn())).isEqualTo(bucket);
      } catch (OwnproofException e) {
        assertThat(e.getMessage()).startsWith(e.code() + ": ").matches("[ -~]*");
        assertThat(e.getMessage().length()).isLessThan(1_000);
      }
    }
  }

  @Provide
  Arbitrary<String> regions() {
    return Arbitraries.of(
        Region.regions().stream()
            .filter(region -> !region.isGlobalRegion())
            .map(Region::id)
            .sorted()
            .toList());
  }

  @Provide
  Arbitrary<Named> named() {
    Arbitrary<BucketNaming> namings =
        Arbitraries.oneOf(
            Arbitraries.just(BucketNaming.accountRegional()),
            Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(4)
                .ofMaxLength(12)
                .map(BucketNaming::suffixed));
    Arbitrary<Place> places =
        Combinators.combine(accounts(), regions(), namings)
            .as(
                (account, region, naming) ->
                    new Place(ExecutionContext.of(account, region), naming));
    return places.flatMap(
        place ->
            names(place.naming().longestName(place.context().region()))
                .map(name -> new Named(place, name)));
  }

  @Provide
  Arbitrary<List<String>> closeNames() {
    return Arbitraries.oneOf(
            Arbitraries.strings().withChars("ab1-").ofMinLength(1).ofMaxLength(6),
            Arbitraries.of(
                    "a",
                    "1",
                    "-",
                    "111122223333",
                    "111122223334",
                    "eu-west-1",
                    "eu-west-2",
                    "un1que1d",
                    "an")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("-", parts)))
        .list()
        .ofMaxSize(60);
  }

  /** Names and ids that borrow the pieces real ones are made of. */
  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(
                "111122223333",
                "999988887777",
                "11112222333",
                "eu-west-1",
                "us-east-1",
                "cn-north-1",
                "aws-global",
                "aa-" + "b".repeat(30) + "-1",
                "an",
                "un1que1d",
                "s3alias",
                "x-s3",
                "mrap",
                "xn--",
                "my-app",
                "MY-APP",
                "accesspoint/ap",
                "arn",
                "aws",
                "s3",
                "s3-outposts",
                "object/key",
                "\u212a",
                "\u0131",
                "１",
                "\r\n",
                "%2f",
                ".",
                ""),
            Arbitraries.strings().ofMaxLength(4));
    Arbitrary<String> physicalLike =
        piece.list().ofMinSize(1).ofMaxSize(7).map(parts -> String.join("-", parts));
    Arbitrary<String> arnLike =
        piece.list().ofMinSize(4).ofMaxSize(7).map(parts -> "arn:" + String.join(":", parts));
    Arbitrary<String> id =
        Combinators.combine(
                Arbitraries.of("aws", "aws-cn", "AWS", ""),
                Arbitraries.of("eu-west-1", "us-east-1", "cn-north-1", "aws-global", ""),
                Arbitraries.of("111122223333", "999988887777", "11112222333", ""),
                physicalLike)
            .as(
                (partition, region, account, name) ->
                    "arn:" + partition + ":s3:" + region + ":" + account + ":" + name);
    Arbitrary<String> physical =
        Combinators.combine(
                piece,
                accounts(),
                Arbitraries.of("eu-west-1", "us-east-1", "cn-north-1"),
                Arbitraries.of("an", "un1que1d", "AN", "x"))
            .as((name, account, region, suffix) -> String.join("-", name, account, region, suffix));
    Arbitrary<String> nested = physical.map(name -> name + "-111122223333-eu-west-1-an");
    return Arbitraries.oneOf(physicalLike, arnLike, id, physical, nested);
  }

  private static Arbitrary<String> accounts() {
    return Arbitraries.oneOf(
        Arbitraries.of("111122223333", "111122223334", "000000000000", "999999999999"),
        Arbitraries.strings().numeric().ofLength(12));
  }

  private static Arbitrary<String> names(int longest) {
    Arbitrary<String> free =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('A', 'Z')
            .numeric()
            .withChars('-')
            .ofMinLength(1)
            .ofMaxLength(longest);
    Arbitrary<String> telling =
        Arbitraries.of("a", "7", "eu-west-1", "111122223333", "an", "an-x", "un1que1d", "s3alias")
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(parts -> String.join("-", parts))
            .filter(name -> name.length() <= longest);
    return Arbitraries.oneOf(free, telling).filter(PrivateBucketsPropertyTest::isPrivateName);
  }

  private static boolean isPrivateName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")
        && !lower.matches("(xn--|sthree-|amzn-s3-demo-).*")
        && !lower.matches(".*(-s3alias|--ol-s3|--op-s3|--x-s3|--xa-s3|--table-s3|-an)")
        && !lower.matches(".+-[0-9]{12}-[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}-[a-z0-9]+");
  }
}
