package io.github.ownproof.s3.coverage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.utils.builder.Buildable;

/** Builds a plausible request of any type, from what the request's own model says it needs. */
final class SampleRequests {

  private SampleRequests() {}

  /**
   * The names of buckets a request is written with, before anybody resolves them.
   *
   * @param source used by copies
   */
  record Names(String bucket, String source) {}

  static S3Request of(Class<? extends S3Request> type, Names names) {
    SdkPojo builder = builder(type);
    fill(builder, member -> name(member, names));
    return (S3Request) ((Buildable) builder).build();
  }

  private static SdkPojo builder(Class<? extends S3Request> type) {
    try {
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName() + " has no builder", e);
    }
  }

  /** The model does not say that a copy needs a source: copySource would be another way. */
  private static Object name(String member, Names names) {
    return switch (member) {
      case "Bucket", "DestinationBucket" -> names.bucket();
      case "SourceBucket" -> names.source();
      case "SourceKey" -> "source-key";
      // Makes the multipart client read and write the tags itself, in calls of its own.
      case "TaggingDirective" -> "COPY";
      default -> harmless(member);
    };
  }

  /** Where a value can open a bucket, the one that keeps it private: others are refused. */
  private static Object harmless(String member) {
    return switch (member) {
      case "ACL" -> "private";
      case "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets" ->
          true;
      case "ObjectOwnership" -> "BucketOwnerEnforced";
      case "Policy" ->
          "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
              + "\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";
      default -> null;
    };
  }

  private static void fill(SdkPojo builder, Function<String, Object> names) {
    for (SdkField<?> field : builder.sdkFields()) {
      Object named = names.apply(field.memberName());
      if (named != null) {
        field.set(builder, named);
      } else if (isNeeded(field)) {
        field.set(builder, sample(field));
      }
    }
  }

  private static boolean isNeeded(SdkField<?> field) {
    return field.location() == MarshallLocation.PATH
        || field.location() == MarshallLocation.GREEDY_PATH
        || (field.containsTrait(RequiredTrait.class) && !field.memberName().equals("CopySource"));
  }

  private static Object sample(SdkField<?> field) {
    MarshallingKnownType type = field.marshallingType().getKnownType();
    return switch (type) {
      case STRING -> "sample";
      case INTEGER -> 1;
      case LONG -> 1L;
      case BOOLEAN -> true;
      case INSTANT -> Instant.EPOCH;
      case SDK_BYTES -> SdkBytes.fromUtf8String("sample");
      case LIST -> List.of(sample(field.getRequiredTrait(ListTrait.class).memberFieldInfo()));
      case MAP -> Map.of("key", sample(field.getRequiredTrait(MapTrait.class).valueFieldInfo()));
      case SDK_POJO -> {
        SdkPojo nested = field.constructor().get();
        fill(nested, SampleRequests::harmless);
        yield ((Buildable) nested).build();
      }
      default ->
          throw new IllegalStateException("No sample for " + field.memberName() + ", a " + type);
    };
  }
}
