package io.github.ownproof.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.w3c.dom.Element;

/** The calls that read, write and take away a {@link BucketSetting}. */
final class SettingCalls {

  private SettingCalls() {}

  static void answer(Exchange exchange, Bucket bucket, BucketSetting setting, byte[] body)
      throws IOException {
    switch (exchange.call().method()) {
      case "GET" -> get(exchange, bucket, setting);
      case "PUT" -> {
        put(bucket, setting, body);
        exchange.answerEmpty(success(setting));
      }
      default -> {
        bucket.remove(setting);
        exchange.answerEmpty(204);
      }
    }
  }

  private static int success(BucketSetting setting) {
    return setting == BucketSetting.POLICY || setting == BucketSetting.TAGGING ? 204 : 200;
  }

  private static void get(Exchange exchange, Bucket bucket, BucketSetting setting)
      throws IOException {
    String document = bucket.setting(setting);
    if (document == null) {
      document = setting.whenAbsent();
    }
    exchange.answer(
        200, setting == BucketSetting.POLICY ? "application/json" : "application/xml", document);
  }

  private static void put(Bucket bucket, BucketSetting setting, byte[] body) {
    String document = new String(body, StandardCharsets.UTF_8);
    if (setting == BucketSetting.POLICY) {
      putPolicy(bucket, document);
      return;
    }
    Element root = Xml.parse(body);
    if (!root.getLocalName().equals(setting.root())) {
      throw Refusal.malformedXml();
    }
    if (setting == BucketSetting.TAGGING) {
      TaggingCalls.check(Xml.all(root, "Tag"), 50);
    }
    if (setting == BucketSetting.OWNERSHIP_CONTROLS) {
      String ownership = Xml.text(root, "ObjectOwnership");
      if (ownership == null || !BucketCalls.OWNERSHIPS.contains(ownership)) {
        throw Refusal.malformedXml();
      }
      if (ownership.equals("BucketOwnerEnforced") && !bucket.acls().get(null).grants().isEmpty()) {
        throw new Refusal(
            400,
            "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
      }
    }
    bucket.put(setting, document);
  }

  private static void putPolicy(Bucket bucket, String document) {
    BucketPolicy policy = BucketPolicy.parse(document, bucket.arn());
    if (policy.isPublic() && bucket.blocks("BlockPublicPolicy")) {
      throw Refusal.accessDenied(
          "because public policies are prevented by the BlockPublicPolicy setting in S3 Block"
              + " Public Access.");
    }
    bucket.put(BucketSetting.POLICY, document);
  }

  /** The settings S3 gives every new bucket. */
  static void giveDefaults(Bucket bucket, String ownership) {
    StringBuilder flags = new StringBuilder();
    for (String flag :
        List.of(
            "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")) {
      flags.append(Xml.element(flag, "true"));
    }
    bucket.put(
        BucketSetting.PUBLIC_ACCESS_BLOCK,
        Xml.document("PublicAccessBlockConfiguration", flags.toString()));
    bucket.put(
        BucketSetting.OWNERSHIP_CONTROLS,
        Xml.document(
            "OwnershipControls", "<Rule>" + Xml.element("ObjectOwnership", ownership) + "</Rule>"));
  }
}
