package io.github.ownproof.s3.internal.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run through the sources: how much time is left, what did not answer so far, and how to stop
 * what is being waited for. The run itself is one thread's; reading and stopping are anybody's.
 */
final class Attempt {

  private final LongSupplier nanos;
  private final long end;
  private final Queue<String> findings = new ConcurrentLinkedQueue<>();
  private volatile @Nullable String asking;
  private final Map<HostSource, Object> answers = new HashMap<>();

  private final ReentrantLock stopping = new ReentrantLock();
  private @Nullable Runnable stop;
  private boolean stopped;

  Attempt(Duration time, LongSupplier nanos) {
    this.nanos = nanos;
    this.end = nanos.getAsLong() + time.toNanos();
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
  }

  /** What is left, but no more than {@code most}. */
  Duration remaining(Duration most) {
    Duration left = remaining();
    return left.compareTo(most) < 0 ? left : most;
  }

  void asking(@Nullable String what) {
    asking = what;
  }

  void unanswered(String what, String reason) {
    asking = null;
    findings.add(what + ": " + reason);
  }

  /** What was missing before is found: it is no longer worth mentioning. */
  void forgetFindings() {
    findings.clear();
    asking = null;
  }

  /** What did not answer, in the order it was asked, ending with what is still being waited for. */
  List<String> findings() {
    List<String> all = new ArrayList<>(findings);
    String waiting = asking;
    if (waiting != null) {
      all.add(waiting + ": had not answered when the time was up");
    }
    return List.copyOf(all);
  }

  /** Asks a source, once per attempt: one metadata document answers for account and region. */
  HostFacts ask(HostSource source) throws Unanswered {
    Object answer = answers.get(source);
    if (answer == null) {
      try {
        answer =
            remaining().isZero() ? new Unanswered("not asked: no time was left") : source.ask(this);
      } catch (Unanswered reason) {
        answer = reason;
      }
      answers.put(source, answer);
    }
    if (answer instanceof HostFacts facts) {
      return facts;
    }
    throw (Unanswered) answer;
  }

  /** What makes the call that follows fail at once, when somebody no longer wants to wait. */
  void stopWith(Runnable how) {
    boolean now;
    stopping.lock();
    try {
      stop = how;
      now = stopped;
    } finally {
      stopping.unlock();
    }
    if (now) {
      how.run();
    }
  }

  /** The call that could be stopped is over. */
  void callEnded() {
    stopping.lock();
    try {
      stop = null;
    } finally {
      stopping.unlock();
    }
  }

  void stop() {
    Runnable how;
    stopping.lock();
    try {
      stopped = true;
      how = stop;
    } finally {
      stopping.unlock();
    }
    if (how != null) {
      how.run();
    }
  }
}
