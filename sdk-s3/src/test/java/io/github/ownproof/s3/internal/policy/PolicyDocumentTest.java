package io.github.ownproof.s3.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {

  private static final PolicyStatement OURS =
      PolicyStatement.parse("{\"Sid\":\"Ours\",\"Effect\":\"Deny\"}");

  @Property(tries = 300)
  void parse_whatWasWritten_isEqual(@ForAll("policies") String json) {
    PolicyDocument policy = PolicyDocument.parse(json);
    PolicyDocument again = PolicyDocument.parse(policy.toJson());
    assertThat(again).isEqualTo(policy);
    assertThat(again.means(policy)).isTrue();
    assertThat(text(policy)).isEqualTo(json);
  }

  @Property(tries = 300)
  void withAndWithout_keepForeignStatementsByteForByte(@ForAll("policies") String json) {
    PolicyDocument policy = PolicyDocument.parse(json);
    PolicyDocument with = policy.with(OURS);
    assertThat(with.statement("Ours")).contains(OURS);
    assertThat(text(with))
        .startsWith(json.substring(0, json.length() - "]}".length()))
        .endsWith(OURS.toJson() + "]}");
    PolicyDocument without = with.with(OURS).without(one -> one.sid().equals(Optional.of("Ours")));
    assertThat(text(without)).isEqualTo(json);
    assertThat(without.means(policy)).isTrue();
    assertThat(with.means(policy)).isFalse();
  }

  /** The JSON writer escapes what two chars stand for. */
  private static String text(PolicyDocument policy) {
    return policy.toJson().replace("\\uD83D\\uDE00", "😀");
  }

  /** Statements with everything JSON can hold, as others may have written them. */
  @Provide
  Arbitrary<String> policies() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .withChars('a', 'Z', '9', '*', '$', '{', '}', ':', '/', ',', '[', ']', 'é', '€')
            .ofMaxLength(12)
            .map(plain -> '"' + plain + '"');
    Arbitrary<String> value =
        Arbitraries.oneOf(
            text,
            Arbitraries.of(
                "1",
                "-0.10",
                "1e400",
                "123456789012345678901234567890",
                "true",
                "false",
                "null",
                "\"\\\"quoted\\\\\"",
                "\"😀\"",
                "[]",
                "{}"),
            text.list().ofMaxSize(3).map(all -> '[' + String.join(",", all) + ']'),
            text.map(one -> "{\"StringEquals\":{\"aws:x\":" + one + ",\"aws:y\":2.50}}"));
    Arbitrary<String> statement =
        value
            .list()
            .ofMaxSize(6)
            .map(
                values -> {
                  List<String> members = new ArrayList<>();
                  for (int i = 0; i < values.size(); i++) {
                    members.add("\"Element" + (values.size() - i) + "\":" + values.get(i));
                  }
                  return '{' + String.join(",", members) + '}';
                });
    return statement
        .list()
        .ofMaxSize(5)
        .map(
            all ->
                "{\"Version\":\"2012-10-17\",\"Id\":\"x\",\"Statement\":["
                    + all.stream().collect(Collectors.joining(","))
                    + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "Principal": "*"                                    | "Principal": {"AWS": "*"}
          "Principal": "*"                                    | "Principal": {"AWS": ["*"]}
          "Principal": {"AWS": "111122223333"}                | "Principal": {"AWS": "arn:aws:iam::111122223333:root"}
          "Principal": {"AWS": ["111122223333", "x"]}         | "Principal": {"AWS": ["x", "arn:aws-cn:iam::111122223333:root"]}
          "Action": "s3:GetObject"                            | "Action": ["S3:getobject"]
          "Action": ["a:b", "a:c"]                            | "Action": ["a:c", "a:b", "a:b"]
          "Resource": "arn:aws:s3:::b"                        | "Resource": ["arn:aws:s3:::b"]
          "Condition": {"Bool": {"aws:SecureTransport": true}} | "Condition": {"bool": {"AWS:securetransport": ["true"]}}
          "Condition": {"NumericEquals": {"s3:max-keys": 10}} | "Condition": {"NumericEquals": {"s3:max-keys": "10"}}
          "Sid": "x", "Effect": "Deny"                        | "Effect": "Deny", "Sid": "x"
          """)
  void statements_ofOtherForm_meanTheSame(String one, String other) {
    assertThat(statement(one).means(statement(other))).isTrue();
    assertThat(statement(other).means(statement(one))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "Principal": "*"                            | "Principal": {"AWS": "111122223333"}
          "Principal": "*"                            | "Principal": {"Service": "*"}
          "Principal": "*"                            | "NotPrincipal": "*"
          "Principal": {"AWS": "111122223333"}        | "Principal": {"AWS": "arn:aws:iam::111122223333:role/r"}
          "Action": ["a:b", "a:c"]                    | "Action": ["a:b"]
          "Resource": "arn:aws:s3:::b/K"              | "Resource": "arn:aws:s3:::b/k"
          "Condition": {"Bool": {"k": "true"}}        | "Condition": {"Bool": {"k": "false"}}
          "Condition": {"Bool": {"k": "true"}}        | "Condition": {"BoolIfExists": {"k": "true"}}
          "Condition": {"Bool": {"k": "1", "K": "2"}} | "Condition": {"Bool": {"k": "2"}}
          "Condition": {"StringEquals": {"k": "a"}}   | "Condition": {"StringEquals": {"k": "A"}}
          "Condition": {"Null": {"k": "null"}}        | "Condition": {"Null": {"k": null}}
          "Sid": "x"                                  | "Sid": "y"
          """)
  void statements_thatSayOther_meanOther(String one, String other) {
    assertThat(statement(one).means(statement(other))).isFalse();
    assertThat(statement(other).means(statement(one))).isFalse();
  }

  private static PolicyStatement statement(String elements) {
    return PolicyStatement.parse('{' + elements + '}');
  }

  @Test
  void means_countsStatements() {
    PolicyDocument once = PolicyDocument.parse("{\"Statement\":[{\"Sid\":\"a\"},{\"Sid\":\"b\"}]}");
    PolicyDocument twice =
        PolicyDocument.parse("{\"Statement\":[{\"Sid\":\"a\"},{\"Sid\":\"a\"}]}");
    PolicyDocument turned =
        PolicyDocument.parse("{\"Statement\":[{\"Sid\":\"b\"},{\"Sid\":\"a\"}]}");
    assertThat(once.means(twice)).isFalse();
    assertThat(twice.means(once)).isFalse();
    assertThat(once.means(turned)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"x\"",
        "{}",
        "{\"Statement\": null}",
        "{\"Statement\": [1]}",
        "{\"Statement\": \"x\"}",
        "{\"Statement\": [], \"Statement\": []}",
        "{\"Statement\": [{\"Effect\": \"Deny\", \"Effect\": \"Allow\"}]}",
        "{\"Statement\": [{\"Effect\": \"Deny\", \"\\u0045ffect\": \"Allow\"}]}",
        "{\"Statement\": [{\"Condition\": {\"a\": {\"b\": 1, \"b\": 1}}}]}",
        "{\"Statement\": []} {\"Statement\": [{}]}",
        "{\"Statement\": []} x",
        "{\"Statement\": []} {}",
        "{\"Statement\": [] /* x */ }",
        "{\"Statement\": [{\"a\": [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}]}",
        "{\"Statement\": []}]",
        "{\"Statement\": [] /* \" */ }",
        "// x\n{\"Statement\": []}",
        "\uFEFF{\"Statement\": []}",
        "{\"Statement\": [\"\\ud83d\"]}",
        "{\"Statement\": [{\"Sid\": \"\\ud83d\"}]}",
        "{\"Statement\": [{\"\\ude00\": 1}]}",
        "{\"Statement\": [{\"Sid\": \"x}]}",
        "{\"Statement\": [{\"Sid\": \"x\"}]",
        "{'Statement': []}",
        "{Statement: []}",
        "{\"Statement\": [],}",
        "{\"Statement\": [{\"a\": NaN}]}",
        "{\"Statement\": [{\"a\": 01}]}",
        "{\"Statement\": [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}"
      })
  void parse_whatIsNoPolicy_isRefused(String json) {
    assertThatThrownBy(() -> PolicyDocument.parse(json))
        .isInstanceOf(MalformedPolicyException.class);
  }

  @Test
  void parse_largerThanS3Takes_isRefused() {
    String largest = "{\"Statement\":[],\"Id\":\"" + "x".repeat(20 * 1024 - 24) + "\"}";
    assertThat(PolicyDocument.parse(largest).isEmpty()).isTrue();
    assertThatThrownBy(() -> PolicyDocument.parse(largest + ' '))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessageContaining("20480");
  }
}
