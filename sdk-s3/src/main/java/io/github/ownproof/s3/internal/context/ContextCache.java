package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.internal.context.Outcome.Found;
import io.github.ownproof.s3.internal.context.Outcome.Kind;
import io.github.ownproof.s3.internal.context.Outcome.Unknown;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Remembers the context of each signer and finds out that of a new one once, however many threads
 * ask. A failure is shared by those who wait for it and by those who come right after it; then the
 * next one tries again.
 */
public final class ContextCache implements AutoCloseable {

  /** Long enough to spare a failing STS a storm, short enough that nobody notices the recovery. */
  private static final Duration BACK_OFF = Duration.ofMillis(500);

  /** How long the word of the host alone is taken before STS is asked again. */
  private static final Duration RECHECK = Duration.ofMinutes(1);

  private static final int MOST_SIGNERS = 64;

  private final Setup setup;
  private final Discovery discovery;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Signer, Entry> known = new LinkedHashMap<>();
  private @Nullable Flight flight;
  private @Nullable Failure failure;
  private volatile @Nullable Entry last;
  private volatile boolean closed;

  /** Asks nothing yet. */
  public ContextCache(Setup setup) {
    this.setup = setup;
    this.discovery = new Discovery(setup);
    AccountId account = setup.account();
    String region = setup.region();
    if (account != null && region != null) {
      last = new Entry(new Found(ExecutionContext.of(account, region), null, false), 0);
    }
  }

  private record Entry(Found found, long recheckAt) {}

  private record Failure(Unknown outcome, @Nullable Signer signer, long at) {}

  /**
   * The context of whoever signs now.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public Outcome current() {
    requireOpen();
    Entry entry = last;
    if (entry == null) {
      return find(null);
    }
    Signer signer = entry.found().signer();
    if (signer == null) {
      return entry.found();
    }
    CompletableFuture<? extends AwsCredentialsIdentity> resolving = discovery.resolving();
    if (resolving.isDone() && !resolving.isCompletedExceptionally()) {
      AwsCredentialsIdentity identity = resolving.join();
      if (identity != null && signer.signsFor(identity)) {
        recheckWhenDue(entry, identity);
        return entry.found();
      }
    }
    return find(resolving);
  }

  private Outcome find(@Nullable CompletableFuture<? extends AwsCredentialsIdentity> given) {
    Attempt wait = new Attempt(setup.deadline(), setup.nanos());
    CompletableFuture<? extends AwsCredentialsIdentity> resolving = given;
    while (true) {
      AwsCredentialsIdentity identity = null;
      // The first time, the credentials too are left to the other thread: whatever they wait for,
      // this one can be interrupted.
      if (last != null) {
        try {
          identity =
              Discovery.identity(resolving != null ? resolving : discovery.resolving(), wait);
        } catch (InterruptedException interrupted) {
          return interrupted(wait);
        } catch (Unanswered reason) {
          return Thread.currentThread().isInterrupted()
              ? interrupted(wait)
              : new Unknown(Kind.NO_CREDENTIALS, wait.findings());
        }
        resolving = null;
        Found remembered = remembered(identity);
        if (remembered != null) {
          return remembered;
        }
      }
      Outcome outcome = join(identity, wait);
      if (outcome instanceof Found found && found.signer() == null) {
        return found;
      }
      if (outcome instanceof Unknown) {
        return outcome;
      }
      if (wait.remaining().isZero()) {
        return new Unknown(Kind.TIMED_OUT, wait.findings());
      }
    }
  }

  private @Nullable Found remembered(AwsCredentialsIdentity identity) {
    lock.lock();
    try {
      Entry entry = known.get(Signer.of(identity));
      if (entry == null) {
        return null;
      }
      last = entry;
      return entry.found();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the search that is under way, or starts one. Null if that search was about another
   * signer and failed, which says nothing about this one.
   */
  private @Nullable Outcome join(@Nullable AwsCredentialsIdentity identity, Attempt wait) {
    Signer signer = identity == null ? null : Signer.of(identity);
    Flight joined;
    lock.lock();
    try {
      requireOpen();
      if (flight == null) {
        Unknown recent = recentFailure(signer);
        if (recent != null) {
          return recent;
        }
        flight = start(identity);
      }
      joined = flight;
    } finally {
      lock.unlock();
    }
    Outcome outcome = joined.await(wait.remaining());
    requireOpen();
    boolean another = signer != null && joined.signer() != null && !signer.equals(joined.signer());
    return another
            && outcome instanceof Unknown unknown
            && unknown.kind() != Kind.INTERRUPTED
            && unknown.kind() != Kind.TIMED_OUT
        ? null
        : outcome;
  }

  private @Nullable Unknown recentFailure(@Nullable Signer signer) {
    Failure recent = failure;
    if (recent == null || setup.nanos().getAsLong() - recent.at() >= BACK_OFF.toNanos()) {
      return null;
    }
    boolean another = signer != null && recent.signer() != null && !signer.equals(recent.signer());
    return another ? null : recent.outcome();
  }

  /** Lets another thread ask STS once more, while this one goes on with what the host says. */
  private void recheckWhenDue(Entry entry, AwsCredentialsIdentity identity) {
    if (!entry.found().provisional()
        || setup.nanos().getAsLong() - entry.recheckAt() < 0
        || !lock.tryLock()) {
      return;
    }
    try {
      if (flight == null && !closed && recentFailure(entry.found().signer()) == null) {
        flight = start(identity);
      }
    } finally {
      lock.unlock();
    }
  }

  private Flight start(@Nullable AwsCredentialsIdentity identity) {
    Flight started = new Flight(discovery, identity, setup, this::landed);
    started.start();
    return started;
  }

  private void landed(Flight landed, Outcome outcome) {
    lock.lock();
    try {
      flight = null;
      if (outcome instanceof Found found) {
        failure = null;
        Entry entry = new Entry(found, setup.nanos().getAsLong() + RECHECK.toNanos());
        Signer signer = found.signer();
        if (signer != null) {
          known.put(signer, entry);
          if (known.size() > MOST_SIGNERS) {
            known.remove(known.keySet().iterator().next());
          }
        }
        last = entry;
      } else if (outcome instanceof Unknown unknown) {
        failure = new Failure(unknown, landed.signer(), setup.nanos().getAsLong());
      }
    } finally {
      lock.unlock();
    }
  }

  private static Unknown interrupted(Attempt wait) {
    Thread.currentThread().interrupt();
    return new Unknown(Kind.INTERRUPTED, wait.findings());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("This AwsExecutionContext is closed");
    }
  }

  /** Stops a search that is under way, waits until it has stopped, and closes what was opened. */
  @Override
  public void close() {
    Flight running;
    lock.lock();
    try {
      closed = true;
      running = flight;
    } finally {
      lock.unlock();
    }
    if (running != null) {
      running.stopAndWait();
    }
    discovery.close();
  }
}
