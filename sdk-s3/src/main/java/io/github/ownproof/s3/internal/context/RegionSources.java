package io.github.ownproof.s3.internal.context;

import static io.github.ownproof.core.OwnproofException.quote;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

/**
 * Where the region comes from: the order of the AWS SDK's default chain (system property and
 * environment, profile, instance metadata), with what Lambda and ECS say before the metadata of the
 * machine. A pseudo region counts as no answer.
 */
final class RegionSources {

  private final Setup setup;
  private final List<HostSource> hosts;

  RegionSources(Setup setup, List<HostSource> hosts) {
    this.setup = setup;
    this.hosts = hosts;
  }

  /** The region; null if nobody knows, which {@code attempt} then holds the reasons of. */
  @Nullable String find(Attempt attempt) {
    if (setup.region() != null) {
      return setup.region();
    }
    AwsRegionProvider own = setup.regions();
    if (own != null) {
      return ask("region from the given provider", () -> own, attempt);
    }
    String set = setup.settings().value("AWS_REGION", "aws.region");
    if (set == null) {
      attempt.unanswered(
          "region from AWS_REGION", "neither it nor the system property aws.region is set");
    } else if (accepted("region from AWS_REGION", set, attempt)) {
      return set;
    }
    String profile = ask("region from the AWS profile", setup.profileRegion(), attempt);
    return profile != null ? profile : fromHost(attempt);
  }

  private @Nullable String fromHost(Attempt attempt) {
    for (HostSource host : hosts) {
      String what = "region from " + host.name();
      attempt.asking(what);
      try {
        String region = attempt.ask(host).region();
        if (region != null) {
          return region;
        }
        attempt.unanswered(what, "names no region");
      } catch (Unanswered reason) {
        attempt.unanswered(what, reason.reason());
      }
    }
    return null;
  }

  private static @Nullable String ask(
      String what, Supplier<AwsRegionProvider> provider, Attempt attempt) {
    attempt.asking(what);
    try {
      Region region = provider.get().getRegion();
      if (region == null) {
        attempt.unanswered(what, "names no region");
      } else if (accepted(what, region.id(), attempt)) {
        return region.id();
      }
    } catch (RuntimeException failed) {
      attempt.unanswered(what, "names no region (" + Reasons.of(failed) + ")");
    }
    return null;
  }

  private static boolean accepted(String what, String region, Attempt attempt) {
    if (HostFacts.isRegion(region)) {
      return true;
    }
    attempt.unanswered(what, quote(region) + " is not the code of one region");
    return false;
  }
}
