package io.github.ownproof.s3.internal.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.audit.AuditEvent.BucketChange.Change;
import io.github.ownproof.s3.BucketAbsentException;
import io.github.ownproof.s3.BucketNameException;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.Progress;
import io.github.ownproof.s3.lifecycle.Progress.Phase;
import io.github.ownproof.s3.lifecycle.ProgressListener;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionException;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of its own with copies that everybody may read. It is opened last and closed first, and
 * its tags say at each moment what it is for, so that a run that was broken off can be told from a
 * bucket that is used for something else.
 */
final class PublicBucketPromotion {

  private static final String PREFIX = "public-";

  /** How often what changed in the private bucket while it was copied is looked for. */
  private static final int ROUNDS = 3;

  private final BucketHost host;
  private final PrivateBucket source;
  private final Promotion.PublicBucket promotion;
  private final PublicBucketCalls target;
  private final PublicBucketClaim claim;

  /** What a bucket of the public name is to this promotion. */
  private enum Standing {
    ABSENT,
    /** Ours, empty, and not in use. */
    FREE,
    /** This promotion's, not open, or not known to be. */
    BEGUN,
    PUBLISHED
  }

  /** What is to do. */
  private record Plan(long same, long toCopy, long bytesToCopy, long toRemove) {

    boolean isDone() {
      return toCopy == 0 && toRemove == 0;
    }
  }

  PublicBucketPromotion(BucketHost host, PrivateBucket source, Promotion.PublicBucket promotion) {
    this.host = host;
    this.source = source;
    this.promotion = promotion;
    this.target = new PublicBucketCalls(host, host.publicBucket(promotion.publicBucket(), source));
    this.claim = new PublicBucketClaim(target, source, promotion.keyPrefix());
  }

  PromotionReport promote(ProgressListener listener, CopySizes sizes) {
    Standing standing = standing();
    Tally tally = new Tally(listener);
    Plan plan = count(standing != Standing.ABSENT, tally);
    if (standing == Standing.PUBLISHED && plan.isDone() && target.isOpen(promotion.keyPrefix())) {
      return new PromotionReport(
          promotion, PromotionReport.Outcome.UNCHANGED, 0, plan.same(), 0, 0);
    }
    return AuditedChange.record(
        host, source, Change.PROMOTE, source.arn(), () -> publish(standing, plan, tally, sizes));
  }

  private PromotionReport publish(Standing found, Plan counted, Tally tally, CopySizes sizes) {
    Standing standing = found;
    if (standing == Standing.ABSENT) {
      target.create();
      standing = standing();
    }
    if (standing != Standing.PUBLISHED) {
      claim.begin();
      if (standing == Standing.FREE && !target.isEmpty()) {
        throw refused(
            target.bucket()
                + " was taken into use by somebody else at the same moment. Nothing was copied."
                + " Choose another name, or demote this promotion and run it again.");
      }
      target.close();
      target.configure();
    }
    try (ObjectCopies copies = new ObjectCopies(host, source, target, sizes, tally)) {
      Plan plan = counted;
      for (int round = 0; round < ROUNDS && !plan.isDone(); round++) {
        carryOut(plan, copies, tally);
        plan = count(true, tally);
      }
      endIfLost(tally, false);
      if (!target.isOpen(promotion.keyPrefix())) {
        open(tally);
      }
      claim.publish();
      endIfLost(tally, true);
      return new PromotionReport(
          promotion,
          PromotionReport.Outcome.PROMOTED,
          copies.objects(),
          counted.same(),
          tally.of(Phase.REMOVING).objectsDone(),
          copies.bytes());
    }
  }

  private void open(Tally tally) {
    try {
      target.open(promotion.keyPrefix());
    } catch (PromotionException blocked) {
      endIfLost(tally, false);
      throw blocked;
    }
  }

  /**
   * Leaves nothing open, or lying in it, that others do not expect there: a demotion may have gone
   * through while this went on copying.
   */
  private void endIfLost(Tally tally, boolean opened) {
    Optional<PromotionException> lost = claim.lost();
    if (lost.isEmpty()) {
      return;
    }
    if (opened) {
      target.close();
    }
    if (!claim.isAnothers(target.tags())) {
      new CopyRemoval(target, tally).removeAll();
    }
    throw lost.get();
  }

  /** Copies of what is gone end first: somebody may have wanted it gone for a reason. */
  private void carryOut(Plan plan, ObjectCopies copies, Tally tally) {
    tally.expect(Phase.REMOVING, plan.toRemove(), 0);
    tally.expect(Phase.COPYING, plan.toCopy(), plan.bytesToCopy());
    try {
      if (plan.toRemove() > 0) {
        remove(new CopyRemoval(target, tally));
      }
      if (plan.toCopy() > 0) {
        copy(copies);
      }
    } catch (AbortedException interrupted) {
      throw interrupted;
    } catch (SdkException | OwnproofException e) {
      throw incomplete(tally, e, copies.failed());
    }
  }

  private void remove(CopyRemoval removal) {
    List<String> batch = new ArrayList<>();
    difference()
        .visit(
            true,
            new Visit() {
              @Override
              public void toRemove(S3Object copy) {
                batch.add(copy.key());
                if (batch.size() == CopyRemoval.MOST) {
                  removal.remove(List.copyOf(batch));
                  batch.clear();
                }
              }
            });
    if (!batch.isEmpty()) {
      removal.remove(batch);
    }
  }

  private void copy(ObjectCopies copies) {
    List<S3Object> batch = new ArrayList<>();
    difference()
        .visit(
            true,
            new Visit() {
              @Override
              public void toCopy(S3Object original) {
                batch.add(original);
                if (batch.size() == CopyRemoval.MOST) {
                  copies.copy(List.copyOf(batch));
                  batch.clear();
                }
              }
            });
    copies.copy(batch);
  }

  private Plan count(boolean targetExists, Tally tally) {
    Counting counting = new Counting();
    difference().visit(targetExists, counting);
    long objects = counting.same + counting.toCopy;
    tally.expect(Phase.COUNTING, objects, 0);
    tally.done(Phase.COUNTING, objects, 0);
    return new Plan(counting.same, counting.toCopy, counting.bytesToCopy, counting.toRemove);
  }

  private Difference difference() {
    return new Difference(host, source, target, promotion.keyPrefix());
  }

  private Standing standing() {
    if (!target.exists()) {
      return Standing.ABSENT;
    }
    PublicBucketTags tags = target.tags();
    if (claim.has(tags)) {
      return tags.state().equals(Optional.of(PublicBucketTags.PUBLISHED))
          ? Standing.PUBLISHED
          : Standing.BEGUN;
    }
    if (claim.isAnothers(tags)) {
      throw claim.taken(tags);
    }
    if (!target.isEmpty() || (tags.isBlank() && !target.policy().read().isEmpty())) {
      throw refused(
          target.bucket()
              + " is used for something else: it "
              + (target.isEmpty() ? "has a policy" : "is not empty")
              + ", and its tags do not say that it is a promotion's. Choose another name.");
    }
    return Standing.FREE;
  }

  DemotionReport demote(ProgressListener listener) {
    if (!target.exists() || !claim.has(target.tags())) {
      return new DemotionReport(promotion, DemotionReport.Outcome.UNCHANGED, 0);
    }
    return AuditedChange.record(
        host, source, Change.DEMOTE, source.arn(), () -> takeBack(new Tally(listener)));
  }

  /** A promotion that had not looked yet may have opened it. */
  private void closeAgain() {
    if (!target.isClosed()) {
      target.close();
    }
  }

  private DemotionReport takeBack(Tally tally) {
    target.close();
    claim.takeBack();
    closeAgain();
    try {
      new CopyRemoval(target, tally).removeAll();
    } catch (AbortedException interrupted) {
      throw interrupted;
    } catch (SdkException | OwnproofException e) {
      throw incomplete(tally, e, Optional.empty());
    }
    closeAgain();
    claim.release();
    return new DemotionReport(
        promotion, DemotionReport.Outcome.DEMOTED, tally.of(Phase.REMOVING).objectsDone());
  }

  /**
   * The promotions of this kind that a private bucket has, by the tags of all public buckets of the
   * account in its region. One that is begun or being undone counts: there may be copies.
   */
  static List<Promotion> list(BucketHost host, PrivateBucket source, String written) {
    List<Promotion> promotions = new ArrayList<>();
    for (Bucket one :
        host.s3()
            .listBucketsPaginator(r -> r.prefix(PREFIX).maxBuckets(OwnBucket.BUCKETS_A_PAGE))
            .buckets()) {
      if (one.bucketRegion() == null || one.bucketRegion().equals(source.region())) {
        of(host, source, written, one.name()).ifPresent(promotions::add);
      }
    }
    return promotions;
  }

  private static Optional<Promotion> of(
      BucketHost host, PrivateBucket source, String written, String name) {
    PrivateBucket bucket;
    try {
      bucket = host.publicBucket(name, source);
    } catch (BucketNameException noPromotionHasSuchAName) {
      return Optional.empty();
    }
    try {
      PublicBucketTags tags = new PublicBucketCalls(host, bucket).tags();
      return tags.isOf(source.physicalName())
          ? tags.keyPrefix().map(prefix -> Promotion.publicBucket(written, name, prefix))
          : Optional.empty();
    } catch (BucketAbsentException goneMeanwhile) {
      return Optional.empty();
    }
  }

  private PromotionException incomplete(Tally tally, RuntimeException cause, Optional<String> key) {
    Progress copied = tally.of(Phase.COPYING);
    Progress removed = tally.of(Phase.REMOVING);
    return new PromotionException(
        "S3_PROMOTION_INCOMPLETE",
        "A call failed when "
            + copied.objectsDone()
            + " of "
            + copied.objectsTotal()
            + " objects ("
            + copied.bytesDone()
            + " of "
            + copied.bytesTotal()
            + " bytes) were copied to "
            + target.bucket()
            + ", and "
            + removed.objectsDone()
            + " copies removed from it: "
            + code(cause)
            + key.map(failed -> ", at " + quote(failed)).orElse("")
            + ". Run this again: it goes on from there.",
        cause);
  }

  private static String code(RuntimeException cause) {
    if (cause instanceof OwnproofException ours) {
      return ours.code();
    }
    return cause instanceof AwsServiceException answer && answer.awsErrorDetails() != null
        ? quote(String.valueOf(answer.awsErrorDetails().errorCode()))
        : cause.getClass().getName();
  }

  private static PromotionException refused(String message) {
    return new PromotionException("S3_PROMOTION_REFUSED", message, null);
  }

  /** Minds nothing. */
  private abstract static class Visit implements Difference.Visitor {

    @Override
    public void same(S3Object source) {}

    @Override
    public void toCopy(S3Object source) {}

    @Override
    public void toRemove(S3Object copy) {}
  }

  private static final class Counting extends Visit {

    private long same;
    private long toCopy;
    private long bytesToCopy;
    private long toRemove;

    @Override
    public void same(S3Object source) {
      same++;
    }

    @Override
    public void toCopy(S3Object source) {
      toCopy++;
      bytesToCopy += source.size();
    }

    @Override
    public void toRemove(S3Object copy) {
      toRemove++;
    }
  }
}
