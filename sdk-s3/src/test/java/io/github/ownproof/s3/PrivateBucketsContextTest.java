package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.ExecutionContextProvider;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PrivateBucketsContextTest {

  private static final ExecutionContext IRELAND = ExecutionContext.of("111122223333", "eu-west-1");
  private static final ExecutionContext OTHER_ACCOUNT =
      ExecutionContext.of("999988887777", "eu-west-1");

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicReference<ExecutionContext> answer = new AtomicReference<>(IRELAND);
  private final ExecutionContextProvider provider =
      () -> {
        calls.incrementAndGet();
        ExecutionContext context = answer.get();
        if (context == null) {
          throw new IllegalStateException("nobody answers");
        }
        return context;
      };

  @Test
  void build_withProvider_doesNotAskIt() {
    PrivateBuckets buckets =
        PrivateBuckets.builder()
            .context(provider)
            .adopt("audit-logs", "mycompany-prod-logs")
            .trustAccount(AccountId.of("777788889999"))
            .build();

    assertThat(buckets.naming()).isEqualTo(BucketNaming.accountRegional());
    assertThat(buckets).hasToString("PrivateBuckets[accountRegional()]");
    assertThat(buckets.isContextKnown()).isFalse();
    assertThat(calls).hasValue(0);
  }

  @Test
  void resolve_withProvider_asksItAndKnowsTheContextThen() {
    PrivateBuckets buckets = PrivateBuckets.builder().context(provider).build();

    assertThat(buckets.resolve("logs").owner()).isEqualTo(IRELAND.account());
    assertThat(calls.get()).isPositive();
    assertThat(buckets.isContextKnown()).isTrue();
    assertThat(buckets).asString().contains("111122223333");
  }

  @Test
  void resolve_accountRotated_isTheNewAccountsBucket() {
    PrivateBuckets buckets = PrivateBuckets.builder().context(provider).build();
    PrivateBucket before = buckets.resolve("logs");

    answer.set(OTHER_ACCOUNT);
    PrivateBucket after = buckets.resolve("logs");

    assertThat(before.physicalName()).isEqualTo("logs-111122223333-eu-west-1-an");
    assertThat(after.physicalName()).isEqualTo("logs-999988887777-eu-west-1-an");
    assertThat(after.owner()).isEqualTo(OTHER_ACCOUNT.account());
    assertThat(buckets.context()).isEqualTo(OTHER_ACCOUNT);
  }

  @Test
  void resolve_accountRotated_refusesTheOldAccountsNames() {
    PrivateBuckets buckets = PrivateBuckets.builder().context(provider).build();
    PrivateBucket before = buckets.resolve("logs");

    answer.set(OTHER_ACCOUNT);

    assertThatThrownBy(() -> buckets.resolve(before.physicalName()))
        .isInstanceOf(ForeignBucketException.class)
        .hasMessageStartingWith("S3_BUCKET_FOREIGN: ");
    assertThatThrownBy(() -> buckets.resolve(before.arn()))
        .isInstanceOf(ForeignBucketException.class)
        .hasMessageStartingWith("S3_ACCOUNT_NOT_TRUSTED: ");
    assertThat(buckets.names().byPhysicalName(before.physicalName())).isNull();
  }

  @Test
  void resolve_accountRotated_movesAdoptedButNotTrustedBuckets() {
    PrivateBuckets buckets =
        PrivateBuckets.builder()
            .context(provider)
            .adopt("audit-logs", "mycompany-prod-logs")
            .trust("inbox", "acme-inbox", AccountId.of("444455556666"), "us-east-1")
            .build();
    assertThat(buckets.resolve("audit-logs").owner()).isEqualTo(IRELAND.account());

    answer.set(OTHER_ACCOUNT);

    assertThat(buckets.resolve("audit-logs").owner()).isEqualTo(OTHER_ACCOUNT.account());
    assertThat(buckets.resolve("inbox").owner()).isEqualTo(AccountId.of("444455556666"));
  }

  @Test
  void resolve_rotatedThereAndBack_isTheFirstAgain() {
    PrivateBuckets buckets = PrivateBuckets.builder().context(provider).build();
    PrivateBucket before = buckets.resolve("logs");

    answer.set(IRELAND.withRegion("us-east-1"));
    assertThat(buckets.resolve("logs").physicalName()).isEqualTo("logs-111122223333-us-east-1-an");

    answer.set(IRELAND);
    assertThat(buckets.resolve("logs")).isEqualTo(before);
  }

  @Test
  void resolve_providerFails_saysSoAndAsksAgainNextTime() {
    PrivateBuckets buckets = PrivateBuckets.builder().context(provider).build();
    answer.set(null);

    assertThatThrownBy(() -> buckets.resolve("logs"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nobody answers");
    assertThat(buckets.isContextKnown()).isFalse();

    answer.set(IRELAND);
    assertThat(buckets.resolve("logs").owner()).isEqualTo(IRELAND.account());
  }

  @Test
  void resolve_providerFailsLater_doesNotFallBackToTheOldContext() {
    PrivateBuckets buckets = PrivateBuckets.builder().context(provider).build();
    assertThat(buckets.resolve("logs").owner()).isEqualTo(IRELAND.account());

    answer.set(null);

    assertThatThrownBy(() -> buckets.resolve("logs")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void context_givenExplicitly_isKnownWithoutAskingAnyone() {
    PrivateBuckets buckets = PrivateBuckets.builder().context(provider).context(IRELAND).build();

    assertThat(buckets.isContextKnown()).isTrue();
    assertThat(buckets.resolve("logs").owner()).isEqualTo(IRELAND.account());
    assertThat(calls).hasValue(0);
  }

  @Test
  void context_providerAfterExplicit_isAskedAgain() {
    PrivateBuckets buckets =
        PrivateBuckets.builder().context(OTHER_ACCOUNT).context(provider).build();

    assertThat(buckets.isContextKnown()).isFalse();
    assertThat(buckets.resolve("logs").owner()).isEqualTo(IRELAND.account());
    assertThat(calls.get()).isPositive();
  }
}
