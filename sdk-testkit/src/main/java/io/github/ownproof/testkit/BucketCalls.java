package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * The calls about buckets as such: create, delete, head, locate, list, and whether one is public.
 */
final class BucketCalls {

  static final Set<String> OWNERSHIPS =
      Set.of("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter");
  private static final String US_EAST_1 = "us-east-1";
  private static final String STUB = ".s3proxy-mpu-stub-";
  private static final int MOST_LISTED = 10_000;

  private final Namespace namespace;
  private final BlobStore store;
  private final Clock clock;
  private final Set<String> regions;

  BucketCalls(Namespace namespace, BlobStore store, Clock clock, Set<String> regions) {
    this.namespace = namespace;
    this.store = store;
    this.clock = clock;
    this.regions = regions;
  }

  void answer(Exchange exchange, AccountId caller, byte[] body) throws IOException {
    switch (exchange.call().operation().name()) {
      case "ListBuckets" -> list(exchange, caller);
      case "CreateBucket" -> create(exchange, caller, body);
      default -> throw new IllegalStateException(exchange.call().operation().name());
    }
  }

  void answer(Exchange exchange, Bucket bucket) throws IOException {
    switch (exchange.call().operation().name()) {
      case "HeadBucket" -> {
        exchange.response().setHeader("x-amz-bucket-region", bucket.region());
        exchange.response().setHeader("x-amz-access-point-alias", "false");
        exchange.answerEmpty(200);
      }
      case "GetBucketLocation" ->
          exchange.answer(
              200,
              "application/xml",
              Xml.document(
                  "LocationConstraint", bucket.region().equals(US_EAST_1) ? "" : bucket.region()));
      case "GetBucketPolicyStatus" -> {
        BucketPolicy policy = bucket.policy();
        if (policy == null) {
          throw BucketSetting.POLICY.absence();
        }
        exchange.answer(
            200,
            "application/xml",
            Xml.document(
                "PolicyStatus", Xml.element("IsPublic", String.valueOf(policy.isPublic()))));
      }
      case "DeleteBucket" -> {
        delete(bucket.name());
        namespace.release(bucket);
        exchange.answerEmpty(204);
      }
      default -> throw new IllegalStateException(exchange.call().operation().name());
    }
  }

  private void delete(String name) {
    try {
      store.deleteBucket(name);
    } catch (AwsServiceException refused) {
      // Uploads under way do not keep a bucket; S3Proxy keeps a stub in it for each.
      if (store.listMultipartUploads(name).isEmpty() || !holdsOnlyStubs(name)) {
        throw refused;
      }
      store.deleteContainer(name);
    }
  }

  private boolean holdsOnlyStubs(String name) {
    ListObjectVersionsResponse all =
        store.listVersions(ListObjectVersionsRequest.builder().bucket(name).build());
    return all.versions().stream().allMatch(version -> version.key().startsWith(STUB))
        && all.deleteMarkers().stream().allMatch(marker -> marker.key().startsWith(STUB));
  }

  private void create(Exchange exchange, AccountId caller, byte[] body) throws IOException {
    S3Call call = exchange.call();
    String name = String.valueOf(call.bucket());
    BucketNames.check(name);
    Element root = body.length == 0 ? null : Xml.parse(body);
    String region = regionOf(call, root);
    BucketNames.checkNamespace(name, call.header("x-amz-bucket-namespace"), caller, region);
    Bucket bucket =
        new Bucket(name, caller, region, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    configure(bucket, call, root);
    Bucket holder = namespace.claim(bucket);
    if (holder != null) {
      again(exchange, holder, caller);
      return;
    }
    try {
      store.createContainer(CreateBucketRequest.builder().bucket(name).build());
    } catch (RuntimeException failed) {
      namespace.release(bucket);
      throw failed;
    }
    exchange.response().setHeader("Location", "/" + name);
    exchange.answerEmpty(200);
  }

  private static void again(Exchange exchange, Bucket holder, AccountId caller) {
    if (!holder.owner().equals(caller)) {
      throw new Refusal(
              409,
              "BucketAlreadyExists",
              "The requested bucket name is not available. The bucket namespace is shared by all"
                  + " users of the system. Please select a different name and try again.")
          .withElement("BucketName", holder.name());
    }
    if (US_EAST_1.equals(exchange.call().signer().region())
        && US_EAST_1.equals(holder.region())
        && !BucketNames.isAccountRegional(holder.name())) {
      exchange.response().setHeader("Location", "/" + holder.name());
      exchange.answerEmpty(200);
      return;
    }
    throw new Refusal(
            409,
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.")
        .withElement("BucketName", holder.name());
  }

  private String regionOf(S3Call call, @Nullable Element root) {
    String signed = call.signer().region() == null ? US_EAST_1 : call.signer().region();
    String asked = root == null ? null : Xml.text(root, "LocationConstraint");
    if (asked == null || asked.isEmpty()) {
      if (!signed.equals(US_EAST_1)) {
        throw illegalLocation("unspecified");
      }
      asked = US_EAST_1;
    } else if (asked.equals(US_EAST_1)) {
      throw invalidLocation();
    } else if (!signed.equals(US_EAST_1) && !signed.equals(asked)) {
      throw illegalLocation(asked);
    }
    if (!regions.isEmpty() && !regions.contains(asked)) {
      throw invalidLocation();
    }
    return asked;
  }

  private static Refusal illegalLocation(String asked) {
    return new Refusal(
        400,
        "IllegalLocationConstraintException",
        "The "
            + asked
            + " location constraint is incompatible for the region specific endpoint this request"
            + " was sent to.");
  }

  private static Refusal invalidLocation() {
    return new Refusal(
        400, "InvalidLocationConstraint", "The specified location-constraint is not valid");
  }

  private static void configure(Bucket bucket, S3Call call, @Nullable Element root) {
    String ownership = call.header("x-amz-object-ownership");
    if (ownership == null) {
      ownership = "BucketOwnerEnforced";
    } else if (!OWNERSHIPS.contains(ownership)) {
      throw Refusal.invalidArgument("Invalid x-amz-object-ownership header: " + ownership);
    }
    SettingCalls.giveDefaults(bucket, ownership);
    String canned = call.header("x-amz-acl");
    if (canned != null && !Acl.canned(canned).grants().isEmpty()) {
      // Public access is blocked from the start, so a bucket cannot be born public.
      throw bucket.ownerEnforced()
          ? new Refusal(
              400,
              "InvalidBucketAclWithObjectOwnership",
              "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
          : new Refusal(
              400,
              "InvalidBucketAclWithBlockPublicAccessError",
              "Bucket cannot have public ACLs set with BlockPublicAccess enabled");
    }
    if ("true".equalsIgnoreCase(call.header("x-amz-bucket-object-lock-enabled"))) {
      bucket.put(
          BucketSetting.OBJECT_LOCK,
          Xml.document("ObjectLockConfiguration", Xml.element("ObjectLockEnabled", "Enabled")));
    }
    if (root != null && !Xml.all(root, "Tag").isEmpty()) {
      bucket.put(BucketSetting.TAGGING, TaggingCalls.document(Xml.all(root, "Tag"), 50));
    }
  }

  private void list(Exchange exchange, AccountId caller) throws IOException {
    S3Call call = exchange.call();
    String prefix = call.query().getOrDefault("prefix", "");
    String region = call.query().get("bucket-region");
    String token = call.query().get("continuation-token");
    String after = token == null || token.isEmpty() ? "" : name(token);
    int most = most(call.query().get("max-buckets"));
    List<Bucket> found =
        namespace.ownedBy(caller).stream()
            .filter(b -> b.name().startsWith(prefix))
            .filter(b -> region == null || b.region().equals(region))
            .filter(b -> b.name().compareTo(after) > 0)
            .toList();
    List<Bucket> page = found.subList(0, Math.min(most, found.size()));
    StringBuilder content = new StringBuilder(256);
    content.append("<Owner>").append(Xml.element("ID", Owners.canonicalId(caller.value())));
    content.append("</Owner><Buckets>");
    for (Bucket bucket : page) {
      content
          .append("<Bucket>")
          .append(Xml.element("Name", bucket.name()))
          .append(Xml.element("CreationDate", bucket.created().toString()))
          .append(Xml.element("BucketRegion", bucket.region()))
          .append("</Bucket>");
    }
    content.append("</Buckets>");
    if (page.size() < found.size()) {
      content.append(Xml.element("ContinuationToken", token(page.get(page.size() - 1).name())));
    }
    if (call.has("prefix")) {
      content.append(Xml.element("Prefix", prefix));
    }
    exchange.answer(
        200, "application/xml", Xml.document("ListAllMyBucketsResult", content.toString()));
  }

  private static int most(@Nullable String parameter) {
    if (parameter == null) {
      return MOST_LISTED;
    }
    try {
      int most = Integer.parseInt(parameter);
      if (most >= 1 && most <= MOST_LISTED) {
        return most;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, like a number out of range.
    }
    throw Refusal.invalidArgument("Argument max-buckets must be an integer between 1 and 10000");
  }

  private static String token(String name) {
    return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw Refusal.invalidArgument("The continuation token provided is incorrect");
    }
  }
}
