package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.AccountId;

/**
 * {@code AWS_ACCOUNT_ID}: what somebody wrote down next to the program.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-account-endpoints.html">Account
 *     settings of the AWS SDKs</a>
 */
record AccountSetting(Settings settings) implements HostSource {

  @Override
  public String name() {
    return "AWS_ACCOUNT_ID";
  }

  /**
   * It goes with the credentials of the same environment. Pod Identity and Greengrass hand out
   * container credentials too, but of a role that may be in another account.
   */
  @Override
  public boolean handedOut(Signer signer) {
    return signer.madeBy(Signer.ENVIRONMENT)
        || signer.madeBy(Signer.SYSTEM_PROPERTIES)
        || signer.madeBy(Signer.INSTANCE)
        || signer.madeByWebIdentity()
        || EcsTask.isTaskRole(signer, settings);
  }

  @Override
  public HostFacts ask(Attempt attempt) throws Unanswered {
    String value = settings.value("AWS_ACCOUNT_ID", "aws.accountId");
    if (value == null) {
      throw new Unanswered("neither it nor the system property aws.accountId is set");
    }
    if (!AccountId.isWellFormed(value)) {
      throw new Unanswered("is set, but not to exactly twelve digits");
    }
    return new HostFacts(AccountId.of(value), null);
  }
}
