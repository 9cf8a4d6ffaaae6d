package io.github.ownproof.s3.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.OwnedBucketsPlugin;
import io.github.ownproof.s3.PrivateBuckets;
import io.github.ownproof.s3.S3PrivateClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Nothing goes to a bucket of somebody else, whatever callers, their plugins and their interceptors
 * write: random operations, and a look at each request that would have left.
 *
 * <p>Where only {@link OwnedBucketsPlugin} guards, a plugin of a single request can take it out
 * again; that is left out here, and said there.
 *
 * <p>More of them with {@code -Downproof.operations=1000000}; others with {@code -Downproof.seed}.
 */
class ForeignOwnerTest {

  private static final int OPERATIONS = Integer.getInteger("ownproof.operations", 5_000);
  private static final long SEED = Long.getLong("ownproof.seed", 1);
  private static final URI ENDPOINT = URI.create("https://s3.internal.example");

  private static final PrivateBuckets BUCKETS =
      PrivateBuckets.builder()
          .context(ExecutionContext.of(CoverageWorld.OURS, CoverageWorld.REGION.id()))
          .adopt("audit-logs", "mycompany-prod-logs")
          .trust("partner-inbox", "acme-inbox", AccountId.of(CoverageWorld.PARTNER), "eu-west-1")
          .trustAccount(AccountId.of(Spellings.TRUSTED))
          .build();

  private final StubHttp http = new StubHttp();
  private final WireOwners owners = new WireOwners(ENDPOINT.getHost());

  @Test
  void whateverIsWritten_nothingLeavesWithoutTheOwnerOfItsBucket() {
    Map<S3Call, Map.Entry<String, Class<? extends S3Request>>> calls = calls();
    List<S3Call> choices = List.copyOf(calls.keySet());
    List<S3Client> clients = clients();
    long left = 0;
    long stopped = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      RandomGenerator random = new SplittableRandom(SEED + i);
      S3Call call = Spellings.pick(choices, random);
      Map.Entry<String, Class<? extends S3Request>> operation = calls.get(call);
      int number = random.nextInt(clients.size());
      S3Client client = clients.get(number);
      S3Request request =
          RandomCall.of(operation.getValue(), random, client instanceof S3PrivateClient);
      Optional<Throwable> failure = call.on(client, request, new byte[1]);
      List<WireRequest> seen = http.take();
      for (WireRequest wire : seen) {
        Optional<String> fault = owners.fault(operation.getKey(), wire);
        if (fault.isPresent()) {
          throw new AssertionError(
              "%s: client %d, -Downproof.seed=%d -Downproof.operations=1%n%s%nwritten as %s"
                  .formatted(fault.get(), number, SEED + i, wire, request),
              failure.orElse(null));
        }
      }
      left += seen.isEmpty() ? 0 : 1;
      stopped += seen.isEmpty() ? 1 : 0;
    }
    System.out.printf("Of %d random operations %d left, all owned.%n", OPERATIONS, left);
    if (OPERATIONS > 1_000) {
      assertThat(left).as("operations that left").isGreaterThan(OPERATIONS / 10);
      assertThat(stopped).as("operations that did not leave").isGreaterThan(OPERATIONS / 10);
    }
  }

  private static Map<S3Call, Map.Entry<String, Class<? extends S3Request>>> calls() {
    Map<S3Call, Map.Entry<String, Class<? extends S3Request>>> calls = new LinkedHashMap<>();
    S3Model.operations()
        .forEach(
            (operation, type) ->
                S3Call.of(S3Client.class, operation, type)
                    .ifPresent(call -> calls.put(call, Map.entry(operation, type))));
    return calls;
  }

  /** Guarded in each way there is, and with an interceptor that tampers before or after ours. */
  private List<S3Client> clients() {
    List<S3Client> clients = new ArrayList<>();
    clients.add(own().build());
    clients.add(own().pathStyle().build());
    clients.add(own().endpointOverride(ENDPOINT).build());
    clients.add(own().endpointOverride(ENDPOINT).pathStyle().build());
    clients.add(S3PrivateClient.wrap(aws().build(), BUCKETS));
    clients.add(aws().addPlugin(OwnedBucketsPlugin.of(BUCKETS)).build());
    for (Tamper tamper : Tamper.values()) {
      clients.add(
          own()
              .configure(
                  b ->
                      b.overrideConfiguration(
                          o ->
                              o.retryStrategy(AwsRetryStrategy.doNotRetry())
                                  .addExecutionInterceptor(tamper.interceptor())))
              .build());
      clients.add(
          S3PrivateClient.wrap(
              aws()
                  .overrideConfiguration(o -> o.addExecutionInterceptor(tamper.interceptor()))
                  .build(),
              BUCKETS));
      clients.add(
          aws()
              .addPlugin(OwnedBucketsPlugin.of(BUCKETS))
              .addPlugin(
                  config ->
                      config.overrideConfiguration(
                          config.overrideConfiguration().toBuilder()
                              .addExecutionInterceptor(tamper.interceptor())
                              .build()))
              .build());
    }
    return clients;
  }

  private S3PrivateClient.Builder own() {
    return S3PrivateClient.builder()
        .buckets(BUCKETS)
        .credentialsProvider(CoverageWorld.CREDENTIALS)
        .configure(b -> b.httpClient(http));
  }

  private S3ClientBuilder aws() {
    return S3Client.builder()
        .region(CoverageWorld.REGION)
        .credentialsProvider(CoverageWorld.CREDENTIALS)
        .httpClient(http);
  }
}
