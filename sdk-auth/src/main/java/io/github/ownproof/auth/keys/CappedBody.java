package io.github.ownproof.auth.keys;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes a body up to a limit, and hangs up on the rest. */
final class CappedBody implements BodySubscriber<byte[]> {

  private final int limit;
  private final @Nullable FetchFailure refusal;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;

  private CappedBody(int limit, @Nullable FetchFailure refusal) {
    this.limit = limit;
    this.refusal = refusal;
  }

  static CappedBody upTo(int limit) {
    return new CappedBody(limit, null);
  }

  /** Reads nothing. */
  static CappedBody refusing(FetchFailure failure) {
    return new CappedBody(0, failure);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    if (refusal != null) {
      hangUp(subscription, refusal);
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    Subscription from = subscription;
    if (from == null || body.isDone()) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      if (received.size() + buffer.remaining() > limit) {
        hangUp(from, new FetchFailure(FetchFailure.Why.TOO_LARGE));
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      received.writeBytes(bytes);
    }
    from.request(1);
  }

  @Override
  public void onError(Throwable thrown) {
    body.completeExceptionally(thrown);
  }

  @Override
  public void onComplete() {
    body.complete(received.toByteArray());
  }

  private void hangUp(Subscription from, FetchFailure failure) {
    from.cancel();
    body.completeExceptionally(failure);
  }
}
