package io.github.ownproof.s3.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One row a statement: who, under which condition; public or not, and why. */
class PublicAccessJudgeTest {

  private static final String TABLE = "public-statements.txt";

  static Iterable<Arguments> statements() {
    return JudgeTable.read(TABLE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void statement_isJudged(String name, String verdict, String elements, String why) {
    PolicyStatement statement = JudgeTable.statement(elements);
    assertThat(PublicAccessJudge.isPublic(statement)).isEqualTo(verdict.startsWith("public"));
    assertThat(PublicAccessJudge.opensCloudFront(statement)).isEqualTo(verdict.endsWith("cdn"));
    Optional<String> reason = PublicAccessJudge.whyPublic(statement);
    if (!why.isEmpty()) {
      assertThat(reason).hasValueSatisfying(text -> assertThat(text).contains(why));
    }
  }

  /** A Deny lets nobody in, whatever it says of whom. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void denial_isNeverPublic_ifItCanBeRead(
      String name, String verdict, String elements, String why) {
    if (!why.startsWith("cannot be read")) {
      PolicyStatement statement =
          PolicyStatement.parse(
              JudgeTable.statement(elements)
                  .toJson()
                  .replace("\"Effect\":\"Allow\"", "\"Effect\":\"Deny\""));
      assertThat(PublicAccessJudge.isPublic(statement)).isFalse();
      assertThat(PublicAccessJudge.opensCloudFront(statement)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"Version": "2012-10-17", "statement": [], "Statement": []}""",
        """
        {"Version": "2020-01-01", "Statement": []}""",
        """
        {"Version": 2012, "Statement": []}""",
        """
        {"Version": "2012-10-17", "Id": ["x"], "Statement": []}"""
      })
  void policy_ofAnotherForm_isUnreadable(String policy) {
    assertThat(PublicAccessJudge.whyUnreadable(PolicyDocument.parse(policy))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"Version": "2012-10-17", "Id": "x", "Statement": []}""",
        """
        {"Version": "2008-10-17", "Statement": []}""",
        """
        {"Statement": []}"""
      })
  void policy_ofEitherVersion_isReadable(String policy) {
    assertThat(PublicAccessJudge.whyUnreadable(PolicyDocument.parse(policy))).isEmpty();
  }
}
