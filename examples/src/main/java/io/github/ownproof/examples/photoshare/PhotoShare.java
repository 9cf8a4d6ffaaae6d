package io.github.ownproof.examples.photoshare;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.examples.Surprise;
import io.github.ownproof.s3.BucketNaming;
import io.github.ownproof.s3.PresignedUrl;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.PrivateBuckets;
import io.github.ownproof.s3.S3PrivateClient;
import io.github.ownproof.s3.S3PrivatePresigner;
import io.github.ownproof.s3.UploadTerms;
import io.github.ownproof.s3.lifecycle.BucketDeletion;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import io.github.ownproof.s3.lifecycle.PublicAccessRefusedException;
import io.github.ownproof.testkit.Distribution;
import io.github.ownproof.testkit.S3World;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/**
 * Photos in a private bucket, shared in three ways: by links that end, through one CloudFront
 * distribution, and as a public copy; each taken back afterwards. It plays against an S3 in this
 * process; whoever uploads and opens links is plain HTTP.
 */
public final class PhotoShare {

  private static final String US = "111122223333";
  private static final String SQUATTER = "999988887777";
  private static final String REGION = "eu-west-1";
  private static final String BUCKET = "photo-share";
  private static final String PUBLIC = "public-photo-share-press";
  private static final String DISTRIBUTION =
      "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE";
  private static final String OTHER_DISTRIBUTION =
      "arn:aws:cloudfront::999988887777:distribution/E2SQUATTER00000";
  private static final int PHOTOS = 40;
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final S3World world;
  private final S3PrivateClient s3;
  private final S3PrivatePresigner links;
  private final Browser browser = new Browser();
  private int step;
  private int refused;

  private PhotoShare(S3World world, S3PrivateClient s3, S3PrivatePresigner links) {
    this.world = world;
    this.s3 = s3;
    this.links = links;
  }

  /**
   * Runs the example; ends with one summary line, and with an exit code other than 0 on surprise.
   */
  public static void main(String[] args) throws Exception {
    Surprise.unless(args.length == 0, "usage is: photo-share");
    // A suffix puts the names into the global namespace, where they can be squatted.
    PrivateBuckets buckets =
        PrivateBuckets.builder()
            .context(ExecutionContext.of(US, REGION))
            .naming(BucketNaming.suffixed("un1que1d"))
            .build();
    try (S3World world = S3World.start();
        S3PrivateClient s3 =
            S3PrivateClient.builder()
                .buckets(buckets)
                .credentialsProvider(world.account(US).credentials())
                .endpointOverride(world.endpoint())
                .pathStyle()
                .build();
        S3PrivatePresigner links =
            S3PrivatePresigner.builder()
                .buckets(buckets)
                .credentialsProvider(world.account(US).credentials())
                .endpointOverride(world.endpoint())
                .pathStyle()
                .build()) {
      new PhotoShare(world, s3, links).run();
    }
  }

  private void run() throws Exception {
    PrivateBucket bucket = create();
    PresignedUrl link = shareByLink();
    shareThroughCloudFront(bucket);
    shareAsPublicCopy();
    String leaving = leave(bucket, link);
    Surprise.summary(
        "photo-share: "
            + PHOTOS
            + " photos shared by link, by CDN and as public copies; "
            + refused
            + " attempts to get more refused; "
            + leaving);
  }

  private PrivateBucket create() {
    say("A bucket that is private without anybody asking");
    PrivateBucketPlan plan = PrivateBucketPlan.of(BUCKET).tag("team", "media");
    ProvisionedBucket made = s3.createPrivateBucket(plan);
    tell(made.outcome() + " " + made.bucket());
    // Somebody changes it by hand: the next run tells, and puts it right.
    S3Client byHand = world.account(US).client(REGION);
    byHand.deletePublicAccessBlock(r -> r.bucket(made.bucket().physicalName()));
    ProvisionedBucket again = s3.createPrivateBucket(plan);
    again
        .repairs()
        .forEach(repair -> tell(repair.setting() + ": " + repair.was() + " -> " + repair.now()));
    Surprise.unless(
        again.outcome() == ProvisionedBucket.Outcome.REPAIRED, "the drift should be repaired");
    try {
      s3.putObject(
          r -> r.bucket(BUCKET).key("oops.jpg").acl(ObjectCannedACL.PUBLIC_READ),
          RequestBody.fromString("x"));
      Surprise.unless(false, "an object became public");
    } catch (PublicAccessRefusedException e) {
      refused(e.getMessage());
    }
    return made.bucket();
  }

  private PresignedUrl shareByLink() throws Exception {
    say("Links: one to upload, many to look at");
    byte[] photo = photo(1);
    PresignedUrl upload =
        links.presignPut(
            BUCKET,
            key(1),
            Duration.ofMinutes(5),
            UploadTerms.anything().contentType("image/jpeg").contentLength(photo.length));
    tell("upload " + upload);
    check("the photo it was made for", browser.upload(upload.uri(), upload.headers(), photo), 200);
    byte[] other = "a program instead of a photo".getBytes(StandardCharsets.UTF_8);
    denied("another body", browser.upload(upload.uri(), upload.headers(), other));
    for (int i = 2; i <= PHOTOS; i++) {
      int n = i;
      s3.putObject(
          r -> r.bucket(BUCKET).key(key(n)).contentType("image/jpeg"),
          RequestBody.fromBytes(photo(n)));
    }
    s3.putObject(r -> r.bucket(BUCKET).key("drafts/secret.jpg"), RequestBody.fromString("draft"));
    List<String> keys = IntStream.rangeClosed(1, PHOTOS).mapToObj(PhotoShare::key).toList();
    List<PresignedUrl> page = links.presignGets(BUCKET, keys, AN_HOUR);
    for (PresignedUrl link : page) {
      Surprise.unless(browser.open(link.uri()).status() == 200, "a link should open its photo");
    }
    tell(page.size() + " links, each opened without a header of ours");
    String url = page.get(0).url();
    denied("another photo by the same link", browser.open(URI.create(url.replace("001", "002"))));
    denied(
        "the link without the owner in it",
        browser.open(URI.create(url.replace("x-amz-expected-bucket-owner=" + US + "&", ""))));
    return page.get(0);
  }

  private void shareThroughCloudFront(PrivateBucket bucket) {
    say("A promotion: one CloudFront distribution may read what is under photos/");
    Promotion promotion = Promotion.cloudFront(BUCKET, DISTRIBUTION, "photos/");
    tell(s3.promoteBucket(promotion).outcome() + " " + s3.promotions(BUCKET));
    String name = bucket.physicalName();
    Distribution cdn = world.cloudFront(DISTRIBUTION);
    Surprise.unless(cdn.fetch(name, key(1)).isPresent(), "the distribution should read a photo");
    tell("the distribution reads " + key(1));
    denied("the same distribution beside the prefix", cdn.fetch(name, "drafts/secret.jpg"));
    denied("another distribution", world.cloudFront(OTHER_DISTRIBUTION).fetch(name, key(1)));
    tell(s3.demoteBucket(promotion).outcome() + " " + s3.promotions(BUCKET));
    denied("the distribution afterwards", cdn.fetch(name, key(1)));
  }

  private void shareAsPublicCopy() throws Exception {
    say("A promotion: a public copy of photos/, in a bucket of its own");
    Promotion promotion = Promotion.publicBucket(BUCKET, PUBLIC, "photos/");
    ProgressBar bar = new ProgressBar(System.out);
    PromotionReport promoted = s3.promoteBucket(promotion, bar);
    tell(promoted.outcome() + ": " + promoted.objectsCopied() + " copies");
    check("anybody, without a link", browser.open(publicly(key(1))), 200);
    denied("what was not promoted", browser.open(publicly("drafts/secret.jpg")));
    DemotionReport demoted = s3.demoteBucket(promotion, bar);
    tell(demoted.outcome() + ": " + demoted.objectsRemoved() + " copies removed");
    denied("the public copy afterwards", browser.open(publicly(key(1))));
  }

  /** The one way to lose a name, and why the owner is in every link. */
  private String leave(PrivateBucket bucket, PresignedUrl link) throws Exception {
    say("Leaving: the bucket goes, somebody else takes its name, old links are still about");
    tell(s3.emptyAndKeep(BUCKET).objectsRemoved() + " versions removed");
    s3.deleteBucket(BucketDeletion.of(BUCKET).releaseName(bucket.physicalName()));
    S3Client squatter = world.account(SQUATTER).client(REGION);
    squatter.createBucket(
        r ->
            r.bucket(bucket.physicalName())
                .createBucketConfiguration(c -> c.locationConstraint(REGION)));
    squatter.putObject(
        r -> r.bucket(bucket.physicalName()).key(key(1)), RequestBody.fromString("malware"));
    openToEveryone(squatter, bucket.physicalName());
    denied("an old link into the squatter's bucket", browser.open(link.uri()));
    return "a squatter's bucket not reached by an old link";
  }

  private static void openToEveryone(S3Client squatter, String bucket) {
    squatter.deletePublicAccessBlock(r -> r.bucket(bucket));
    squatter.putBucketPolicy(
        r ->
            r.bucket(bucket)
                .policy(
                    """
                    {"Version": "2012-10-17", "Statement": [{
                      "Effect": "Allow", "Principal": "*", "Action": "s3:*",
                      "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]}]}
                    """
                        .formatted(bucket)));
  }

  private URI publicly(String key) {
    return world.endpoint().resolve("/" + PUBLIC + "/" + key);
  }

  private static String key(int n) {
    return String.format("photos/%03d.jpg", n);
  }

  private static byte[] photo(int n) {
    return ("photo number " + n).getBytes(StandardCharsets.UTF_8);
  }

  private void check(String what, Browser.Page page, int expected) {
    tell(page.status() + " for " + what);
    Surprise.unless(page.status() == expected, what + " should be answered " + expected);
  }

  private void denied(String what, Browser.Page page) {
    Surprise.unless(page.status() == 403, what + " should be denied, not " + page.status());
    refused(page.status() + " for " + what);
  }

  private void denied(String what, Optional<byte[]> fetched) {
    Surprise.unless(fetched.isEmpty(), what + " should be denied");
    refused("nothing for " + what);
  }

  private void refused(String line) {
    refused++;
    tell(line);
  }

  private void say(String headline) {
    step++;
    System.out.printf("%n%d. %s%n", step, headline);
  }

  private static void tell(String line) {
    System.out.println("   " + line);
  }
}
