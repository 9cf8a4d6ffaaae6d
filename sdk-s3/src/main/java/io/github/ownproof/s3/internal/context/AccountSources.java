package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Whose account it is. Only the credentials and STS speak of the signer; the host sources speak of
 * the place, and count as speaking of the signer only if that place handed the credentials out. One
 * that did not is asked after STS, and believed only if STS does not answer.
 */
final class AccountSources {

  private static final Logger log = LoggerFactory.getLogger(AccountSources.class);

  private final List<HostSource> hosts;
  private final AccountSetting setting;
  private final SignerLookup sts;

  AccountSources(List<HostSource> hosts, AccountSetting setting, SignerLookup sts) {
    this.hosts = hosts;
    this.setting = setting;
    this.sts = sts;
  }

  /** An account, and whether STS may yet say otherwise. */
  record Answer(AccountId account, boolean provisional) {}

  /** The answer; null if nobody knows, which {@code attempt} then holds the reasons of. */
  @Nullable Answer find(AwsCredentialsIdentity identity, @Nullable String region, Attempt attempt) {
    Signer signer = Signer.of(identity);
    AccountId known = ofCredentials(signer, attempt);
    if (known != null) {
      return new Answer(known, false);
    }
    List<HostSource> strangers = new ArrayList<>();
    for (HostSource host : hosts) {
      if (!host.handedOut(signer)) {
        strangers.add(host);
        continue;
      }
      AccountId account = ofHost(host, attempt);
      if (account != null) {
        log.debug("Account {} is what {} says", account, host.name());
        return new Answer(account, false);
      }
    }
    AccountId signing = ofSts(signer, identity, region, attempt);
    if (signing != null) {
      warnIfSettingDiffers(signing, "STS", attempt);
      log.debug("Account {} is what STS says", signing);
      return new Answer(signing, false);
    }
    for (HostSource host : strangers) {
      AccountId account = ofHost(host, attempt);
      if (account != null) {
        boolean provisional = sts.missing() == null && !signer.anonymous();
        log.debug("Account {} is what {} says, unconfirmed by STS", account, host.name());
        return new Answer(account, provisional);
      }
    }
    return null;
  }

  private @Nullable AccountId ofCredentials(Signer signer, Attempt attempt) {
    String named = signer.accountId();
    if (named != null && AccountId.isWellFormed(named)) {
      AccountId account = AccountId.of(named);
      warnIfSettingDiffers(account, "the credentials", attempt);
      return account;
    }
    attempt.unanswered(
        "account from the credentials",
        named == null
            ? "they do not name their account"
            : "what they name is not exactly twelve digits");
    return null;
  }

  private static @Nullable AccountId ofHost(HostSource host, Attempt attempt) {
    String what = "account from " + host.name();
    attempt.asking(what);
    try {
      return attempt.ask(host).account();
    } catch (Unanswered reason) {
      attempt.unanswered(what, reason.reason());
      return null;
    }
  }

  private @Nullable AccountId ofSts(
      Signer signer, AwsCredentialsIdentity identity, @Nullable String region, Attempt attempt) {
    String what = "account from STS";
    String missing = sts.missing();
    if (missing != null) {
      attempt.unanswered(what, missing);
    } else if (signer.anonymous()) {
      attempt.unanswered(what, "not asked: anonymous credentials sign for nobody");
    } else if (region == null) {
      attempt.unanswered(what, "not asked: no region is known to ask it in");
    } else {
      attempt.asking(what);
      try {
        return sts.ask(identity, region, attempt);
      } catch (Unanswered reason) {
        attempt.unanswered(what, reason.reason());
      } catch (LinkageError mismatch) {
        attempt.unanswered(
            what,
            "the sts jar does not fit the rest of the AWS SDK (" + Reasons.of(mismatch) + ")");
      }
    }
    return null;
  }

  private void warnIfSettingDiffers(AccountId signing, String source, Attempt attempt) {
    try {
      AccountId set = setting.ask(attempt).account();
      if (!set.equals(signing)) {
        log.warn(
            "AWS_ACCOUNT_ID is {}, but {} says the credentials belong to {}: the latter is used",
            set,
            source,
            signing);
      }
    } catch (Unanswered notSet) {
      // Nothing to compare with.
    }
  }
}
