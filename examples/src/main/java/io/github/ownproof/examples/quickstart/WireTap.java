package io.github.ownproof.examples.quickstart;

import io.github.ownproof.examples.Surprise;
import io.github.ownproof.testkit.WireRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Notes each request as it is sent, with its owner headers and nothing secret. */
final class WireTap implements ExecutionInterceptor {

  private static final String OWNER = "x-amz-expected-bucket-owner";
  private static final String SOURCE_OWNER = "x-amz-source-expected-bucket-owner";

  private final List<Line> lines = new CopyOnWriteArrayList<>();

  /** One request; an owner that was not sent is empty. */
  record Line(String operation, String method, String path, String owner, String sourceOwner) {

    static Line of(WireRequest request) {
      return new Line(
          request.operation(),
          request.method(),
          request.path(),
          request.expectedBucketOwner().orElse(""),
          request.expectedSourceBucketOwner().orElse(""));
    }

    boolean reachesABucket() {
      return !operation.equals("CreateBucket") && !operation.equals("ListBuckets");
    }
  }

  void listen(ClientOverrideConfiguration.Builder configuration) {
    configuration.addExecutionInterceptor(this);
  }

  void clear() {
    lines.clear();
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    SdkHttpRequest http = context.httpRequest();
    lines.add(
        new Line(
            String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)),
            http.method().name(),
            http.getUri().getHost() + http.encodedPath(),
            http.firstMatchingHeader(OWNER).orElse(""),
            http.firstMatchingHeader(SOURCE_OWNER).orElse("")));
  }

  static int print(List<Line> lines) {
    System.out.println();
    System.out.println("The wire log: each request's " + OWNER);
    System.out.println(
        "(CreateBucket alone has none: no bucket exists yet whose owner to expect.)");
    int owned = 0;
    for (Line line : lines) {
      String owner = line.owner().isEmpty() ? "-           " : line.owner();
      String source = line.sourceOwner().isEmpty() ? "" : "  source " + line.sourceOwner();
      System.out.printf(
          "   %-24s %s%-21s %-6s %s%n",
          line.operation(), owner, source, line.method(), line.path());
      if (line.reachesABucket()) {
        Surprise.unless(!line.owner().isEmpty(), line.operation() + " went without an owner");
        owned++;
      }
    }
    return owned;
  }
}
