package io.github.ownproof.s3.internal.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/**
 * The one form in which a bucket's policy lets CloudFront read: one distribution, the keys under
 * one prefix, and an id made of both.
 *
 * @param distributionArn e.g. {@code arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE}
 * @param keyPrefix not empty; ends with {@code /}
 */
public record PromotionStatement(String distributionArn, String keyPrefix) {

  private static final String SID = "OwnproofPromotion";
  private static final String CLOUDFRONT = "cloudfront.amazonaws.com";

  private static final Pattern DISTRIBUTION =
      Pattern.compile("arn:aws[a-z-]*:cloudfront::[0-9]{12}:distribution/[A-Z0-9]+");

  private static final Pattern RESOURCE =
      Pattern.compile("arn:(aws[a-z-]*):s3:::([^/]+)/(.*/)\\*", Pattern.DOTALL);

  /** What stands for itself in a resource, in policies of the current version. */
  private static final Pattern ESCAPED = Pattern.compile("\\$\\{([*?$])}");

  private static final Pattern SPECIAL = Pattern.compile("[*?$]");

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one cannot be what it should be
   */
  public PromotionStatement {
    if (!DISTRIBUTION.matcher(distributionArn).matches()) {
      throw new IllegalArgumentException("not the ARN of a CloudFront distribution");
    }
    if (!keyPrefix.endsWith("/")) {
      throw new IllegalArgumentException("a key prefix ends with /");
    }
  }

  /** The id of the statement, the same wherever the two are. */
  public String sid() {
    byte[] identity = (distributionArn + '\n' + keyPrefix).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity);
      return SID + HexFormat.of().formatHex(hash).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The statement for a bucket; it needs a policy of {@link PolicyDocument#CURRENT_VERSION}. */
  public PolicyStatement on(String partition, String physicalName) {
    String resource =
        "arn:"
            + partition
            + ":s3:::"
            + physicalName
            + '/'
            + SPECIAL
                .matcher(keyPrefix)
                .replaceAll(found -> Matcher.quoteReplacement("${" + found.group() + '}'))
            + '*';
    try (JsonWriter json = JsonWriter.create()) {
      json.writeStartObject();
      json.writeFieldName("Sid").writeValue(sid());
      json.writeFieldName("Effect").writeValue("Allow");
      json.writeFieldName("Principal").writeStartObject();
      json.writeFieldName("Service").writeValue(CLOUDFRONT).writeEndObject();
      json.writeFieldName("Action").writeValue("s3:GetObject");
      json.writeFieldName("Resource").writeValue(resource);
      json.writeFieldName("Condition").writeStartObject();
      json.writeFieldName("StringEquals").writeStartObject();
      json.writeFieldName("AWS:SourceArn").writeValue(distributionArn).writeEndObject();
      json.writeEndObject().writeEndObject();
      return PolicyStatement.parse(new String(json.getBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * What a statement promotes of a bucket; empty unless it means just what {@link #on} writes for
   * that bucket.
   */
  public static Optional<PromotionStatement> read(PolicyStatement statement, String physicalName) {
    JsonNode json = statement.json();
    if (statement.sid().filter(sid -> sid.startsWith(SID)).isEmpty()) {
      return Optional.empty();
    }
    Matcher resource =
        RESOURCE.matcher(json.field("Resource").map(PromotionStatement::only).orElse(""));
    Optional<String> distribution =
        json.field("Condition")
            .flatMap(PromotionStatement::onlyMember)
            .flatMap(PromotionStatement::onlyMember)
            .map(PromotionStatement::only)
            .filter(arn -> DISTRIBUTION.matcher(arn).matches());
    if (!resource.matches()
        || distribution.isEmpty()
        || !distribution.get().startsWith("arn:" + resource.group(1) + ':')) {
      return Optional.empty();
    }
    String prefix =
        ESCAPED
            .matcher(resource.group(3))
            .replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
    PromotionStatement read = new PromotionStatement(distribution.get(), prefix);
    return Optional.of(read)
        .filter(promotion -> promotion.on(resource.group(1), physicalName).means(statement));
  }

  private static String only(JsonNode values) {
    List<JsonNode> list = PolicyJson.list(values);
    return list.size() == 1 && list.get(0).isString() ? list.get(0).asString() : "";
  }

  private static Optional<JsonNode> onlyMember(JsonNode node) {
    return node.isObject() && node.asObject().size() == 1
        ? node.asObject().values().stream().findFirst()
        : Optional.empty();
  }
}
