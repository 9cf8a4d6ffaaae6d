package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.telemetry.MetricNames;
import io.github.ownproof.core.telemetry.Tag;
import io.github.ownproof.s3.internal.context.Outcome.Found;
import io.github.ownproof.s3.internal.context.Outcome.Kind;
import io.github.ownproof.s3.internal.context.Outcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/**
 * Goes through the sources once, on the thread that asks. Remembers the region, which does not
 * change while a program runs, and nothing else.
 */
final class Discovery implements AutoCloseable {

  /** Asked for with each request, and so made once. */
  private static final ResolveIdentityRequest ANY = ResolveIdentityRequest.builder().build();

  private final Setup setup;
  private final RegionSources regions;
  private final AccountSources accounts;
  private volatile @Nullable String region;

  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable DefaultCredentialsProvider own;
  private boolean closed;

  Discovery(Setup setup) {
    this.setup = setup;
    Settings settings = setup.settings();
    AccountSetting setting = new AccountSetting(settings);
    HostSource function = new LambdaFunction(setup.functionArn());
    HostSource task = new EcsTask(settings);
    HostSource instance = new InstanceDocument(settings);
    this.regions = new RegionSources(setup, List.of(function, task, instance));
    this.accounts =
        new AccountSources(
            List.of(setting, function, task, new WebIdentityRole(settings), instance),
            setting,
            setup.signerLookup());
  }

  /** Whether the answer is the same whoever signs. */
  boolean anySigner() {
    return setup.account() != null;
  }

  Outcome run(@Nullable AwsCredentialsIdentity given, Attempt attempt) {
    long start = setup.nanos().getAsLong();
    Outcome outcome = search(given, attempt);
    setup
        .telemetry()
        .time(
            MetricNames.S3_CONTEXT_DISCOVERY,
            Duration.ofNanos(setup.nanos().getAsLong() - start),
            Tag.of(Tag.OUTCOME, outcome instanceof Found ? "found" : "unknown"));
    return outcome;
  }

  private Outcome search(@Nullable AwsCredentialsIdentity given, Attempt attempt) {
    String found = region;
    if (found == null) {
      found = regions.find(attempt);
      if (found != null) {
        region = found;
        attempt.forgetFindings();
      }
    }
    AccountId explicit = setup.account();
    if (explicit != null) {
      return found == null
          ? new Unknown(Kind.NO_REGION, attempt.findings())
          : new Found(ExecutionContext.of(explicit, found), null, false);
    }
    AwsCredentialsIdentity identity;
    attempt.asking("credentials");
    try {
      identity = given != null ? given : identity(resolving(), attempt);
    } catch (Unanswered | InterruptedException reason) {
      return new Unknown(Kind.NO_CREDENTIALS, attempt.findings());
    }
    attempt.asking(null);
    AccountSources.Answer account = accounts.find(identity, found, attempt);
    if (found == null) {
      return new Unknown(Kind.NO_REGION, attempt.findings());
    }
    if (account == null) {
      return new Unknown(Kind.NO_ACCOUNT, attempt.findings());
    }
    return new Found(
        ExecutionContext.of(account.account(), found), Signer.of(identity), account.provisional());
  }

  /** The credentials as they are now, done at once where the provider holds valid ones. */
  CompletableFuture<? extends AwsCredentialsIdentity> resolving() {
    try {
      return provider().resolveIdentity(ANY);
    } catch (RuntimeException failed) {
      return CompletableFuture.failedFuture(failed);
    }
  }

  /**
   * Waits for credentials.
   *
   * @throws Unanswered if the provider fails or takes longer than there is time; {@code attempt}
   *     holds the reason by then
   */
  static AwsCredentialsIdentity identity(
      CompletableFuture<? extends AwsCredentialsIdentity> resolving, Attempt attempt)
      throws Unanswered, InterruptedException {
    String reason;
    try {
      AwsCredentialsIdentity identity =
          resolving.isDone()
              ? resolving.get()
              : resolving.get(attempt.remaining().toNanos(), TimeUnit.NANOSECONDS);
      if (identity != null) {
        return identity;
      }
      reason = "the provider handed out none";
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      reason = "could not be had (" + Reasons.of(cause == null ? failed : cause) + ")";
    } catch (TimeoutException late) {
      reason = "the provider had not answered when the time was up";
    }
    attempt.unanswered("credentials", reason);
    throw new Unanswered(reason);
  }

  private IdentityProvider<? extends AwsCredentialsIdentity> provider() {
    IdentityProvider<? extends AwsCredentialsIdentity> ready = setup.credentials();
    if (ready == null) {
      ready = own;
    }
    if (ready != null) {
      return ready;
    }
    making.lock();
    try {
      if (closed) {
        throw new IllegalStateException("Closed");
      }
      DefaultCredentialsProvider made = own;
      if (made == null) {
        made = DefaultCredentialsProvider.builder().build();
        own = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }

  /** Closes the default credentials provider, if it was made here. */
  @Override
  public void close() {
    making.lock();
    try {
      closed = true;
      DefaultCredentialsProvider made = own;
      if (made != null) {
        made.close();
      }
    } finally {
      making.unlock();
    }
  }
}
