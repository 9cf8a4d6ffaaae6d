package io.github.ownproof.s3.internal.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.audit.AuditEvent.BucketChange.Change;
import io.github.ownproof.s3.BucketAbsentException;
import io.github.ownproof.s3.BucketDiagnosis;
import io.github.ownproof.s3.BucketOwnershipException;
import io.github.ownproof.s3.BucketSquattedException;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.lifecycle.InvalidPlanException;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Outcome;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Makes a bucket private, from nothing or from whatever state it is in. Nothing is written before
 * S3 says that the bucket is ours or nobody's; then one setting after another is put right, in an
 * order in which no step opens anything. Whatever step it ends at, the next run goes on from there.
 */
public final class BucketCreation {

  private final BucketHost host;

  /** For the buckets of this client. */
  public BucketCreation(BucketHost host) {
    this.host = host;
  }

  /** See {@code S3PrivateClient.createPrivateBucket}. */
  public ProvisionedBucket create(PrivateBucketPlan plan) {
    PrivateBucket bucket =
        plan.region().isPresent()
            ? host.ours(plan.bucket(), plan.region().get())
            : host.ours(plan.bucket());
    OwnBucket own = new OwnBucket(host, bucket);
    checkKey(own, plan.kmsKey());
    List<Setting<?>> settings = settings(own, plan);
    return isThere(own) ? repair(own, settings) : createAnew(own, plan, settings);
  }

  /** S3 takes keys of the bucket's region only. */
  private static void checkKey(OwnBucket own, Optional<String> keyArn) {
    if (keyArn.isEmpty()) {
      return;
    }
    String[] arn = keyArn.get().split(":", 5);
    if (!arn[1].equals(own.partition()) || !arn[3].equals(own.bucket().region())) {
      throw new InvalidPlanException(
          quote(keyArn.get())
              + " is not a key in "
              + own.bucket().region()
              + ", where "
              + own.bucket()
              + " is. Give a key of that region.");
    }
  }

  private static List<Setting<?>> settings(OwnBucket own, PrivateBucketPlan plan) {
    List<Setting<?>> settings = new ArrayList<>();
    // What lets others in is closed first. ACLs must grant nothing before they can be switched off.
    settings.add(new PublicAccessBlockSetting(own));
    settings.add(new AclSetting(own));
    settings.add(new OwnershipSetting(own));
    settings.add(new WebsiteSetting(own));
    settings.add(new PolicySetting(own));
    settings.add(new EncryptionSetting(own, plan.kmsKey()));
    if (plan.isVersioned()) {
      settings.add(new VersioningSetting(own));
    }
    if (plan.isObjectLocked()) {
      settings.add(new ObjectLockSetting(own, plan.retention()));
    }
    if (!plan.tags().isEmpty()) {
      settings.add(new TagsSetting(own, plan.tags()));
    }
    return settings;
  }

  /** Whether it exists and is ours; throws where S3 does not say that it is. */
  private boolean isThere(OwnBucket own) {
    try {
      own.verifyOwner();
      return true;
    } catch (BucketAbsentException e) {
      return false;
    } catch (BucketOwnershipException e) {
      throw explained(own, e, e.getCause());
    } catch (S3Exception e) {
      // Moved or malformed: the bucket may be in a region that is not ours to choose.
      throw e.statusCode() < 500 ? explained(own, e, e) : e;
    }
  }

  private RuntimeException explained(
      OwnBucket own, RuntimeException denied, @Nullable Throwable answer) {
    BucketDiagnosis diagnosis;
    try {
      diagnosis = host.diagnose(own.bucket());
    } catch (RuntimeException e) {
      denied.addSuppressed(e);
      return denied;
    }
    return diagnosis.state() == BucketDiagnosis.State.FOREIGN
        ? new BucketSquattedException(
            own.bucket(), answer instanceof AwsServiceException aws ? aws : null)
        : denied;
  }

  private ProvisionedBucket createAnew(
      OwnBucket own, PrivateBucketPlan plan, List<Setting<?>> settings) {
    return AuditedChange.record(
        host,
        own.bucket(),
        Change.CREATE,
        own.bucket().arn(),
        () -> {
          OwnBucket.unlessBusy(host, () -> createEmpty(own, plan));
          // CreateBucket carries no owner: nothing is written before S3 has told whose it is.
          if (!own.lookUntil(found -> found, () -> isThere(own))) {
            own.verifyOwner();
          }
          for (Setting<?> setting : settings) {
            // What a new bucket does not have yet has not drifted.
            var unused = own.onceThere(setting::ensure);
          }
          own.verifyOwner();
          return new ProvisionedBucket(own.bucket(), Outcome.CREATED, List.of());
        });
  }

  private static void createEmpty(OwnBucket own, PrivateBucketPlan plan) {
    try {
      var unused =
          own.s3()
              .createBucket(
                  r ->
                      r.bucket(own.name())
                          .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                          .objectLockEnabledForBucket(plan.isObjectLocked() ? true : null));
    } catch (S3Exception e) {
      // An answer that was lost and asked for again, or another run of ours that was quicker.
      if (!OwnBucket.is(e, "BucketAlreadyOwnedByYou")) {
        throw e;
      }
    }
  }

  private ProvisionedBucket repair(OwnBucket own, List<Setting<?>> settings) {
    List<Setting<?>> drifted = settings.stream().filter(one -> !one.isAsPlanned()).toList();
    List<Repair> repairs =
        drifted.isEmpty()
            ? List.of()
            : AuditedChange.record(
                host, own.bucket(), Change.REPAIR, own.bucket().arn(), () -> repair(drifted));
    own.verifyOwner();
    return new ProvisionedBucket(
        own.bucket(), repairs.isEmpty() ? Outcome.UNCHANGED : Outcome.REPAIRED, repairs);
  }

  private static List<Repair> repair(List<Setting<?>> drifted) {
    List<Repair> repairs = new ArrayList<>();
    for (Setting<?> setting : drifted) {
      for (Repair repair : setting.ensure()) {
        setting.logged(repair);
        repairs.add(repair);
      }
    }
    return repairs;
  }
}
