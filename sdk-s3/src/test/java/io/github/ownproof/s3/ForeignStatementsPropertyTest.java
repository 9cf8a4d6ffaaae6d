package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever else a bucket's policy says, a promotion and its demotion leave it as it was. */
class ForeignStatementsPropertyTest {

  private static PromotionRig rig;

  @BeforeContainer
  static void start() {
    rig = new PromotionRig();
  }

  @AfterContainer
  static void stop() {
    rig.close();
  }

  @Property(tries = 40)
  void promotedAndDemoted_thePolicyIsWhatItWas(@ForAll("policies") String policy) {
    var put = rig.raw().putBucketPolicy(r -> r.bucket(PromotionRig.PHYSICAL).policy(policy));
    assertThat(put).isNotNull();
    PolicyDocument before = PolicyDocument.parse(policy);

    assertThat(rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT).outcome())
        .isEqualTo(PromotionReport.Outcome.PROMOTED);
    PolicyDocument promoted = PolicyDocument.parse(rig.policy(PromotionRig.PHYSICAL));
    assertThat(promoted.version()).isEqualTo(before.version());
    assertThat(promoted.statements()).hasSize(before.statements().size() + 1);
    assertThat(promoted.statements().subList(0, before.statements().size()))
        .isEqualTo(before.statements());

    assertThat(rig.s3.demoteBucket(PromotionRig.CLOUD_FRONT).outcome())
        .isEqualTo(DemotionReport.Outcome.DEMOTED);
    assertThat(PolicyDocument.parse(rig.policy(PromotionRig.PHYSICAL))).isEqualTo(before);
  }

  @Provide
  Arbitrary<String> policies() {
    Arbitrary<List<String>> statements = statement().list().ofMinSize(1).ofMaxSize(4);
    Arbitrary<String> head =
        Arbitraries.of(
            "\"Version\": \"2012-10-17\"",
            "\"Version\": \"2008-10-17\", \"Id\": \"x\\u00e9\\\"y\"",
            "\"Id\": \"no version\"");
    return Combinators.combine(head, statements, Arbitraries.of(true, false))
        .as(
            (first, all, alone) ->
                "{"
                    + first
                    + ", \"Statement\": "
                    + (alone && all.size() == 1 ? all.get(0) : all.toString())
                    + "}");
  }

  private static Arbitrary<String> statement() {
    Arbitrary<String> sid =
        Arbitraries.of(
            "", "\"Sid\": \"OwnproofPromotion\", ", "\"Sid\": \"\", ", "\"Sid\": \"Partner 1\", ");
    Arbitrary<String> who =
        Arbitraries.of(
            "\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"444455556666\"}",
            "\"Effect\": \"Allow\", \"Principal\": {\"AWS\": [\"arn:aws:iam::444455556666:root\","
                + " \"arn:aws:iam::444455556666:role/r\"]}",
            "\"Effect\": \"Deny\", \"Principal\": {\"AWS\": \"444455556666\","
                + " \"Service\": [\"logs.amazonaws.com\"]}",
            "\"Effect\": \"Deny\", \"NotPrincipal\": {\"AWS\": \"111122223333\"}");
    Arbitrary<String> what =
        Arbitraries.of(
            "\"Action\": \"s3:GetObject\"",
            "\"Action\": [\"s3:Get*\", \"s3:PutObject\"]",
            "\"NotAction\": [\"s3:*\"]");
    String bucket = "arn:aws:s3:::" + PromotionRig.PHYSICAL;
    Arbitrary<String> where =
        Arbitraries.of(
            "\"Resource\": \"" + bucket + "/in/*\"",
            "\"Resource\": [\"" + bucket + "\", \"" + bucket + "/\\u00fc${aws:userid}/?\"]",
            "\"NotResource\": \"" + bucket + "/photos/*\"");
    Arbitrary<String> when =
        Arbitraries.of(
            "",
            ", \"Condition\": {}",
            ", \"Condition\": {\"StringEquals\": {\"aws:PrincipalOrgID\": [\"o-2\", \"o-1\"]},"
                + " \"Bool\": {\"aws:SecureTransport\": true}}",
            ", \"Condition\": {\"NumericLessThanIfExists\": {\"s3:max-keys\": 1.50}}");
    return Combinators.combine(sid, who, what, where, when)
        .as((a, b, c, d, e) -> "{" + a + b + ", " + c + ", " + d + e + "}");
  }
}
