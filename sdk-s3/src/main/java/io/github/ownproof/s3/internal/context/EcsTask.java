package io.github.ownproof.s3.internal.context;

import java.net.URI;
import java.util.Map;

/**
 * The ECS task metadata endpoint, version 4 and then 3. A task and its task role are always in one
 * account.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html">Task
 *     metadata endpoint version 4</a>
 */
record EcsTask(Settings settings) implements HostSource {

  private static final String V4 = "ECS_CONTAINER_METADATA_URI_V4";
  private static final String V3 = "ECS_CONTAINER_METADATA_URI";

  @Override
  public String name() {
    return "ECS task metadata";
  }

  @Override
  public boolean handedOut(Signer signer) {
    return isTaskRole(signer, settings);
  }

  /**
   * Whether these are the credentials of the task's role. ECS names their place by a relative URI;
   * a full URI is anybody's.
   */
  static boolean isTaskRole(Signer signer, Settings settings) {
    return signer.madeBy(Signer.CONTAINER)
        && settings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") != null;
  }

  @Override
  public HostFacts ask(Attempt attempt) throws Unanswered {
    String v4 = settings.variable(V4);
    String v3 = settings.variable(V3);
    if (v4 == null && v3 == null) {
      throw new Unanswered(V4 + " is not set");
    }
    if (v4 == null) {
      return ask(V3, v3 == null ? "" : v3, attempt);
    }
    try {
      return ask(V4, v4, attempt);
    } catch (Unanswered first) {
      if (v3 == null) {
        throw first;
      }
      try {
        return ask(V3, v3, attempt);
      } catch (Unanswered second) {
        throw new Unanswered("v4 " + first.reason() + ", v3 " + second.reason());
      }
    }
  }

  private static HostFacts ask(String variable, String value, Attempt attempt) throws Unanswered {
    URI task = URI.create(MetadataHttp.endpoint(variable, value) + "/task");
    String document = MetadataHttp.call("GET", task, Map.of(), attempt);
    return Json.text(document, "TaskARN")
        .flatMap(arn -> HostFacts.ofArn(arn, "ecs", "task/"))
        .orElseThrow(() -> new Unanswered("answered without the ARN of a task"));
  }
}
