package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopySourceTest {

  @ParameterizedTest
  @CsvSource({
    "logs/key, logs, /key",
    "logs/a/b/c, logs, /a/b/c",
    "/logs/key, logs, /key",
    "logs/, logs, /",
    "logs//key, logs, //key",
    "logs%2Fa/b, logs, %2Fa/b",
    "logs%2fa%2fb, logs, %2fa%2fb",
    "logs/a%2Fb, logs, /a%2Fb",
    "lo%67s/key, logs, /key",
    "logs/k%20e+y%C3%A9, logs, /k%20e+y%C3%A9",
    "logs/key?versionId=3HL4kqtJlcpXroDTDmJ, logs, /key?versionId=3HL4kqtJlcpXroDTDmJ",
    "my.dotted.bucket/key, my.dotted.bucket, /key",
    "logs/../evil/key, logs, /../evil/key",
    "logs/arn:aws:s3:::x/object/y, logs, /arn:aws:s3:::x/object/y"
  })
  void parse_plainOrEncoded_splitsAtTheFirstSlash(String header, String bucket, String rest) {
    assertThat(CopySource.parse(header)).isEqualTo(new CopySource(bucket, rest));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:eu-west-1:111122223333:my-app/key, arn:aws:s3:eu-west-1:111122223333:my-app, /key",
    "/arn:aws:s3:eu-west-1:111122223333:my-app/key, arn:aws:s3:eu-west-1:111122223333:my-app, /key",
    "arn%3Aaws%3As3%3Aeu-west-1%3A111122223333%3Amy-app/a/b,"
        + " arn:aws:s3:eu-west-1:111122223333:my-app, /a/b",
    "arn%3aaws%3as3%3aeu-west-1%3a111122223333%3amy-app%2fa?versionId=1,"
        + " arn:aws:s3:eu-west-1:111122223333:my-app, %2fa?versionId=1",
    "arn:aws:s3:eu-west-1:111122223333:my-app/object/key,"
        + " arn:aws:s3:eu-west-1:111122223333:my-app, /object/key",
    "arn:aws:s3:eu-west-1:111122223333:my-app/accesspoint/in/object/key,"
        + " arn:aws:s3:eu-west-1:111122223333:my-app, /accesspoint/in/object/key"
  })
  void parse_privateId_isTheBucket(String header, String bucket, String rest) {
    assertThat(CopySource.parse(header)).isEqualTo(new CopySource(bucket, rest));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:us-east-1:444455556666:accesspoint/in/object/a/b?versionId=1,"
        + " arn:aws:s3:us-east-1:444455556666:accesspoint/in, /object/a/b?versionId=1",
    "/arn:aws:s3:us-east-1:444455556666:accesspoint/in/object/object/x,"
        + " arn:aws:s3:us-east-1:444455556666:accesspoint/in, /object/object/x",
    "arn%3Aaws%3As3%3Aus-east-1%3A444455556666%3Aaccesspoint/in/object/a,"
        + " arn:aws:s3:us-east-1:444455556666:accesspoint/in, /object/a",
    "arn:aws:s3-outposts:us-east-1:444455556666:outpost/op-1/accesspoint/in/object/a,"
        + " arn:aws:s3-outposts:us-east-1:444455556666:outpost/op-1/accesspoint/in, /object/a",
    "arn%3Aaws%3As3%3Aus-east-1%3A444455556666%3Aaccesspoint%2Fin%2Fobject%2Fa%2Fb,"
        + " arn:aws:s3:us-east-1:444455556666:accesspoint/in, %2Fobject%2Fa%2Fb",
    "arn:aws:s3:us-east-1:444455556666:accesspoint/object/object/a,"
        + " arn:aws:s3:us-east-1:444455556666:accesspoint/object, /object/a"
  })
  void parse_accessPointArn_endsBeforeObject(String header, String bucket, String rest) {
    assertThat(CopySource.parse(header)).isEqualTo(new CopySource(bucket, rest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "//evil/key",
        "logs",
        "/logs",
        "%2F",
        "%2Flogs/key",
        "arn:aws:s3:eu-west-1:111122223333:my-app",
        "?versionId=1",
        "line\r\nfeed",
        "%/key",
        "%zz/key",
        "logs%2/key",
        "l%gogs%2Fkey"
      })
  void parse_noBucketOrNoKey_isRefused(String header) {
    assertRefused(header);
  }

  @ParameterizedTest
  @CsvSource({
    "my-app/a/b, my-app-111122223333-eu-west-1-an/a/b",
    "/my-app/a?versionId=1, my-app-111122223333-eu-west-1-an/a?versionId=1",
    "my-app%2Fa, my-app-111122223333-eu-west-1-an%2Fa"
  })
  void in_physicalName_keepsTheRestToTheLetter(String header, String expected) {
    assertThat(CopySource.parse(header).in("my-app-111122223333-eu-west-1-an")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:us-east-1:444455556666:accesspoint/in/object/a",
    "logs/a/b",
    "arn:aws:s3:eu-west-1:111122223333:my-app/a%2Fb"
  })
  void in_itsOwnBucket_namesTheSame(String header) {
    CopySource source = CopySource.parse(header);

    assertThat(CopySource.parse(source.in(source.bucket()))).isEqualTo(source);
  }

  @Property(tries = 20_000)
  void in_itsOwnBucket_keepsBucketAndRest(@ForAll("headers") String header) {
    CopySource source;
    try {
      source = CopySource.parse(header);
    } catch (BucketNameException e) {
      assertThat(e.getMessage()).matches("[ -~]*");
      return;
    }
    assertThat(header).endsWith(source.rest());
    assertThat(source.bucket()).isNotEmpty();
    assertThat(CopySource.parse(source.in(source.bucket()))).isEqualTo(source);
  }

  @Property(tries = 5000)
  void parse_anyString_isParsedOrRefused(@ForAll String header) {
    try {
      assertThat(CopySource.parse(header).bucket()).isNotEmpty();
    } catch (BucketNameException e) {
      assertThat(e.code()).isEqualTo("S3_NAME_INVALID");
      assertThat(e.getMessage()).matches("[ -~]*");
    }
  }

  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(
                "/",
                "%2F",
                "%2f",
                "%252F",
                "%",
                "%z",
                "+",
                "?versionId=",
                "logs",
                "arn",
                ":",
                "%3A",
                "a%72n",
                "aws",
                "s3",
                "s3-outposts",
                "eu-west-1",
                "111122223333",
                "accesspoint",
                "outpost",
                "object",
                "/object/",
                "%2Fobject%2F",
                "key",
                "é",
                "%C3%A9",
                "%ff",
                "ı"),
            Arbitraries.strings().ascii().ofMaxLength(3));
    Arbitrary<String> loose = piece.list().ofMaxSize(12).map(parts -> String.join("", parts));
    Arbitrary<String> arn =
        loose.map(tail -> "arn:aws:s3:us-east-1:444455556666:accesspoint/in" + tail);
    Arbitrary<String> encoded =
        loose.map(tail -> "arn%3Aaws%3As3%3Aus-east-1%3A444455556666%3Aaccesspoint%2Fin" + tail);
    return Arbitraries.oneOf(loose, arn, encoded);
  }

  private static void assertRefused(String header) {
    BucketNameException e =
        catchThrowableOfType(BucketNameException.class, () -> CopySource.parse(header));

    assertThat(e).as(header).isNotNull();
    assertThat(e.code()).isEqualTo("S3_NAME_INVALID");
    assertThat(e).hasMessageContaining("'bucket/key'").hasMessageContaining("sourceBucket");
    assertThat(e.getMessage()).matches("[ -~]*");
  }
}
