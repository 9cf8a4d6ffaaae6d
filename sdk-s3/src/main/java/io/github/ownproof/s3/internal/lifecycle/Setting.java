package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.lifecycle.BucketSettingException;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Repair;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One setting of a bucket: how to read and write it, and what it should be. Reads and writes are
 * S3's; nothing is written that is as planned already.
 *
 * @param <V> the setting as S3 tells it; compared by value
 */
abstract class Setting<V> {

  private static final Logger LOG = LoggerFactory.getLogger(Setting.class);

  /** Once, and once more if somebody else overwrote it. */
  private static final int MOST_WRITES = 2;

  private final OwnBucket bucket;
  private final String name;

  Setting(OwnBucket bucket, String name) {
    this.bucket = bucket;
    this.name = name;
  }

  abstract V read();

  /** What it should be, given what it is; the same where nothing has to change. */
  abstract V planned(V found);

  abstract void write(V planned);

  /** The value for people, short. */
  abstract String text(V value);

  final OwnBucket bucket() {
    return bucket;
  }

  final String name() {
    return name;
  }

  final boolean isAsPlanned() {
    return isAsPlanned(read());
  }

  private boolean isAsPlanned(V found) {
    return planned(found).equals(found);
  }

  /** Makes it as planned, and tells what was not. */
  List<Repair> ensure() {
    V was = read();
    if (isAsPlanned(was)) {
      return List.of();
    }
    V now = was;
    for (int writes = 0; writes < MOST_WRITES && !isAsPlanned(now); writes++) {
      V planned = planned(now);
      OwnBucket.unlessBusy(bucket.host(), () -> write(planned), () -> write(planned(read())));
      now = bucket.lookUntil(this::isAsPlanned, this::read);
    }
    if (!isAsPlanned(now)) {
      throw notKept(text(now));
    }
    return repairs(was, now);
  }

  List<Repair> repairs(V was, V now) {
    return List.of(new Repair(name, text(was), text(now)));
  }

  RuntimeException notKept(String now) {
    return new BucketSettingException(
        "S3_SETTING_NOT_KEPT",
        "S3 took the setting "
            + name
            + " of "
            + bucket.bucket()
            + " twice, but still shows "
            + now
            + ". Find out who else changes it, then run createPrivateBucket again.",
        null);
  }

  /** Repairs are never silent, not even where nobody looks at the result. */
  final void logged(Repair repair) {
    LOG.warn(
        "{}: {} was {} and is now {}",
        bucket.bucket(),
        repair.setting(),
        oneLine(repair.was()),
        oneLine(repair.now()));
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }
}
