package io.github.ownproof.s3.internal.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.lifecycle.Progress.Phase;
import io.github.ownproof.s3.lifecycle.PromotionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/**
 * Copies objects to a public bucket inside S3, some at a time, on daemon threads of its own that
 * end with it.
 */
final class ObjectCopies implements AutoCloseable {

  private static final int AT_A_TIME = 8;
  private static final int MOST_TRIES = 4;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final BucketHost host;
  private final PrivateBucket source;
  private final PublicBucketCalls target;
  private final CopySizes sizes;
  private final Tally tally;
  private final AtomicInteger threadsMade = new AtomicInteger();
  private final AtomicLong objects = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicReference<@Nullable String> failed = new AtomicReference<>();
  private final ThreadPoolExecutor threads;

  ObjectCopies(
      BucketHost host,
      PrivateBucket source,
      PublicBucketCalls target,
      CopySizes sizes,
      Tally tally) {
    this.host = host;
    this.source = source;
    this.target = target;
    this.sizes = sizes;
    this.tally = tally;
    this.threads =
        new ThreadPoolExecutor(
            AT_A_TIME,
            AT_A_TIME,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "ownproof-s3-copy-" + threadsMade.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** How many objects were copied. */
  long objects() {
    return objects.get();
  }

  /** The key of the first object that could not be copied, if there is one. */
  Optional<String> failed() {
    return Optional.ofNullable(failed.get());
  }

  /** The size of what was copied. */
  long bytes() {
    return bytes.get();
  }

  /** Copies these; when one cannot be copied, no other is begun, and what happened is thrown. */
  void copy(List<S3Object> originals) {
    AtomicReference<@Nullable RuntimeException> first = new AtomicReference<>();
    List<Future<?>> running = new ArrayList<>();
    for (S3Object original : originals) {
      running.add(
          threads.submit(
              () -> {
                try {
                  if (first.get() == null) {
                    copy(original);
                  }
                } catch (RuntimeException e) {
                  if (first.compareAndSet(null, e)) {
                    failed.set(original.key());
                  }
                }
              }));
    }
    for (Future<?> one : running) {
      await(one, first);
    }
    RuntimeException failure = first.get();
    if (failure != null) {
      throw failure;
    }
  }

  private void await(Future<?> one, AtomicReference<@Nullable RuntimeException> first) {
    try {
      var unused = one.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      AbortedException aborted = AbortedException.create("Interrupted while copying.", e);
      var unused = first.compareAndSet(null, aborted);
      throw aborted;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Copies what was listed, or what has taken its place meanwhile. The source is looked at once
   * more after that: a copy that is newer than what took its place would pass for it later.
   */
  private void copy(S3Object listed) {
    String eTag = listed.eTag();
    long size = listed.size();
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      boolean copied = copy(listed.key(), eTag, size);
      HeadObjectResponse now = head(listed.key());
      if (now == null) {
        // It is gone; a copy of it is found and removed with the others of that kind.
        tally.done(Phase.COPYING, 1, listed.size());
        return;
      }
      if (copied && now.eTag().equals(eTag)) {
        objects.incrementAndGet();
        bytes.addAndGet(size);
        tally.done(Phase.COPYING, 1, listed.size());
        return;
      }
      eTag = now.eTag();
      size = now.contentLength();
    }
    throw new PromotionException(
        "S3_PROMOTION_INCOMPLETE",
        "The object "
            + quote(listed.key())
            + " of "
            + source
            + " was changed each time it was copied. Run this again when it is left alone.",
        null);
  }

  private boolean copy(String key, String eTag, long size) {
    try {
      if (size > sizes.single()) {
        new PartCopy(host, source, target, sizes).copy(key, eTag, size);
      } else {
        var unused =
            host.s3()
                .copyObject(
                    r ->
                        r.sourceBucket(host.spelling(source))
                            .sourceKey(key)
                            .copySourceIfMatch(eTag)
                            .destinationBucket(target.name())
                            .destinationKey(key)
                            .metadataDirective(MetadataDirective.COPY)
                            .taggingDirective(TaggingDirective.REPLACE)
                            .serverSideEncryption(ServerSideEncryption.AES256)
                            .overrideConfiguration(target::cleared));
      }
      return true;
    } catch (S3Exception e) {
      if (isChanged(e)) {
        return false;
      }
      throw e;
    }
  }

  private @Nullable HeadObjectResponse head(String key) {
    try {
      return host.s3().headObject(r -> r.bucket(host.spelling(source)).key(key));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  /** The source is not what was listed any more. */
  private static boolean isChanged(S3Exception e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    return e.statusCode() == PRECONDITION_FAILED
        || (e.statusCode() == NOT_FOUND && !"NoSuchUpload".equals(code));
  }

  /** Ends what is still under way. */
  @Override
  public void close() {
    List<Runnable> notBegun = threads.shutdownNow();
    notBegun.clear();
    try {
      boolean unused = threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
