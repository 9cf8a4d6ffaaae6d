package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.s3.internal.policy.PolicyStatement;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/**
 * The two policies a public bucket has.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">Policy
 *     variables: how '*', '?' and '$' are written</a>
 */
final class PublicBucketPolicy {

  private PublicBucketPolicy() {}

  /** Lets nobody in, and those who may come in anyway by TLS only. */
  static PolicyDocument closed(PrivateBucket bucket) {
    String arn = arn(bucket);
    try (JsonWriter json = JsonWriter.create()) {
      json.writeStartObject();
      json.writeFieldName("Sid").writeValue("OwnproofTlsOnly");
      json.writeFieldName("Effect").writeValue("Deny");
      json.writeFieldName("Principal").writeValue("*");
      json.writeFieldName("Action").writeValue("s3:*");
      json.writeFieldName("Resource").writeStartArray();
      json.writeValue(arn).writeValue(arn + "/*").writeEndArray();
      json.writeFieldName("Condition").writeStartObject();
      json.writeFieldName("Bool").writeStartObject();
      json.writeFieldName("aws:SecureTransport").writeValue("false");
      json.writeEndObject().writeEndObject().writeEndObject();
      return PolicyDocument.empty().with(statement(json));
    }
  }

  /** Lets everybody read objects whose keys begin with the prefix, by TLS. */
  static PolicyDocument open(PrivateBucket bucket, String keyPrefix) {
    try (JsonWriter json = JsonWriter.create()) {
      json.writeStartObject();
      json.writeFieldName("Sid").writeValue("OwnproofPublicRead");
      json.writeFieldName("Effect").writeValue("Allow");
      json.writeFieldName("Principal").writeValue("*");
      json.writeFieldName("Action").writeValue("s3:GetObject");
      json.writeFieldName("Resource")
          .writeValue(arn(bucket) + "/" + keyPrefix.replaceAll("[*?$]", "\\${$0}") + "*");
      json.writeEndObject();
      return closed(bucket).with(statement(json));
    }
  }

  private static PolicyStatement statement(JsonWriter json) {
    return PolicyStatement.parse(new String(json.getBytes(), StandardCharsets.UTF_8));
  }

  private static String arn(PrivateBucket bucket) {
    String partition = bucket.arn().split(":", 3)[1];
    return "arn:" + partition + ":s3:::" + bucket.physicalName();
  }
}
