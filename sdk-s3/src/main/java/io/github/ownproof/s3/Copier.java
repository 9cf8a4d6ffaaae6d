package io.github.ownproof.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;

/** Who copies objects where an asynchronous client itself cannot do it guarded. */
interface Copier {

  CompletableFuture<CopyObjectResponse> copy(CopyObjectRequest request);

  default Copier withAwsExceptions() {
    return this;
  }

  /** A private client beside the one that uploads and downloads. */
  static Copier with(S3PrivateAsyncClient client) {
    return new Beside(client);
  }

  /** Nobody. */
  static Copier refusing() {
    return unused -> {
      throw UnguardedRequestException.operation(
          "CopyObject",
          "the CRT client's copy makes calls of its own without an owner. Copy with"
              + " S3PrivateClient, or build the client with"
              + " S3PrivateAsyncClient.builder().crt(...), which copies guarded.");
    };
  }

  /** See {@link #with}. */
  record Beside(S3PrivateAsyncClient client) implements Copier {

    @Override
    public CompletableFuture<CopyObjectResponse> copy(CopyObjectRequest request) {
      return client.copyObject(request);
    }

    @Override
    public Copier withAwsExceptions() {
      return new Beside(client.withAwsExceptions());
    }
  }
}
