package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.OwnproofException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The last look at a signed request, just before each attempt to send it. It trusts nothing that
 * came before: bucket and owner are read off the request itself, and whatever does not match is
 * stopped with {@link UnguardedRequestException}. What it would open is judged once more, too; see
 * {@link PublicAccessOnWire}.
 */
final class OwnerGate implements ExecutionInterceptor {

  /** Who signs, and so whether a signature can be looked at here. */
  enum Signing {
    /** The AWS SDK, before this look. */
    BY_SDK,
    /** The native CRT client, after it; it signs all {@code x-amz-} headers. */
    BY_CRT
  }

  private final PrivateBuckets buckets;
  private final Signing signing;

  OwnerGate(PrivateBuckets buckets, Signing signing) {
    this.buckets = buckets;
    this.signing = signing;
  }

  /** S3 denied a request that had passed. */
  void denied(SdkRequest request) {
    S3Operation operation = S3Operation.of(request);
    if (operation.carriesOwner()) {
      buckets.counters().denied(operation);
    }
  }

  boolean isFor(PrivateBuckets others) {
    return buckets == others;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes executionAttributes) {
    check(
        context.request(),
        context.httpRequest(),
        override(executionAttributes),
        executionAttributes);
  }

  private void check(
      SdkRequest request,
      SdkHttpRequest http,
      @Nullable URI override,
      ExecutionAttributes attributes) {
    S3Operation operation = S3Operation.of(request);
    try {
      if (signing == Signing.BY_CRT && !canSign(credentials(attributes))) {
        throw stopped(operation, "its credentials are anonymous, and sign nothing.");
      }
      if (operation.kind() == S3Operation.Kind.CREATE_BUCKET) {
        checkCreator(operation, credentials(attributes));
      }
      check(operation, request, http, SentHeaders.of(http), override);
    } catch (OwnproofException e) {
      buckets.counters().refused(operation, e);
      throw e;
    }
    if (operation.carriesOwner()) {
      buckets.counters().owned(operation);
    }
  }

  private void check(
      S3Operation operation,
      SdkRequest request,
      SdkHttpRequest http,
      SentHeaders headers,
      @Nullable URI override) {
    checkHost(operation, http, headers);
    switch (operation.kind()) {
      case OWNED -> {
        checkBucket(operation, request, http, headers, override);
        checkNoSource(operation, headers);
      }
      case COPY -> {
        checkBucket(operation, request, http, headers, override);
        checkSource(operation, headers);
      }
      case CREATE_BUCKET -> checkCreation(operation, request, http, headers, override);
      case NO_BUCKET -> {
        if (!WireTarget.isNoBucket(http, override, buckets.context().region())) {
          throw stopped(operation, "it should reach no bucket, but its path names one.");
        }
      }
      case PRESIGNED_URL -> checkUrl(operation, http, override);
      case REFUSED ->
          throw UnguardedRequestException.operation(operation.name(), operation.refusal());
    }
  }

  /** S3 goes by this header, and some HTTP clients send it as it stands here. */
  private static void checkHost(S3Operation operation, SdkHttpRequest http, SentHeaders headers) {
    List<String> all = headers.host();
    for (int i = 0; i < all.size(); i++) {
      String header = all.get(i);
      if (!SentHeaders.isSame(header, http.host())
          && !header.equalsIgnoreCase(http.host() + ':' + http.port())) {
        throw stopped(
            operation,
            "its Host header is " + quote(header) + ", but it goes to " + quote(http.host()) + ".");
      }
    }
  }

  /** With this header S3 takes an upload for a copy, from a source whose owner nobody expects. */
  private static void checkNoSource(S3Operation operation, SentHeaders headers) {
    if (!headers.copySource().isEmpty()) {
      throw stopped(
          operation,
          "it carries "
              + SentHeaders.COPY_SOURCE
              + ", which makes a copy of it. Use CopyObject for that.");
    }
  }

  private void checkBucket(
      S3Operation operation,
      SdkRequest request,
      SdkHttpRequest http,
      SentHeaders headers,
      @Nullable URI override) {
    PrivateBucket bucket = target(operation, request);
    checkTarget(operation, bucket, http, override);
    checkOwner(operation, headers, OwnerHeaders.OWNER, bucket.owner());
    checkQuery(operation, http);
    PublicAccessOnWire.check(operation, request, http, headers, override, bucket);
  }

  /** S3 takes the owner, and may take others of its headers, from there, too. */
  private static void checkQuery(S3Operation operation, SdkHttpRequest http) {
    if (http.numRawQueryParameters() == 0) {
      return;
    }
    for (String parameter : http.rawQueryParameters().keySet()) {
      if (OwnerHeaders.isOne(parameter) || SentHeaders.isCopySource(parameter)) {
        throw stopped(operation, "it carries " + parameter + " in its query.");
      }
    }
  }

  private void checkSource(S3Operation operation, SentHeaders headers) {
    List<String> sources = headers.copySource();
    if (sources.size() != 1) {
      throw stopped(operation, "it names " + sources.size() + " copy sources, not one.");
    }
    PrivateBucket source = known(operation, CopySource.parse(sources.get(0)).bucket());
    checkOwner(operation, headers, OwnerHeaders.SOURCE_OWNER, source.owner());
  }

  private void checkCreation(
      S3Operation operation,
      SdkRequest request,
      SdkHttpRequest http,
      SentHeaders headers,
      @Nullable URI override) {
    PrivateBucket bucket = target(operation, request);
    checkTarget(operation, bucket, http, override);
    if (http.numRawQueryParameters() > 0) {
      throw stopped(operation, "its query makes another operation of it, which needs an owner.");
    }
    if (!WireTarget.isKeyless(bucket, http, override)) {
      throw stopped(operation, "its path is an object's: it would upload instead.");
    }
    if (!bucket.owner().equals(buckets.context().account())) {
      throw stopped(operation, bucket + " would be created by another account than its owner.");
    }
    if (OwnedRequests.isAccountRegional(bucket)
        && !headers.namespace().equals(List.of("account-regional"))) {
      throw stopped(operation, bucket + " would be created outside its account's namespace.");
    }
    if (OwnedRequests.isAccountRegional(bucket)) {
      checkSigned(operation, headers, SentHeaders.NAMESPACE);
    }
    PublicAccessOnWire.check(operation, request, http, headers, override, bucket);
  }

  /** A finished URL can carry the owner in its query only, and its signature covers the query. */
  private void checkUrl(S3Operation operation, SdkHttpRequest http, @Nullable URI override) {
    List<String> owners = http.firstMatchingRawQueryParameters(OwnerHeaders.OWNER);
    PrivateBucket bucket =
        WireTarget.namedBy(http, override, buckets.names()::byPhysicalName).orElse(null);
    if (bucket == null) {
      throw stopped(operation, "the URL names no bucket of ours.");
    }
    if (!owners.equals(List.of(bucket.owner().value()))
        || http.firstMatchingRawQueryParameters("X-Amz-Signature").size() != 1) {
      throw stopped(
          operation,
          "the URL is not signed, or does not carry the owner of "
              + bucket
              + " as the query parameter "
              + OwnerHeaders.OWNER
              + ".");
    }
  }

  private PrivateBucket target(S3Operation operation, SdkRequest request) {
    String physicalName = operation.bucket(request);
    PrivateBucket cleared = ClearedBucket.of(request, () -> buckets.context().account());
    return cleared != null && cleared.physicalName().equals(physicalName)
        ? cleared
        : known(operation, physicalName);
  }

  private PrivateBucket known(S3Operation operation, @Nullable String physicalName) {
    PrivateBucket bucket =
        physicalName == null ? null : buckets.names().byPhysicalName(physicalName);
    if (bucket == null) {
      throw stopped(
          operation,
          quote(physicalName) + " is not the physical name of a bucket whose owner is known.");
    }
    return bucket;
  }

  private static void checkTarget(
      S3Operation operation, PrivateBucket bucket, SdkHttpRequest http, @Nullable URI override) {
    if (!WireTarget.is(bucket, http, override)) {
      throw stopped(
          operation,
          "it was meant for "
              + bucket
              + " in "
              + bucket.region()
              + ", but its host and path are "
              + quote(http.host() + http.encodedPath())
              + ".");
    }
  }

  private void checkOwner(
      S3Operation operation, SentHeaders headers, String header, AccountId owner) {
    List<String> values = headers.owner(header);
    if (values.size() != 1 || !values.get(0).equals(owner.value())) {
      throw stopped(
          operation,
          header
              + " should be "
              + owner
              + (values.isEmpty()
                  ? ", but is missing."
                  : ", but is " + quote(values.toString()) + "."));
    }
    checkSigned(operation, headers, header);
  }

  private void checkSigned(S3Operation operation, SentHeaders headers, String header) {
    if (signing == Signing.BY_SDK && !headers.isSigned(header)) {
      throw stopped(
          operation,
          header
              + " is not covered by a signature, so that it could be taken off on the way. Requests"
              + " to private buckets are signed: check the client's credentials and signer.");
    }
  }

  private static boolean canSign(@Nullable AwsCredentials credentials) {
    return credentials != null && credentials.accessKeyId() != null;
  }

  /** A bucket belongs to whom its creation is signed by, where the credentials say who that is. */
  private void checkCreator(S3Operation operation, @Nullable AwsCredentials credentials) {
    String account = buckets.context().account().value();
    String signer = credentials == null ? account : credentials.accountId().orElse(account);
    if (!signer.equals(account)) {
      throw UnguardedRequestException.creator(
          operation.name(),
          "it is signed by account "
              + quote(signer)
              + ", which would own the bucket, but names here are those of account "
              + account
              + ".");
    }
  }

  /** This attribute is how interceptors learn who signs; the newer way is internal. */
  @SuppressWarnings("deprecation")
  private static @Nullable AwsCredentials credentials(ExecutionAttributes attributes) {
    return attributes.getAttribute(
        software.amazon.awssdk.auth.signer.AwsSignerExecutionAttribute.AWS_CREDENTIALS);
  }

  /** Both attributes are how interceptors learn of an override; the newer way is internal. */
  @SuppressWarnings("deprecation")
  private static @Nullable URI override(ExecutionAttributes attributes) {
    return Boolean.TRUE.equals(attributes.getAttribute(SdkExecutionAttribute.ENDPOINT_OVERRIDDEN))
        ? attributes.getAttribute(SdkExecutionAttribute.CLIENT_ENDPOINT)
        : null;
  }

  private static UnguardedRequestException stopped(S3Operation operation, String why) {
    return UnguardedRequestException.request(operation.name(), why);
  }
}
