package io.github.ownproof.s3.internal.context;

/**
 * The role an EKS service account is to assume (IRSA).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html">IAM
 *     roles for service accounts</a>
 */
record WebIdentityRole(Settings settings) implements HostSource {

  @Override
  public String name() {
    return "IRSA role ARN";
  }

  @Override
  public boolean handedOut(Signer signer) {
    return signer.madeByWebIdentity();
  }

  @Override
  public HostFacts ask(Attempt attempt) throws Unanswered {
    String arn = settings.value("AWS_ROLE_ARN", "aws.roleArn");
    if (arn == null) {
      throw new Unanswered("AWS_ROLE_ARN is not set");
    }
    if (settings.value("AWS_WEB_IDENTITY_TOKEN_FILE", "aws.webIdentityTokenFile") == null) {
      throw new Unanswered("AWS_ROLE_ARN is set, but not AWS_WEB_IDENTITY_TOKEN_FILE");
    }
    return HostFacts.ofArn(arn, "iam", "role/")
        .orElseThrow(() -> new Unanswered("AWS_ROLE_ARN is not the ARN of a role"));
  }
}
