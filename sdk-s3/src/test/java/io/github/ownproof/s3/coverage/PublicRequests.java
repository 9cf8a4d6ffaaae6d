package io.github.ownproof.s3.coverage;

import io.github.ownproof.s3.internal.policy.PromotionStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.PutBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;
import software.amazon.awssdk.services.s3.model.RestoreRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.TargetGrant;
import software.amazon.awssdk.utils.builder.Buildable;

/** Requests that would open something, and their neighbours that would not. */
final class PublicRequests {

  /**
   * One request.
   *
   * @param why part of the refusal; empty for a request that leaves
   */
  record Row(String name, S3Request request, String why) {}

  private static final SampleRequests.Names NAMES =
      new SampleRequests.Names("my-app-assets", CoverageWorld.SOURCE);

  private static final String PHYSICAL = CoverageWorld.physical("my-app-assets");
  private static final String DISTRIBUTION = "arn:aws:cloudfront::111122223333:distribution/E1";

  private PublicRequests() {}

  static List<Row> refused() {
    List<Row> rows = new ArrayList<>();
    grantsOfEveryOperation(rows);
    rows.add(refused("website", sample(PutBucketWebsiteRequest.class), "a website"));
    rows.add(
        refused("no block", sample(DeletePublicAccessBlockRequest.class), "Block Public Access"));
    rows.add(
        refused(
            "no ownership",
            sample(DeleteBucketOwnershipControlsRequest.class),
            "without ownership controls"));
    for (int weak = 0; weak < 4; weak++) {
      rows.add(refused("block without " + weak, block(weak, false), "all four"));
      rows.add(refused("block silent on " + weak, block(weak, null), "all four"));
    }
    rows.add(
        refused(
            "no flags",
            PutPublicAccessBlockRequest.builder().bucket(NAMES.bucket()).build(),
            "all four"));
    for (String ownership : List.of("ObjectWriter", "BucketOwnerPreferred", "Other")) {
      rows.add(refused(ownership, ownership(ownership), "BucketOwnerEnforced"));
      rows.add(
          refused(
              "creation with " + ownership,
              CreateBucketRequest.builder()
                  .bucket(NAMES.bucket())
                  .objectOwnership(ownership)
                  .build(),
              "its objectOwnership is"));
    }
    rows.add(
        refused(
            "no rules",
            PutBucketOwnershipControlsRequest.builder()
                .bucket(NAMES.bucket())
                .ownershipControls(o -> o.rules(List.of()))
                .build(),
            "BucketOwnerEnforced"));
    rows.add(refused("logs for others", logging(true), "targetGrants"));
    rows.add(
        refused(
            "restored elsewhere",
            restore(o -> o.outputLocation(l -> l.s3(s -> s.bucketName("other").prefix("p")))),
            "outputLocation"));
    policies(rows);
    raw(rows);
    return rows;
  }

  private static void grantsOfEveryOperation(List<Row> rows) {
    S3Model.operations()
        .forEach(
            (operation, type) -> {
              for (SdkField<?> field : sample(type).sdkFields()) {
                String member = field.memberName();
                if (member.equals("ACL")) {
                  for (String acl :
                      List.of(
                          "public-read",
                          "public-read-write",
                          "authenticated-read",
                          "aws-exec-read",
                          "log-delivery-write",
                          "bucket-owner-read",
                          "Private",
                          "private ",
                          "something-new",
                          "")) {
                    rows.add(
                        refused(
                            operation + " ACL " + acl,
                            with(sample(type), member, acl),
                            "its ACL is '" + acl + "'"));
                  }
                } else if (member.startsWith("Grant") || member.equals("AccessControlPolicy")) {
                  Object value =
                      member.startsWith("Grant")
                          ? "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\""
                          : field.constructor().get();
                  rows.add(
                      refused(
                          operation + ' ' + member,
                          with(sample(type), member, built(value)),
                          "its " + member));
                }
              }
            });
  }

  private static Object built(Object value) {
    return value instanceof Buildable buildable ? buildable.build() : value;
  }

  private static void policies(List<Row> rows) {
    rows.add(
        refused(
            "public policy",
            policy(allow("\"Principal\":\"*\"")),
            "statement 1 ('x') of its policy lets in everybody"));
    rows.add(
        refused(
            "public policy behind another",
            policy(allow("\"Principal\":{\"AWS\":\"444455556666\"}"), allow("\"Principal\":\"*\"")),
            "statement 2"));
    rows.add(
        refused(
            "CloudFront by hand",
            policy(
                allow(
                    "\"Principal\":{\"Service\":\"cloudfront.amazonaws.com\"},\"Condition\":"
                        + "{\"StringEquals\":{\"AWS:SourceArn\":\""
                        + DISTRIBUTION
                        + "\"}}")),
            "lets CloudFront read"));
    rows.add(
        refused(
            "the promotion of another bucket",
            policy(new PromotionStatement(DISTRIBUTION, "p/").on("aws", "other").toJson()),
            "lets CloudFront read"));
    rows.add(
        refused(
            "an escaped promotion in an old policy",
            document("2008-10-17", promotion("a*b/")),
            "lets CloudFront read"));
    rows.add(refused("no policy", raw(PutBucketPolicyRequest.class, b -> {}, ""), "not JSON"));
    rows.add(refused("half a policy", text("{\"Statement\":["), "cannot be read"));
    rows.add(
        refused(
            "a policy of the future",
            document("2030-01-01", allow("\"Principal\":{\"AWS\":\"111122223333\"}")),
            "its version is unknown"));
    rows.add(
        refused(
            "an effect twice",
            policy("{\"Effect\":\"Deny\",\"Effect\":\"Allow\",\"Principal\":\"*\"}"),
            "stands twice"));
  }

  /** Any operation, written so that something else arrives. */
  private static void raw(List<Row> rows) {
    for (String header :
        List.of(
            "x-amz-acl",
            "X-Amz-Acl",
            "x-amz-grant-read",
            "X-AMZ-GRANT-WRITE",
            "x-amz-grant-read-acp",
            "x-amz-grant-write-acp",
            "x-amz-grant-full-control",
            "x-amz-object-ownership")) {
      rows.add(
          refused(
              "header " + header,
              override(PutObjectRequest.class, o -> o.putHeader(header, "public-read")),
              header.substring(0, 8).toLowerCase(Locale.ROOT)));
      rows.add(
          refused(
              "header " + header + " of a creation",
              override(CreateBucketRequest.class, o -> o.putHeader(header, "public-read")),
              header.substring(0, 8).toLowerCase(Locale.ROOT)));
      rows.add(
          refused(
              "parameter " + header,
              override(PutObjectRequest.class, o -> o.putRawQueryParameter(header, "public-read")),
              "in its query"));
    }
    rows.add(
        refused(
            "two ACL headers",
            override(
                PutObjectRequest.class,
                o -> o.putHeader("x-amz-acl", List.of("private", "public-read"))),
            "x-amz-acl"));
    for (String parameter :
        List.of(
            "acl",
            "ACL",
            "policy",
            "website",
            "publicAccessBlock",
            "PUBLICACCESSBLOCK",
            "ownershipControls",
            "logging",
            "restore")) {
      for (Class<? extends S3Request> type :
          List.of(
              PutObjectRequest.class,
              GetObjectRequest.class,
              PutBucketTaggingRequest.class,
              DeleteBucketTaggingRequest.class)) {
        rows.add(
            refused(
                parameter + " on " + type.getSimpleName(),
                override(type, o -> o.putRawQueryParameter(parameter, "")),
                "makes another operation"));
      }
    }
  }

  static List<Row> allowed() {
    List<Row> rows = new ArrayList<>();
    S3Model.operations()
        .forEach(
            (operation, type) -> {
              if (sample(type).sdkFields().stream().anyMatch(f -> f.memberName().equals("ACL"))) {
                for (String acl : List.of("private", "bucket-owner-full-control")) {
                  rows.add(allowed(operation + ' ' + acl, with(sample(type), "ACL", acl)));
                }
              }
            });
    rows.add(allowed("whole block", block(0, true)));
    rows.add(allowed("enforced ownership", ownership("BucketOwnerEnforced")));
    rows.add(
        allowed(
            "creation with enforced ownership",
            CreateBucketRequest.builder()
                .bucket(NAMES.bucket())
                .objectOwnership("BucketOwnerEnforced")
                .build()));
    rows.add(allowed("logs for us", logging(false)));
    rows.add(allowed("restored in place", restore(o -> o.days(1))));
    rows.add(
        allowed(
            "denials, accounts and promotions",
            policy(
                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}",
                allow("\"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:root\"}"),
                allow(
                    "\"Principal\":\"*\",\"Condition\":"
                        + "{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-abcde12345\"}}"),
                promotion("photos/"),
                promotion("a*b/"))));
    rows.add(allowed("a promotion in an old policy", document("2008-10-17", promotion("p/"))));
    rows.add(
        allowed(
            "header of a private ACL",
            override(PutObjectRequest.class, o -> o.putHeader("x-amz-acl", "private"))));
    rows.add(
        allowed(
            "header of an enforced ownership",
            override(
                CreateBucketRequest.class,
                o -> o.putHeader("x-amz-object-ownership", "BucketOwnerEnforced"))));
    rows.add(
        allowed(
            "another header",
            override(PutObjectRequest.class, o -> o.putHeader("x-amz-storage-class", "GLACIER"))));
    rows.add(
        allowed(
            "another parameter",
            override(GetObjectRequest.class, o -> o.putRawQueryParameter("a", "policy"))));
    rows.add(
        allowed(
            "the parameter that stands for it",
            override(GetBucketPolicyRequest.class, o -> o.putRawQueryParameter("policy", ""))));
    rows.add(allowed("deletion of a reserved name", sample(DeleteBucketRequest.class)));
    return rows;
  }

  static S3Request deletion(String bucket) {
    return DeleteBucketRequest.builder().bucket(bucket).build();
  }

  private static S3Request sample(Class<? extends S3Request> type) {
    return SampleRequests.of(type, NAMES);
  }

  private static S3Request block(int weak, Boolean value) {
    return PutPublicAccessBlockRequest.builder()
        .bucket(NAMES.bucket())
        .publicAccessBlockConfiguration(
            b ->
                b.blockPublicAcls(weak == 0 ? value : Boolean.TRUE)
                    .ignorePublicAcls(weak == 1 ? value : Boolean.TRUE)
                    .blockPublicPolicy(weak == 2 ? value : Boolean.TRUE)
                    .restrictPublicBuckets(weak == 3 ? value : Boolean.TRUE))
        .build();
  }

  private static S3Request ownership(String last) {
    return PutBucketOwnershipControlsRequest.builder()
        .bucket(NAMES.bucket())
        .ownershipControls(
            o ->
                o.rules(
                    Stream.of("BucketOwnerEnforced", last)
                        .map(one -> OwnershipControlsRule.builder().objectOwnership(one).build())
                        .toList()))
        .build();
  }

  private static S3Request logging(boolean grants) {
    return PutBucketLoggingRequest.builder()
        .bucket(NAMES.bucket())
        .bucketLoggingStatus(
            s ->
                s.loggingEnabled(
                    l -> {
                      l.targetBucket("logs").targetPrefix("p");
                      if (grants) {
                        l.targetGrants(List.of(TargetGrant.builder().permission("READ").build()));
                      }
                    }))
        .build();
  }

  private static S3Request restore(Consumer<RestoreRequest.Builder> how) {
    return RestoreObjectRequest.builder()
        .bucket(NAMES.bucket())
        .key("k")
        .restoreRequest(how)
        .build();
  }

  private static String allow(String who) {
    return "{\"Sid\":\"x\",\"Effect\":\"Allow\","
        + who
        + ",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}";
  }

  private static String promotion(String prefix) {
    return new PromotionStatement(DISTRIBUTION, prefix).on("aws", PHYSICAL).toJson();
  }

  private static S3Request policy(String... statements) {
    return document("2012-10-17", statements);
  }

  private static S3Request document(String version, String... statements) {
    return text(
        "{\"Version\":\"" + version + "\",\"Statement\":[" + String.join(",", statements) + "]}");
  }

  static S3Request text(String policy) {
    return PutBucketPolicyRequest.builder().bucket(NAMES.bucket()).policy(policy).build();
  }

  private static S3Request raw(
      Class<? extends S3Request> type,
      Consumer<AwsRequestOverrideConfiguration.Builder> how,
      String policy) {
    return with(override(type, how), "Policy", policy);
  }

  private static S3Request override(
      Class<? extends S3Request> type, Consumer<AwsRequestOverrideConfiguration.Builder> how) {
    AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
    how.accept(override);
    S3Request.Builder builder = sample(type).toBuilder();
    builder.overrideConfiguration(override.build());
    return builder.build();
  }

  static S3Request with(S3Request request, String member, Object value) {
    S3Request.Builder builder = request.toBuilder();
    for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
      if (field.memberName().equals(member)) {
        field.set(builder, value);
      }
    }
    return builder.build();
  }

  private static Row refused(String name, S3Request request, String why) {
    return new Row(name, request, why);
  }

  private static Row allowed(String name, S3Request request) {
    return new Row(name, request, "");
  }
}
