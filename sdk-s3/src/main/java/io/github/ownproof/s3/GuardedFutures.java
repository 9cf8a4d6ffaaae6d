package io.github.ownproof.s3;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * How a guarded call becomes a future: the first discovery is not waited for, and failures are in
 * it.
 */
final class GuardedFutures {

  private GuardedFutures() {}

  /**
   * Starts the call once the account and region are known: at once, if they are already, and not at
   * all if it was cancelled by then.
   */
  static <R> CompletableFuture<R> onceContextIsKnown(
      PrivateBuckets buckets, Supplier<CompletableFuture<R>> call) {
    if (buckets.isContextKnown()) {
      return started(call);
    }
    CompletableFuture<R> result = new CompletableFuture<>();
    var unused =
        buckets
            .discovery()
            .await()
            .whenComplete(
                (known, failure) -> {
                  if (failure != null) {
                    result.completeExceptionally(unwrapped(failure));
                  } else if (!result.isDone()) {
                    connect(started(call), result, Function.identity());
                  }
                });
    return result;
  }

  /** Starts the call; what it throws at once fails the future. */
  static <R> CompletableFuture<R> started(Supplier<CompletableFuture<R>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Passes the outcome down, explained, and a cancellation up. */
  static <R> CompletableFuture<R> explained(
      Guard guard, S3Request request, CompletableFuture<R> upstream) {
    CompletableFuture<R> result = new CompletableFuture<>();
    connect(
        upstream,
        result,
        failure -> failure instanceof RuntimeException e ? guard.explain(request, e) : failure);
    return result;
  }

  private static <R> void connect(
      CompletableFuture<R> upstream,
      CompletableFuture<R> result,
      Function<Throwable, Throwable> explanation) {
    var unused =
        upstream.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(explanation.apply(unwrapped(failure)));
              }
            });
    var unusedToo =
        result.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                upstream.completeExceptionally(failure);
              }
            });
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
