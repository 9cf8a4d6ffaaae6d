package io.github.ownproof.s3;

import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Fills in the owner where a request has none yet, on calls the AWS SDK makes by itself, such as
 * those that complete a multipart copy; and lets no attempt past the gate. One interceptor for
 * both: the AWS SDK asks each at some fifteen points of a call.
 */
final class OwnerInterceptor implements ExecutionInterceptor {

  private final OwnedRequests requests;
  private final OwnerGate gate;

  OwnerInterceptor(PrivateBuckets buckets, OwnerGate gate) {
    this.requests = OwnedRequests.ofClients(buckets);
    this.gate = gate;
  }

  boolean isFor(PrivateBuckets buckets) {
    return gate.isFor(buckets);
  }

  @Override
  public SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
    if (!(context.request() instanceof AwsRequest request)) {
      return context.request();
    }
    S3Operation operation = S3Operation.of(request);
    preferRegionalEndpoint(operation, executionAttributes);
    return requests.own(operation, request);
  }

  /**
   * {@link PrivateEndpoints} sees to it in any case, but has to copy the endpoint's parameters for
   * it, twice a call.
   */
  private static void preferRegionalEndpoint(
      S3Operation operation, ExecutionAttributes attributes) {
    if (Boolean.TRUE.equals(attributes.getAttribute(AwsExecutionAttribute.USE_GLOBAL_ENDPOINT))
        && operation.kind() != S3Operation.Kind.NO_BUCKET) {
      attributes.putAttribute(AwsExecutionAttribute.USE_GLOBAL_ENDPOINT, false);
    }
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes executionAttributes) {
    gate.beforeTransmission(context, executionAttributes);
  }

  @Override
  public void onExecutionFailure(
      Context.FailedExecution context, ExecutionAttributes executionAttributes) {
    if (context.exception() instanceof AwsServiceException answer && Guard.isDenied(answer)) {
      gate.denied(context.request());
    }
  }
}
