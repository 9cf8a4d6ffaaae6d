package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.InvalidContextException;
import io.github.ownproof.core.OwnproofException;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateBucketsTest {

  private static final AccountId US = AccountId.of("111122223333");
  private static final AccountId PARTNER = AccountId.of("444455556666");
  private static final AccountId SISTER = AccountId.of("777788889999");
  private static final ExecutionContext HOME = ExecutionContext.of(US, "eu-west-1");

  private static final String ACCESS_POINT = "arn:aws:s3:us-east-1:444455556666:accesspoint/inbox";

  private final PrivateBuckets buckets = PrivateBuckets.of(HOME);

  private final PrivateBuckets declaring =
      PrivateBuckets.builder()
          .context(HOME)
          .adopt("audit-logs", "mycompany-prod-logs")
          .adopt("archive", "mycompany.archive", "eu-central-1")
          .trust("partner-inbox", "acme-inbox", PARTNER, "us-east-1")
          .trustAccount(SISTER)
          .build();

  private final PrivateBuckets suffixed =
      PrivateBuckets.builder().context(HOME).naming(BucketNaming.suffixed("un1que1d")).build();

  @Nested
  @DisplayName("a private name")
  class Name {

    @Test
    void resolve_privateName_isOursInTheAccountRegionalNamespace() {
      PrivateBucket bucket = buckets.resolve("my-app-assets");

      assertThat(bucket.name()).isEqualTo("my-app-assets");
      assertThat(bucket.physicalName()).isEqualTo("my-app-assets-111122223333-eu-west-1-an");
      assertThat(bucket.owner()).isEqualTo(US);
      assertThat(bucket.region()).isEqualTo("eu-west-1");
      assertThat(bucket.arn()).isEqualTo("arn:aws:s3:eu-west-1:111122223333:my-app-assets");
    }

    @Test
    void resolve_suffixedNaming_endsInTheSuffix() {
      PrivateBucket bucket = suffixed.resolve("my-app-assets");

      assertThat(bucket.physicalName()).isEqualTo("my-app-assets-111122223333-eu-west-1-un1que1d");
      assertThat(bucket.owner()).isEqualTo(US);
    }

    @Test
    void resolve_upperCase_isTheSameBucketAndKeepsTheCase() {
      PrivateBucket shouted = buckets.resolve("My-App-ASSETS");

      assertThat(shouted).isEqualTo(buckets.resolve("my-app-assets"));
      assertThat(shouted).hasSameHashCodeAs(buckets.resolve("my-app-assets"));
      assertThat(shouted.name()).isEqualTo("My-App-ASSETS");
      assertThat(shouted.physicalName()).isEqualTo("my-app-assets-111122223333-eu-west-1-an");
      assertThat(shouted.arn()).isEqualTo("arn:aws:s3:eu-west-1:111122223333:My-App-ASSETS");
    }

    @Test
    void resolve_turkishDefaultLocale_lowerCasesAsEverywhere() {
      Locale before = Locale.getDefault();
      try {
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));

        assertThat(PrivateBuckets.of(HOME).resolve("INBOX").physicalName())
            .isEqualTo("inbox-111122223333-eu-west-1-an");
        assertThat(BucketNaming.accountRegional().longestName("eu-west-1")).isEqualTo(37);
      } finally {
        Locale.setDefault(before);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "a1", "a-b", "a--b", "0-9", "AN", "an", "s3", "arn", "arns"})
    void resolve_unusualButAllowed_resolves(String name) {
      assertThat(buckets.resolve(name).physicalName())
          .isEqualTo(name.toLowerCase(Locale.ROOT) + "-111122223333-eu-west-1-an");
    }

    @Test
    void resolve_endsInAccountAndRegion_isAPrivateNameLikeAnyOther() {
      PrivateBucket bucket = buckets.resolve("x-1-eu-west-1");

      assertThat(bucket.physicalName()).isEqualTo("x-1-eu-west-1-111122223333-eu-west-1-an");
      assertThat(buckets.resolve(bucket.physicalName()).name()).isEqualTo("x-1-eu-west-1");
    }

    @Test
    void toString_namesBucketAndOwner() {
      assertThat(buckets.resolve("logs"))
          .hasToString("logs (logs-111122223333-eu-west-1-an, owner 111122223333)");
      assertThat(buckets).asString().contains("accountRegional()", "111122223333", "eu-west-1");
      assertThat(suffixed.naming()).hasToString("suffixed(un1que1d)");
    }
  }

  @Nested
  @DisplayName("a private id")
  class PrivateId {

    @Test
    void resolve_ownId_isThePrivateName() {
      assertThat(buckets.resolve("arn:aws:s3:eu-west-1:111122223333:my-app-assets"))
          .isEqualTo(buckets.resolve("my-app-assets"));
    }

    @Test
    void resolve_otherRegion_isThatRegionsBucket() {
      PrivateBucket bucket = buckets.resolve("arn:aws:s3:us-east-1:111122223333:My-App-Assets");

      assertThat(bucket.name()).isEqualTo("My-App-Assets");
      assertThat(bucket.physicalName()).isEqualTo("my-app-assets-111122223333-us-east-1-an");
      assertThat(bucket.owner()).isEqualTo(US);
      assertThat(bucket.region()).isEqualTo("us-east-1");
      assertThat(bucket.arn()).isEqualTo("arn:aws:s3:us-east-1:111122223333:My-App-Assets");
    }

    @Test
    void resolve_otherAccount_isRefused() {
      assertRefused(
              buckets,
              "arn:aws:s3:eu-west-1:777788889999:my-app-assets",
              ForeignBucketException.class,
              "S3_ACCOUNT_NOT_TRUSTED")
          .hasMessageContaining("names account 777788889999")
          .hasMessageContaining("trustAccount(...)")
          .hasMessageContaining("never take the account from input");
    }

    @Test
    void resolve_trustedAccount_isThatAccountsBucket() {
      PrivateBucket bucket = declaring.resolve("arn:aws:s3:us-west-2:777788889999:shared");

      assertThat(bucket.physicalName()).isEqualTo("shared-777788889999-us-west-2-an");
      assertThat(bucket.owner()).isEqualTo(SISTER);
      assertThat(bucket.region()).isEqualTo("us-west-2");
    }

    @Test
    void resolve_trustedAccount_doesNotChangeWhosePlainNamesAre() {
      assertThat(declaring.resolve("shared").owner()).isEqualTo(US);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "arn:aws-cn:s3:cn-north-1:111122223333:x",
          "arn:aws-us-gov:s3:us-gov-west-1:111122223333:x",
          "arn:aws-eusc:s3:eusc-de-east-1:111122223333:x",
          "arn:aws-iso-f:s3:us-isof-south-1:111122223333:x",
          // the partition written and the region's own disagree
          "arn:aws:s3:cn-north-1:111122223333:x",
          "arn:aws-cn:s3:eu-west-1:111122223333:x",
          "arn:AWS:s3:eu-west-1:111122223333:x",
          "arn::s3:eu-west-1:111122223333:x"
        })
    void resolve_otherPartition_isRefused(String id) {
      assertRefused(buckets, id, ForeignBucketException.class, "S3_BUCKET_FOREIGN")
          .hasMessageContaining("another partition")
          .hasMessageContaining("runs in aws.");
    }

    @Test
    void resolve_otherPartitionOfTrustedAccount_isRefusedToo() {
      assertRefused(
          declaring,
          "arn:aws-cn:s3:cn-north-1:777788889999:x",
          ForeignBucketException.class,
          "S3_BUCKET_FOREIGN");
    }

    @ParameterizedTest
    @CsvSource({
      "cn-north-1, arn:aws-cn:s3:cn-northwest-1:111122223333:logs",
      "us-gov-west-1, arn:aws-us-gov:s3:us-gov-east-1:111122223333:logs",
      "eusc-de-east-1, arn:aws-eusc:s3:eusc-de-east-1:111122223333:logs",
      "us-isob-east-1, arn:aws-iso-b:s3:us-isob-west-1:111122223333:logs"
    })
    void resolve_ownIdInItsPartition_resolves(String region, String id) {
      PrivateBuckets there = PrivateBuckets.of(ExecutionContext.of(US, region));

      assertThat(there.resolve(id).arn()).isEqualTo(id);
      assertThat(there.resolve("logs").arn()).startsWith("arn:" + there.context().partition());
    }

    @Test
    void resolve_idOfAPhysicalName_isThatBucket() {
      assertThat(
              buckets.resolve("arn:aws:s3:us-east-1:111122223333:logs-111122223333-us-east-1-an"))
          .isEqualTo(buckets.resolve("arn:aws:s3:us-east-1:111122223333:logs"));
    }

    @Test
    void resolve_idWhoseNameContradictsIt_isRefused() {
      assertRefused(
          buckets,
          "arn:aws:s3:us-east-1:111122223333:logs-999988887777-us-east-1-an",
          "logs-999988887777-us-east-1-an",
          ForeignBucketException.class,
          "S3_BUCKET_FOREIGN");
    }

    @Test
    void resolve_nameTooLongForTheIdsRegion_saysThatRegionsLongest() {
      String name = "x".repeat(33);

      assertThat(buckets.resolve(name).name()).isEqualTo(name);
      assertRefused(
              buckets,
              "arn:aws:s3:ap-southeast-1:111122223333:" + name,
              name,
              BucketNameException.class,
              "S3_NAME_TOO_LONG")
          .hasMessageContaining("in ap-southeast-1 the longest has 32");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "arn:aws:s3:eu-west-1:11112222333:x",
          "arn:aws:s3:eu-west-1:1111222233334:x",
          "arn:aws:s3:eu-west-1::x",
          "arn:aws:s3:eu-west-1:1111-2222-3333:x",
          "arn:aws:s3:eu-west-1:١١١١٢٢٢٢٣٣٣٣:x"
        })
    void resolve_accountIsNotTwelveDigits_isRefused(String id) {
      InvalidContextException e = refusal(buckets, id, InvalidContextException.class);

      assertThat(e.code()).isEqualTo("INVALID_ACCOUNT_ID");
      assertThat(e).hasMessageContaining("exactly 12 digits");
      assertPrintable(e);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws-global", "aws-cn-global", "eu-west", "EU-WEST-1", "eu west 1", ""})
    void resolve_regionIsNotOne_isRefused(String region) {
      InvalidContextException e =
          refusal(
              buckets, "arn:aws:s3:" + region + ":111122223333:x", InvalidContextException.class);

      assertThat(e.code()).isEqualTo("INVALID_REGION");
      assertThat(e).hasMessageContaining("'" + region + "'").hasMessageContaining("eu-west-1");
    }
  }

  @Nested
  @DisplayName("a physical name")
  class PhysicalName {

    @Test
    void resolve_physicalName_isItself() {
      PrivateBucket bucket = buckets.resolve("my-app-assets-111122223333-eu-west-1-an");

      assertThat(bucket).isEqualTo(buckets.resolve("my-app-assets"));
      assertThat(bucket.name()).isEqualTo("my-app-assets");
    }

    @Test
    void resolve_suffixedPhysicalName_isItself() {
      PrivateBucket bucket = suffixed.resolve("my-app-assets-111122223333-eu-west-1-un1que1d");

      assertThat(bucket).isEqualTo(suffixed.resolve("my-app-assets"));
      assertThat(bucket.name()).isEqualTo("my-app-assets");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "my-app-999988887777-eu-west-1-an",
          "my-app-999988887777-us-east-1-an",
          "my-app-999988887777-eu-west-1-un1que1d",
          "my-app-999988887777-eu-west-1-x",
          "MY-APP-999988887777-EU-WEST-1-AN"
        })
    void resolve_otherAccounts_isForeign(String name) {
      assertRefused(buckets, name, ForeignBucketException.class, "S3_BUCKET_FOREIGN")
          .hasMessageContaining("of account 999988887777")
          .hasMessageContaining("for account 111122223333 in eu-west-1")
          .hasMessageContaining("not ours to use under that name");
    }

    @Test
    void resolve_trustedAccountsPhysicalName_isForeignUntilNamedByItsId() {
      assertRefused(
          declaring,
          "shared-777788889999-eu-west-1-an",
          ForeignBucketException.class,
          "S3_BUCKET_FOREIGN");
    }

    @Test
    void resolve_ownOtherRegions_isForeignAndTellsThePrivateId() {
      assertRefused(
              buckets,
              "my-app-111122223333-us-east-1-an",
              ForeignBucketException.class,
              "S3_BUCKET_FOREIGN")
          .hasMessageContaining("of region us-east-1")
          .hasMessageContaining("write its private id: arn:aws:s3:us-east-1:111122223333:my-app");
    }

    @Test
    void resolve_otherNamings_isForeignAndTellsToAdopt() {
      assertRefused(
              buckets,
              "my-app-111122223333-eu-west-1-un1que1d",
              ForeignBucketException.class,
              "S3_BUCKET_FOREIGN")
          .hasMessageContaining("suffix 'un1que1d'")
          .hasMessageContaining("adopt(...)");
      assertRefused(
              suffixed,
              "my-app-111122223333-eu-west-1-an",
              ForeignBucketException.class,
              "S3_BUCKET_FOREIGN")
          .hasMessageContaining("suffix 'an'");
      assertRefused(
          suffixed,
          "my-app-111122223333-eu-west-1-un1que1e",
          ForeignBucketException.class,
          "S3_BUCKET_FOREIGN");
    }

    @Test
    void resolve_ownNameOfAnotherPartition_isForeignWithoutAnIdThatWouldBeRefused() {
      assertRefused(
              buckets,
              "my-app-111122223333-cn-north-1-an",
              ForeignBucketException.class,
              "S3_BUCKET_FOREIGN")
          .hasMessageContaining("No call crosses partitions")
          .message()
          .doesNotContain("arn:");
    }

    @Test
    void resolve_otherNamingsOfAnotherRegion_isForeignWithoutAnIdOfAnotherBucket() {
      assertRefused(
              buckets,
              "my-app-111122223333-us-east-1-un1que1d",
              ForeignBucketException.class,
              "S3_BUCKET_FOREIGN")
          .hasMessageContaining("suffix 'un1que1d'")
          .hasMessageContaining("adopt(...)")
          .message()
          .doesNotContain("arn:");
    }

    @Test
    void resolve_ownNameOfARegionThatCannotBe_isRefused() {
      String name = "a-111122223333-" + "x".repeat(29) + "-y-1-an";

      assertThat(refusal(buckets, name, BucketNameException.class).code())
          .isEqualTo("S3_NAME_RESERVED");
      assertThat(buckets.names().byPhysicalName(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "My-App-111122223333-eu-west-1-an",
          "my-app-111122223333-EU-WEST-1-an",
          "my-app-111122223333-eu-west-1-AN"
        })
    void resolve_upperCasePhysicalName_isRefused(String name) {
      assertRefused(buckets, name, BucketNameException.class, "S3_NAME_INVALID")
          .hasMessageContaining("lower case")
          .hasMessageContaining("'my-app-111122223333-eu-west-1-an'");
    }

    @Test
    void resolve_physicalNameOfAReservedName_isRefused() {
      assertRefused(
          buckets,
          "xn--evil-111122223333-eu-west-1-an",
          "xn--evil",
          BucketNameException.class,
          "S3_NAME_RESERVED");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          // eleven and thirteen digits, a region without a number, a suffix with a hyphen
          "my-app-11112222333-eu-west-1-b",
          "my-app-1111222233334-eu-west-1-b",
          "my-app-999988887777-eu-west-b",
          "my-app-999988887777-eu-west-1",
          "999988887777-eu-west-1-b"
        })
    void resolve_almostAPhysicalName_isAPrivateNameOfOurs(String name) {
      PrivateBucket bucket = buckets.resolve(name);

      assertThat(bucket.physicalName()).isEqualTo(name + "-111122223333-eu-west-1-an");
      assertThat(bucket.owner()).isEqualTo(US);
      assertThat(buckets.resolve(bucket.physicalName()).name()).isEqualTo(name);
    }
  }

  @Nested
  @DisplayName("a declared bucket")
  class Declared {

    @Test
    void resolve_adoptedNameThatOnlyAnotherAccountCanHave_isRefused() {
      PrivateBuckets buckets =
          PrivateBuckets.builder()
              .context(ExecutionContext.of("111122223333", "eu-west-1"))
              .adopt("logs", "logs-999988887777-eu-west-1-an")
              .build();
      assertRefused(
          buckets,
          "logs",
          "logs-999988887777-eu-west-1-an",
          BucketNameException.class,
          "S3_NAME_CONFLICT");
    }

    @Test
    void resolve_trustedInAnotherPartition_isRefused() {
      PrivateBuckets buckets =
          PrivateBuckets.builder()
              .context(ExecutionContext.of("111122223333", "eu-west-1"))
              .trust("inbox", "acme-inbox", AccountId.of("444455556666"), "cn-north-1")
              .build();
      assertRefused(buckets, "inbox", ForeignBucketException.class, "S3_BUCKET_FOREIGN")
          .hasMessageContaining("aws-cn");
    }

    @Test
    void resolve_adopted_byItsNameInAnyCaseAndByItsPhysicalName() {
      PrivateBucket bucket = declaring.resolve("audit-logs");

      assertThat(bucket.name()).isEqualTo("audit-logs");
      assertThat(bucket.physicalName()).isEqualTo("mycompany-prod-logs");
      assertThat(bucket.owner()).isEqualTo(US);
      assertThat(bucket.region()).isEqualTo("eu-west-1");
      assertThat(declaring.resolve("Audit-LOGS")).isEqualTo(bucket);
      assertThat(declaring.resolve("mycompany-prod-logs")).isEqualTo(bucket);
      assertThat(declaring.resolve("mycompany-prod-logs").name()).isEqualTo("audit-logs");
      assertThat(declaring.resolve(bucket.arn())).isEqualTo(bucket);
    }

    @Test
    void resolve_adoptedElsewhere_isInItsRegion() {
      PrivateBucket bucket = declaring.resolve("archive");

      assertThat(bucket.physicalName()).isEqualTo("mycompany.archive");
      assertThat(bucket.region()).isEqualTo("eu-central-1");
      assertThat(declaring.resolve("mycompany.archive")).isEqualTo(bucket);
      assertThat(declaring.resolve("arn:aws:s3:eu-central-1:111122223333:Archive"))
          .isEqualTo(bucket);
    }

    @Test
    void resolve_idOfAnAdoptedNameInAnotherRegion_isTheOrdinaryBucketThere() {
      assertThat(declaring.resolve("arn:aws:s3:us-east-1:111122223333:audit-logs").physicalName())
          .isEqualTo("audit-logs-111122223333-us-east-1-an");
    }

    @Test
    void resolve_trusted_byNameAndByPhysicalName() {
      PrivateBucket bucket = declaring.resolve("Partner-Inbox");

      assertThat(bucket.physicalName()).isEqualTo("acme-inbox");
      assertThat(bucket.owner()).isEqualTo(PARTNER);
      assertThat(bucket.region()).isEqualTo("us-east-1");
      assertThat(declaring.resolve("acme-inbox")).isEqualTo(bucket);
    }

    @Test
    void resolve_trustedAccountRegionalName_isItself() {
      PrivateBuckets trusting =
          PrivateBuckets.builder()
              .context(HOME)
              .trust("theirs", "logs-444455556666-us-east-1-an", PARTNER, "us-east-1")
              .build();

      assertThat(trusting.resolve("logs-444455556666-us-east-1-an").owner()).isEqualTo(PARTNER);
      assertThat(trusting.resolve("theirs").physicalName())
          .isEqualTo("logs-444455556666-us-east-1-an");
    }

    @Test
    void trust_oneBucketOfAnAccount_doesNotTrustTheAccount() {
      assertRefused(
          declaring,
          "arn:aws:s3:us-east-1:444455556666:other",
          ForeignBucketException.class,
          "S3_ACCOUNT_NOT_TRUSTED");
    }

    @ParameterizedTest
    @CsvSource({"x, y, X, z", "Logs, y, LOGS, y"})
    void declare_samePrivateNameTwice_isRefused(
        String first, String firstBucket, String second, String secondBucket) {
      PrivateBuckets.Builder builder = PrivateBuckets.builder().adopt(first, "a-" + firstBucket);

      BucketNameException e =
          catchThrowableOfType(
              BucketNameException.class,
              () -> builder.trust(second, "b-" + secondBucket, PARTNER, "us-east-1"));

      assertThat(e.code()).isEqualTo("S3_NAME_CONFLICT");
      assertThat(e).hasMessageContaining("'" + second + "' is declared twice");
    }

    @Test
    void declare_sameBucketTwice_isRefused() {
      PrivateBuckets.Builder builder = PrivateBuckets.builder().adopt("mine", "acme-inbox");

      BucketNameException e =
          catchThrowableOfType(
              BucketNameException.class,
              () -> builder.trust("theirs", "acme-inbox", PARTNER, "us-east-1"));

      assertThat(e.code()).isEqualTo("S3_NAME_CONFLICT");
      assertThat(e)
          .hasMessageContaining("'acme-inbox' is declared twice")
          .hasMessageContaining("'mine'")
          .hasMessageContaining("'theirs'");
    }

    @ParameterizedTest
    @CsvSource({
      "logs-999988887777-us-east-1-an, us-east-1",
      "logs-444455556666-eu-west-1-an, us-east-1"
    })
    void trust_accountRegionalNameOfAnotherOwnerOrRegion_isRefused(String name, String region) {
      BucketNameException e =
          catchThrowableOfType(
              BucketNameException.class,
              () -> PrivateBuckets.builder().trust("theirs", name, PARTNER, region));

      assertThat(e.code()).isEqualTo("S3_NAME_CONFLICT");
      assertThat(e)
          .hasMessageContaining("'" + name + "' can only belong to")
          .hasMessageContaining("444455556666");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "ab",
          "UPPER-case",
          "under_score",
          "-begins",
          "ends-",
          "two..dots",
          ".begins",
          "ends.",
          "has space",
          "has/slash",
          "192.168.0.1",
          "line\nfeed",
          "ａｂｃ",
          "x123456789012345678901234567890123456789012345678901234567890123"
        })
    void adopt_notABucketsName_isRefused(String physicalName) {
      BucketNameException e =
          catchThrowableOfType(
              BucketNameException.class, () -> PrivateBuckets.builder().adopt("x", physicalName));

      assertThat(e.code()).isEqualTo("S3_NAME_INVALID");
      assertThat(e).hasMessageContaining(OwnproofException.quote(physicalName));
      assertPrintable(e);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "my.app", "my_app", "-x", "x-", "ｘ", "a/b"})
    void adopt_underWhatIsNoPrivateName_isRefused(String name) {
      BucketNameException e =
          catchThrowableOfType(
              BucketNameException.class,
              () -> PrivateBuckets.builder().adopt(name, "mycompany-prod-logs"));

      assertThat(e.code()).isEqualTo("S3_NAME_INVALID");
    }

    @Test
    void adopt_underALongName_mayHaveAsManyCharactersAsABucket() {
      PrivateBuckets adopting =
          PrivateBuckets.builder().context(HOME).adopt("x".repeat(63), "mycompany").build();

      assertThat(adopting.resolve("X".repeat(63)).physicalName()).isEqualTo("mycompany");
      assertThat(
              catchThrowableOfType(
                      BucketNameException.class,
                      () -> PrivateBuckets.builder().adopt("x".repeat(64), "mycompany"))
                  .code())
          .isEqualTo("S3_NAME_TOO_LONG");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "bac\u212aups",
          "arn:aws:s3:eu-west-1:111122223333:bac\u212aups",
          "BAC\u212aUPS"
        })
    void resolve_letterThatLowerCasesToOneOfAnAdoptedName_isRefused(String written) {
      PrivateBuckets adopting =
          PrivateBuckets.builder().context(HOME).adopt("backups", "mycompany-backups").build();

      assertThat(refusal(adopting, written, BucketNameException.class).code())
          .isEqualTo("S3_NAME_INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MyCompany-Prod-Logs", "ACME-INBOX", "MYCOMPANY.archive"})
    void resolve_declaredPhysicalNameInUpperCase_isRefused(String written) {
      assertRefused(declaring, written, BucketNameException.class, "S3_NAME_INVALID")
          .hasMessageContaining("lower case")
          .hasMessageContaining("'" + written.toLowerCase(Locale.ROOT) + "'");
    }

    @Test
    void declare_privateNameThatIsAnotherBucketsPhysicalName_isRefused() {
      for (PrivateBuckets.Builder builder :
          List.of(
              PrivateBuckets.builder().adopt("logs", "archive"),
              PrivateBuckets.builder().adopt("LOGS", "archive"))) {
        assertThat(
                catchThrowableOfType(
                    BucketNameException.class,
                    () -> builder.trust("Archive", "acme-inbox", PARTNER, "us-east-1")))
            .hasMessageStartingWith("S3_NAME_CONFLICT: ")
            .hasMessageContaining("'Archive'")
            .hasMessageContaining("'archive'");
        assertThat(
                catchThrowableOfType(
                    BucketNameException.class, () -> builder.adopt("inbox", "logs")))
            .hasMessageStartingWith("S3_NAME_CONFLICT: ")
            .hasMessageContaining("'logs'");
      }
    }

    @Test
    void adopt_underItsOwnName_isThatBucket() {
      PrivateBuckets adopting =
          PrivateBuckets.builder().context(HOME).adopt("prod-logs", "prod-logs").build();

      assertThat(adopting.resolve("prod-logs").physicalName()).isEqualTo("prod-logs");
      assertThat(adopting.resolve("Prod-Logs")).isEqualTo(adopting.resolve("prod-logs"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "logs-111122223333-eu-west-1-un1que1d",
          "Logs-111122223333-EU-west-1-un1que1d",
          "logs-999988887777-us-east-1-x"
        })
    void adopt_underANameOfThePhysicalForm_isRefused(String name) {
      BucketNameException e =
          catchThrowableOfType(
              BucketNameException.class,
              () -> PrivateBuckets.builder().adopt(name, "mycompany-prod-logs"));

      assertThat(e).isNotNull();
      assertThat(e.code()).isEqualTo("S3_NAME_INVALID");
      assertThat(e)
          .hasMessageContaining("'" + name + "'")
          .hasMessageContaining("the form of a physical name");
    }

    @Test
    void declare_nullOwnerOrRegion_isRefusedAndNeverMeansOurs() {
      PrivateBuckets.Builder builder = PrivateBuckets.builder();

      assertThat(
              catchThrowableOfType(
                  NullPointerException.class,
                  () -> builder.trust("inbox", "acme-inbox", null, "us-east-1")))
          .hasMessage("owner");
      assertThat(
              catchThrowableOfType(
                  NullPointerException.class,
                  () -> builder.trust("inbox", "acme-inbox", PARTNER, null)))
          .hasMessage("region");
      assertThat(
              catchThrowableOfType(
                  NullPointerException.class,
                  () -> builder.adopt("audit-logs", "mycompany-prod-logs", null)))
          .hasMessage("region");
    }

    @Test
    void resolve_idOfATrustedBucket_isIt() {
      PrivateBucket bucket = declaring.resolve("partner-inbox");

      assertThat(bucket.arn()).isEqualTo("arn:aws:s3:us-east-1:444455556666:partner-inbox");
      assertThat(declaring.resolve(bucket.arn())).isEqualTo(bucket);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "arn:aws:s3:eu-west-1:444455556666:partner-inbox",
          "arn:aws:s3:us-east-1:444455556666:acme-inbox",
          "arn:aws:s3:us-east-1:999988887777:partner-inbox"
        })
    void resolve_idThatIsAlmostATrustedBuckets_isRefused(String id) {
      assertRefused(declaring, id, ForeignBucketException.class, "S3_ACCOUNT_NOT_TRUSTED");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "arn:aws:s3:::acme-inbox",
          "arn:aws:s3:us-east-1:444455556666:acme-inbox",
          "arn:aws:sns:us-east-1:444455556666:topic",
          "arn:"
        })
    void trust_arnOfNoAccessPoint_isRefused(String arn) {
      BucketNameException e = untrusted(arn, "us-east-1");

      assertThat(e.code()).isEqualTo("S3_ARN_UNSUPPORTED");
      assertThat(e).hasMessageContaining("'" + arn + "'").hasMessageContaining("by its name");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "-s3alias",
          "ARN:aws:s3:us-east-1:444455556666:accesspoint/inbox",
          "evil.com/x-s3alias",
          "two words--ol-s3",
          "LOGS--use1-az4--x-s3",
          "x\r\n.mrap",
          "x..mrap"
        })
    void trust_aliasThatCannotBe_isRefused(String alias) {
      BucketNameException e = untrusted(alias, "us-east-1");

      assertThat(e.code()).isEqualTo("S3_NAME_INVALID");
      assertPrintable(e);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "arn:aws:s3:us-east-1:444455556666:accesspoint/inbox",
          "arn:aws:s3-object-lambda:us-east-1:444455556666:accesspoint/ol",
          "arn:aws:s3-outposts:us-east-1:444455556666:outpost/op-1/accesspoint/ap"
        })
    void trust_accessPointOfAnotherRegion_isRefused(String arn) {
      BucketNameException e = untrusted(arn, "eu-west-1");

      assertThat(e.code()).isEqualTo("S3_NAME_CONFLICT");
      assertThat(e).hasMessageContaining("'" + arn + "'").hasMessageContaining("'eu-west-1'");
    }

    private BucketNameException untrusted(String physicalName, String region) {
      BucketNameException e =
          catchThrowableOfType(
              BucketNameException.class,
              () -> PrivateBuckets.builder().trust("theirs", physicalName, PARTNER, region));
      assertThat(e).as(physicalName).isNotNull();
      return e;
    }

    @Test
    void adopt_accessPoint_isRefusedBecauseItsOwnerIsUnknown() {
      BucketNameException e =
          catchThrowableOfType(
              BucketNameException.class, () -> PrivateBuckets.builder().adopt("x", ACCESS_POINT));

      assertThat(e.code()).isEqualTo("S3_NAME_UNDECLARED");
      assertThat(e)
          .hasMessageContaining("an access point's ARN")
          .hasMessageContaining("trust(...)");
    }

    @Test
    void declare_pseudoRegion_isRefused() {
      assertThat(
              catchThrowableOfType(
                      InvalidContextException.class,
                      () -> PrivateBuckets.builder().adopt("x", "mycompany", "aws-global"))
                  .code())
          .isEqualTo("INVALID_REGION");
      assertThat(
              catchThrowableOfType(
                      InvalidContextException.class,
                      () -> PrivateBuckets.builder().trust("x", "acme", PARTNER, "aws-global"))
                  .code())
          .isEqualTo("INVALID_REGION");
    }
  }

  @Nested
  @DisplayName("another kind of S3 resource")
  class OtherResource {

    @ParameterizedTest
    @CsvSource({
      "arn:aws:s3:us-east-1:444455556666:accesspoint/inbox, an access point's ARN",
      "arn:aws:s3:us-east-1:444455556666:accesspoint:inbox, an access point's ARN",
      "inbox-abc123def-s3alias, an access point's alias",
      "arn:aws:s3::444455556666:accesspoint/mfzwi23gnjvgw.mrap, a Multi-Region Access Point's ARN",
      "mfzwi23gnjvgw.mrap, a Multi-Region Access Point's alias",
      "logs--use1-az4--x-s3, a directory bucket",
      "arn:aws:s3-outposts:us-east-1:444455556666:outpost/op-1/accesspoint/ap, an S3 on Outposts ARN",
      "arn:aws:s3-object-lambda:us-east-1:444455556666:accesspoint/ol, an Object Lambda access point's ARN",
      "ol-abc123def--ol-s3, an Object Lambda access point's alias",
      "ap-abc123def--op-s3, an S3 on Outposts access point's alias",
      "ap--use1-az4--xa-s3, an access point of a directory bucket",
      "warehouse--table-s3, a table bucket"
    })
    void resolve_undeclared_isRefusedAndDeclared_isItself(String written, String kind) {
      assertRefused(buckets, written, BucketNameException.class, "S3_NAME_UNDECLARED")
          .hasMessageContaining("is " + kind + ".")
          .hasMessageContaining("trust(...)");

      PrivateBuckets trusting =
          PrivateBuckets.builder()
              .context(HOME)
              .trust("theirs", written, PARTNER, "us-east-1")
              .build();
      PrivateBucket bucket = trusting.resolve(written);
      assertThat(bucket.name()).isEqualTo("theirs");
      assertThat(bucket.physicalName()).isEqualTo(written);
      assertThat(bucket.owner()).isEqualTo(PARTNER);
      assertThat(bucket.region()).isEqualTo("us-east-1");
      assertThat(trusting.resolve("Theirs")).isEqualTo(bucket);
    }

    @Test
    void resolve_S3sOwnArnOfABucket_isRefusedAndTellsThePrivateId() {
      assertRefused(buckets, "arn:aws:s3:::my-app", BucketNameException.class, "S3_ARN_UNSUPPORTED")
          .hasMessageContaining("does not say whose it is")
          .hasMessageContaining("arn:aws:s3:eu-west-1:111122223333:my-app-assets");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "arn:",
          "arn:aws",
          "arn:aws:s3",
          "arn:aws:s3:eu-west-1:111122223333",
          "ARN:aws:s3:eu-west-1:111122223333:x",
          "arn:aws:S3:eu-west-1:111122223333:x",
          "arn:aws:sns:eu-west-1:111122223333:topic",
          "arn:aws:iam::111122223333:role/x",
          "arn:aws:s3express:us-east-1:111122223333:bucket/logs--use1-az4--x-s3",
          "arn:aws:s3tables:us-east-1:111122223333:bucket/warehouse",
          "arn:aws:s3-object-lambda:us-east-1:111122223333:x",
          "arn:\r\n:x:::"
        })
    void resolve_otherOrMalformedArn_isRefused(String arn) {
      assertRefused(buckets, arn, BucketNameException.class, "S3_ARN_UNSUPPORTED")
          .hasMessageContaining("arn:aws:s3:eu-west-1:111122223333:my-app-assets");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "arn:aws:s3:eu-west-1:111122223333:",
          "arn:aws:s3:eu-west-1:111122223333:a:b",
          "arn:aws:s3:eu-west-1:111122223333:a/b",
          "arn:aws:s3:eu-west-1:111122223333:*",
          "arn:aws:s3:eu-west-1:111122223333:my.app"
        })
    void resolve_idOfWhatIsNoName_isRefused(String id) {
      assertThat(refusal(buckets, id, BucketNameException.class).code())
          .isEqualTo("S3_NAME_INVALID");
    }
  }

  @Nested
  @DisplayName("what cannot be a name")
  class NotAName {

    @Test
    void resolve_empty_isRefused() {
      assertThat(refusal(buckets, "", BucketNameException.class))
          .hasMessageContaining("S3_NAME_INVALID: The bucket is empty")
          .hasMessageContaining("'my-app-assets'");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "my.app",
          "my/app",
          "../evil",
          "my_app",
          "my app",
          " my-app",
          "my-app ",
          "my\tapp",
          "my\r\napp",
          "my-app\u0000",
          "my:app",
          "my?app",
          "my#app",
          "my%2fapp",
          "my@app",
          "my\\app",
          "my-äpp",
          "my-app-１２", // full-width digits
          "ıstanbul", // dotless i
          "İstanbul", // dotted capital I
          "my\u200bapp", // zero-width space
          "\ufeffmy-app", // byte order mark
          "my‐app", // a hyphen that is not '-'
          "bac\u212aup", // Kelvin sign, which lower-cases to k
          "\uD83D\uDE00",
          "\uD83D"
        })
    void resolve_badCharacter_isRefusedWithoutRepeatingIt(String name) {
      assertRefused(buckets, name, BucketNameException.class, "S3_NAME_INVALID")
          .hasMessageContaining("a character it cannot have at position")
          .hasMessageContaining("letters, digits and inner '-'")
          .hasMessageContaining("adopt(...)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-my-app", "my-app-", "-", "--", "-a-"})
    void resolve_outerHyphen_isRefused(String name) {
      assertRefused(buckets, name, BucketNameException.class, "S3_NAME_INVALID")
          .hasMessageContaining("begins or ends with '-'");
    }

    @ParameterizedTest
    @CsvSource({
      "us-east-1, 37",
      "eu-west-1, 37",
      "us-gov-west-1, 33",
      "ap-southeast-1, 32",
      "eusc-de-east-1, 32",
      "us-isof-south-1, 31"
    })
    void resolve_longerThanTheRegionLeavesRoomFor_saysTheLongest(String region, int longest) {
      PrivateBuckets there = PrivateBuckets.of(ExecutionContext.of(US, region));

      assertThat(BucketNaming.accountRegional().longestName(region)).isEqualTo(longest);
      assertThat(there.resolve("x".repeat(longest)).physicalName()).hasSize(63);
      assertRefused(there, "x".repeat(longest + 1), BucketNameException.class, "S3_NAME_TOO_LONG")
          .hasMessageContaining("has " + (longest + 1) + " characters")
          .hasMessageContaining("in " + region + " the longest has " + longest)
          .hasMessageContaining("Shorten it");
    }

    @Test
    void resolve_suffixedNaming_leavesLessRoom() {
      assertThat(suffixed.naming().longestName("eu-west-1")).isEqualTo(31);
      assertThat(suffixed.resolve("x".repeat(31)).physicalName()).hasSize(63);
      assertRefused(suffixed, "x".repeat(32), BucketNameException.class, "S3_NAME_TOO_LONG")
          .hasMessageContaining("the longest has 31")
          .hasMessageContaining("-un1que1d");
    }

    @Test
    void resolve_enormous_isRefusedWithAShortMessage() {
      BucketNameException e = refusal(buckets, "x".repeat(1_000_000), BucketNameException.class);

      assertThat(e.code()).isEqualTo("S3_NAME_TOO_LONG");
      assertThat(e.getMessage()).hasSizeLessThan(600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xn--app", "sthree-app", "amzn-s3-demo-app", "XN--app", "STHREE-app"})
    void resolve_reservedPrefix_isRefused(String name) {
      assertRefused(buckets, name, BucketNameException.class, "S3_NAME_RESERVED")
          .hasMessageContaining("begins with '")
          .hasMessageContaining("Begin it otherwise");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "my-app-an",
          "MY-APP-AN",
          "my-app-S3ALIAS",
          "a--OL-S3",
          "a--Op-s3",
          "a--XA-s3",
          "a--X-S3",
          "a--Table-s3"
        })
    void resolve_reservedSuffix_isRefused(String name) {
      assertRefused(buckets, name, BucketNameException.class, "S3_NAME_RESERVED")
          .hasMessageContaining("ends in '-")
          .hasMessageContaining("End it otherwise");
    }
  }

  @Nested
  @DisplayName("what the builder is told")
  class Told {

    @Test
    void of_isTheDefaultNaming() {
      assertThat(buckets.naming()).isEqualTo(BucketNaming.accountRegional());
      assertThat(buckets.context()).isEqualTo(HOME);
    }

    @Test
    void build_builderChangedAfterwards_changesNothing() {
      PrivateBuckets.Builder builder = PrivateBuckets.builder().context(HOME);
      PrivateBuckets built = builder.build();

      var unused = builder.adopt("audit-logs", "mycompany-prod-logs").trustAccount(SISTER).build();

      assertThat(built.resolve("audit-logs").physicalName()).endsWith("-an");
      assertRefused(
          built,
          "arn:aws:s3:eu-west-1:777788889999:x",
          ForeignBucketException.class,
          "S3_ACCOUNT_NOT_TRUSTED");
    }
  }

  @CanIgnoreReturnValue
  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      PrivateBuckets buckets,
      String written,
      Class<? extends OwnproofException> type,
      String code) {
    return assertRefused(buckets, written, written, type, code);
  }

  @CanIgnoreReturnValue
  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      PrivateBuckets buckets,
      String written,
      String quoted,
      Class<? extends OwnproofException> type,
      String code) {
    OwnproofException e = refusal(buckets, written, type);
    assertThat(e.code()).isEqualTo(code);
    assertPrintable(e);
    assertThat(e).hasMessageStartingWith(code + ": ");
    return assertThat(e).hasMessageContaining(OwnproofException.quote(quoted));
  }

  private static <E extends OwnproofException> E refusal(
      PrivateBuckets buckets, String written, Class<E> type) {
    E refusal = catchThrowableOfType(type, () -> buckets.resolve(written));
    assertThat(refusal).as("refusal of <%s>", written).isNotNull();
    return refusal;
  }

  private static void assertPrintable(Throwable e) {
    assertThat(e.getMessage()).matches("[ -~]*");
  }
}
