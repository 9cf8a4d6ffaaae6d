package io.github.ownproof.examples.quickstart;

import io.github.ownproof.examples.Surprise;
import io.github.ownproof.s3.BucketDiagnosis;
import io.github.ownproof.s3.BucketOwnershipException;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.S3PrivateAsyncClient;
import io.github.ownproof.s3.S3PrivateClient;
import io.github.ownproof.s3.lifecycle.BucketDeletion;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The main job, end to end: a name gets squatted, the raw client writes into the squatter's bucket,
 * the private client refuses; then a bucket of our own lives its life, and the wire log shows the
 * owner on each request.
 *
 * <p>Without arguments it runs against an S3 of its own in this process. With {@code --aws} it runs
 * the owned part against the account that the default credentials belong to: it makes one bucket,
 * and deletes it.
 */
public final class Quickstart {

  private static final String BUCKET = "ownproof-quickstart";
  private static final byte[] TWO_PARTS = new byte[6 << 20];

  private final Stage stage;
  private int step;

  private Quickstart(Stage stage) {
    this.stage = stage;
  }

  /**
   * Runs the example; ends with one summary line, and with an exit code other than 0 on surprise.
   */
  public static void main(String[] args) throws Exception {
    boolean onAws = args.length == 1 && args[0].equals("--aws");
    Surprise.unless(args.length == 0 || onAws, "usage is: quickstart [--aws]");
    Arrays.fill(TWO_PARTS, (byte) 'x');
    try (Stage stage = onAws ? Stage.onAws() : Stage.inProcess()) {
      new Quickstart(stage).run();
    }
  }

  private void run() throws Exception {
    try (S3PrivateClient s3 = stage.privateClient();
        S3PrivateAsyncClient async = stage.privateAsyncClient()) {
      if (stage.hasSquatter()) {
        squatting(s3);
      }
      owned(s3, async);
    }
    int owned = stage.printWireLog();
    Surprise.summary(
        "quickstart: "
            + (stage.hasSquatter() ? "1 squatter refused, " : "")
            + owned
            + " requests to private buckets, each with its owner");
  }

  /** The attack: our bucket's name can be foretold, and somebody else creates it first. */
  private void squatting(S3PrivateClient s3) {
    say("A name gets squatted");
    PrivateBucket wanted = s3.buckets().resolve("invoices");
    stage.squat(wanted.physicalName());
    tell("account " + stage.squatter() + " creates " + wanted.physicalName() + ", open to all");

    say("The raw AWS client, without an owner");
    stage
        .rawClient()
        .putObject(
            r -> r.bucket(wanted.physicalName()).key("2026.pdf"),
            RequestBody.fromString("our secret"));
    tell("putObject: 200 OK");
    String leaked = stage.readAsSquatter(wanted.physicalName(), "2026.pdf");
    tell("account " + stage.squatter() + " reads: \"" + leaked + "\"");
    Surprise.unless(leaked.equals("our secret"), "the squatter should have read it");

    say("The private client");
    try {
      s3.putObject(r -> r.bucket("invoices").key("2027.pdf"), RequestBody.fromString("our secret"));
      Surprise.unless(false, "the private client wrote into a squatted bucket");
    } catch (BucketOwnershipException e) {
      tell(e.getMessage());
    }
    BucketDiagnosis diagnosis = s3.diagnose("invoices");
    tell(diagnosis.toString());
    Surprise.unless(
        diagnosis.state() == BucketDiagnosis.State.FOREIGN, "the diagnosis should be FOREIGN");
    stage.forgetTheSquattersPart();
  }

  private void owned(S3PrivateClient s3, S3PrivateAsyncClient async) {
    say("A bucket of our own");
    PrivateBucket bucket = s3.createPrivateBucket(BUCKET);
    try {
      tell("created        " + bucket.name() + " is " + bucket.physicalName());
      s3.putObject(r -> r.bucket(BUCKET).key("hello.txt"), RequestBody.fromString("hello"));
      tell("putObject      hello.txt");
      String read = s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("hello.txt")).asUtf8String();
      tell("getObject      hello.txt: \"" + read + "\"");
      Surprise.unless(read.equals("hello"), "the object should say hello");
      async
          .putObject(r -> r.bucket(BUCKET).key("big.bin"), AsyncRequestBody.fromBytes(TWO_PARTS))
          .join();
      tell("putObject      big.bin, 6 MiB in parts");
      async
          .copyObject(
              r ->
                  r.sourceBucket(BUCKET)
                      .sourceKey("big.bin")
                      .destinationBucket(BUCKET)
                      .destinationKey("copy.bin"))
          .join();
      tell("copyObject     copy.bin, in parts");
      List<String> keys = keys(s3);
      tell("listObjectsV2  " + String.join(", ", keys));
      Surprise.unless(
          keys.equals(List.of("big.bin", "copy.bin", "hello.txt")), "three objects were expected");
    } finally {
      var unused = s3.emptyAndKeep(BUCKET);
      // On the suffixed names here others could take it: that is said by repeating the name.
      s3.deleteBucket(BucketDeletion.of(BUCKET).releaseName(bucket.physicalName()));
    }
    tell("deleteBucket   " + bucket.name());
  }

  private static List<String> keys(S3PrivateClient s3) {
    return s3.listObjectsV2Paginator(r -> r.bucket(BUCKET)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private void say(String headline) {
    step++;
    System.out.printf("%n%d. %s%n", step, headline);
  }

  private static void tell(String line) {
    System.out.println("   " + line);
  }
}
