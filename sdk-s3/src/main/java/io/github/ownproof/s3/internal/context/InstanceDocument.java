package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.AccountId;
import java.net.URI;
import java.util.Map;

/**
 * The identity document of an EC2 instance, by IMDSv2 only: token first, never without. An instance
 * and its role are always in one account.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html">Instance
 *     identity documents</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html">IMDSv2</a>
 */
record InstanceDocument(Settings settings) implements HostSource {

  private static final String ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

  @Override
  public String name() {
    return "EC2 instance metadata";
  }

  @Override
  public boolean handedOut(Signer signer) {
    return signer.madeBy(Signer.INSTANCE);
  }

  @Override
  public HostFacts ask(Attempt attempt) throws Unanswered {
    if ("true"
        .equalsIgnoreCase(settings.value("AWS_EC2_METADATA_DISABLED", "aws.disableEc2Metadata"))) {
      throw new Unanswered("AWS_EC2_METADATA_DISABLED is true");
    }
    URI endpoint = endpoint();
    String token = token(endpoint, attempt);
    String document =
        MetadataHttp.call(
            "GET",
            URI.create(endpoint + "/latest/dynamic/instance-identity/document"),
            Map.of("X-aws-ec2-metadata-token", token),
            attempt);
    AccountId account =
        Json.text(document, "accountId")
            .filter(AccountId::isWellFormed)
            .map(AccountId::of)
            .orElseThrow(() -> new Unanswered("answered without the account of an instance"));
    return new HostFacts(
        account, Json.text(document, "region").filter(HostFacts::isRegion).orElse(null));
  }

  private URI endpoint() throws Unanswered {
    String named = settings.value(ENDPOINT, "aws.ec2MetadataServiceEndpoint");
    if (named != null) {
      return MetadataHttp.endpoint(ENDPOINT, named);
    }
    String mode =
        settings.value(
            "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "aws.ec2MetadataServiceEndpointMode");
    return URI.create(
        "IPv6".equalsIgnoreCase(mode) ? "http://[fd00:ec2::254]" : "http://169.254.169.254");
  }

  private static String token(URI endpoint, Attempt attempt) throws Unanswered {
    try {
      return MetadataHttp.call(
          "PUT",
          URI.create(endpoint + "/latest/api/token"),
          Map.of("X-aws-ec2-metadata-token-ttl-seconds", "60"),
          attempt);
    } catch (Unanswered reason) {
      throw new Unanswered("the IMDSv2 token: " + reason.reason());
    }
  }
}
