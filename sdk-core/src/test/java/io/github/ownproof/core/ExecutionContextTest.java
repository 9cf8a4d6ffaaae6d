package io.github.ownproof.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionContextTest {

  private static final String ACCOUNT = "111122223333";

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, aws",
    "us-east-1, aws",
    "ap-southeast-7, aws",
    "mx-central-1, aws",
    "il-central-1, aws",
    "cn-north-1, aws-cn",
    "cn-northwest-1, aws-cn",
    "us-gov-west-1, aws-us-gov",
    "us-gov-east-1, aws-us-gov",
    "eusc-de-east-1, aws-eusc",
    "us-iso-east-1, aws-iso",
    "us-isob-east-1, aws-iso-b",
    "eu-isoe-west-1, aws-iso-e",
    "us-isof-south-1, aws-iso-f"
  })
  void of_region_tellsItsPartition(String region, String partition) {
    ExecutionContext context = ExecutionContext.of(ACCOUNT, region);

    assertThat(context.partition()).isEqualTo(partition);
    assertThat(context.region()).isEqualTo(region);
    assertThat(context.account()).isEqualTo(AccountId.of(ACCOUNT));
    assertThat(context.arn("my-app-assets"))
        .isEqualTo("arn:" + partition + ":s3:" + region + ":" + ACCOUNT + ":my-app-assets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws-global",
        "aws-cn-global",
        "aws-us-gov-global",
        "aws-iso-global",
        "fips-us-east-1x",
        "us-east-1-fips",
        "",
        "eu-west",
        "eu-west-",
        "eu-west-123",
        "EU-WEST-1",
        "eu_west_1",
        "eu-west-1\n",
        " eu-west-1",
        "eu-west-1a",
        "eu-west-\u0661",
        "e-west-1",
        "eu-west-1/../x",
        "abcdefghijklmnopqrstuvwxyz-abcd-1"
      })
  void of_noSingleRegion_isRefused(String region) {
    assertThatThrownBy(() -> ExecutionContext.of(ACCOUNT, region))
        .isInstanceOfSatisfying(
            InvalidContextException.class, e -> assertThat(e.code()).isEqualTo("INVALID_REGION"))
        .hasMessageContaining(OwnproofException.quote(region));
  }

  @Test
  void of_badAccount_isRefusedBeforeTheRegion() {
    assertThatThrownBy(() -> ExecutionContext.of("1", "aws-global"))
        .isInstanceOfSatisfying(
            InvalidContextException.class,
            e -> assertThat(e.code()).isEqualTo("INVALID_ACCOUNT_ID"));
  }

  @ParameterizedTest
  @CsvSource({
    "aws-cn, eu-west-1, aws",
    "aws, cn-north-1, aws-cn",
    "aws, us-gov-west-1, aws-us-gov"
  })
  void constructor_regionOfAnotherPartition_isRefusedNamingBoth(
      String partition, String region, String expected) {
    assertThatThrownBy(() -> new ExecutionContext(partition, AccountId.of(ACCOUNT), region))
        .isInstanceOfSatisfying(
            InvalidContextException.class, e -> assertThat(e.code()).isEqualTo("INVALID_PARTITION"))
        .hasMessageContaining("'" + region + "'")
        .hasMessageContaining("in partition " + expected + ",")
        .hasMessageContaining("'" + partition + "'");
  }

  @Test
  void withRegion_samePartition_keepsTheAccount() {
    ExecutionContext there = ExecutionContext.of(ACCOUNT, "eu-west-1").withRegion("us-east-1");

    assertThat(there).isEqualTo(ExecutionContext.of(ACCOUNT, "us-east-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cn-north-1", "us-gov-west-1", "eusc-de-east-1"})
  void withRegion_anotherPartition_isRefused(String region) {
    ExecutionContext context = ExecutionContext.of(ACCOUNT, "eu-west-1");

    assertThatThrownBy(() -> context.withRegion(region))
        .isInstanceOfSatisfying(
            InvalidContextException.class,
            e -> assertThat(e.code()).isEqualTo("INVALID_PARTITION"));
  }

  @Test
  void toString_isPartitionAccountRegion() {
    assertThat(ExecutionContext.of(ACCOUNT, "cn-north-1"))
        .hasToString("aws-cn/111122223333/cn-north-1");
  }

  @Test
  void provider_ofAContext_alwaysAnswersIt() {
    ExecutionContext context = ExecutionContext.of(ACCOUNT, "eu-west-1");
    ExecutionContextProvider provider = ExecutionContextProvider.of(context);

    assertThat(provider.context()).isSameAs(context);
    assertThat(provider.context()).isSameAs(context);
  }

  @Test
  void equals_isByAccountAndRegion() {
    ExecutionContext here = ExecutionContext.of(ACCOUNT, "eu-west-1");

    assertThat(here).isEqualTo(new ExecutionContext("aws", AccountId.of(ACCOUNT), "eu-west-1"));
    assertThat(here).hasSameHashCodeAs(ExecutionContext.of(ACCOUNT, "eu-west-1"));
    assertThat(here).isNotEqualTo(ExecutionContext.of("444455556666", "eu-west-1"));
    assertThat(here).isNotEqualTo(ExecutionContext.of(ACCOUNT, "eu-west-2"));
  }

  @Test
  void fixedProvider_equals_isByContext() {
    EqualsVerifier.forClass(FixedExecutionContext.class)
        .withPrefabValues(
            ExecutionContext.class,
            ExecutionContext.of(ACCOUNT, "eu-west-1"),
            ExecutionContext.of(ACCOUNT, "eu-west-2"))
        .suppress(Warning.NULL_FIELDS)
        .verify();
  }
}
