package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;

/** One search for everybody, bounded, interruptible, never remembered when it failed. */
@Timeout(60)
class AwsExecutionContextFlightTest extends AwsExecutionContextFixture {

  @Test
  void context_64ThreadsTheFirstTime_asksStsOnce() throws Exception {
    stub.on(
        "POST /",
        exchange -> {
          sleep(200);
          ContextStub.respond(exchange, 200, ContextStub.callerIdentity(SIGNER));
        });
    try (AwsExecutionContext context = builder().build()) {
      List<@Nullable String> answers = together(64, () -> context.context().account().value());
      assertThat(answers).hasSize(64).containsOnly(SIGNER);
    }
    assertThat(stub.stsCalls()).isEqualTo(1);
  }

  @Test
  void context_64ThreadsAndStsRefuses_shareOneFailureEachWithItsOwnException() throws Exception {
    stub.stsFails(403, "AccessDenied");
    try (AwsExecutionContext context = builder().build()) {
      List<@Nullable ExecutionContextException> failures = together(64, () -> failureOf(context));
      assertThat(failures).hasSize(64).doesNotHaveDuplicates();
      assertThat(stub.stsCalls()).isEqualTo(1);
      assertThat(failureOf(context)).as("right after").isNotNull();
      assertThat(stub.stsCalls()).isEqualTo(1);
    }
  }

  @Test
  void context_stsDownAndBack_healsWithinFiveSeconds() throws Exception {
    stub.stsFails(403, "AccessDenied");
    try (AwsExecutionContext context = builder().build()) {
      assertThat(failureOf(context).code()).isEqualTo("S3_CONTEXT_UNKNOWN");
      stub.sts(SIGNER);
      long start = System.nanoTime();
      String account = null;
      while (account == null) {
        try {
          account = context.context().account().value();
        } catch (ExecutionContextException stillShared) {
          sleep(50);
        }
      }
      assertThat(account).isEqualTo(SIGNER);
      assertThat(since(start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void context_stsSilent_failsByTheDeadlineAndSaysSo() {
    stub.silentOn("POST /");
    try (AwsExecutionContext context = builder().deadline(Duration.ofSeconds(1)).build()) {
      long start = System.nanoTime();
      assertThat(failureOf(context)).hasMessageContaining("account from STS: ");
      assertThat(since(start)).isLessThan(Duration.ofMillis(1300));
    }
  }

  @Test
  void context_providerBlocksForEver_failsByTheDeadlineAndNeverMakesASecondThread() {
    CountDownLatch never = new CountDownLatch(1);
    credentials.answer =
        () -> {
          uninterruptibly(never);
          return Credentials.session("AKIAONE", SIGNER, PROFILE);
        };
    try (AwsExecutionContext context = builder().deadline(Duration.ofMillis(300)).build()) {
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        assertThat(failureOf(context))
            .hasMessageStartingWith("S3_CONTEXT_UNKNOWN: Account and region were not found in time")
            .hasMessageContaining("credentials: had not answered when the time was up");
        assertThat(since(start)).isLessThan(Duration.ofMillis(500));
      }
      assertThat(credentials.asked).hasValue(1);
      never.countDown();
      assertThat(eventually(context)).as("the late answer counts").isEqualTo(SIGNER);
    }
  }

  @Test
  void context_interruptedWhileStsIsSilent_returnsAtOnceWithTheFlagSet() throws Exception {
    stub.silentOn("POST /");
    try (AwsExecutionContext context = builder().build()) {
      assertInterruptible(context);
    }
  }

  @Test
  void context_interruptedWhileTheProviderBlocks_returnsAtOnceWithTheFlagSet() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    credentials.answer =
        () -> {
          uninterruptibly(never);
          return Credentials.session("AKIAONE", SIGNER, PROFILE);
        };
    try (AwsExecutionContext context = builder().build()) {
      assertInterruptible(context);
      never.countDown();
    }
  }

  private static void assertInterruptible(AwsExecutionContext context) throws Exception {
    long[] returned = new long[1];
    boolean[] flag = new boolean[1];
    FutureTask<ExecutionContextException> waiting =
        new FutureTask<>(
            () -> {
              ExecutionContextException failure = failureOf(context);
              returned[0] = System.nanoTime();
              flag[0] = Thread.currentThread().isInterrupted();
              return failure;
            });
    Thread thread = new Thread(waiting);
    thread.start();
    sleep(300);
    long interrupted = System.nanoTime();
    thread.interrupt();
    assertThat(waiting.get(5, TimeUnit.SECONDS).code()).isEqualTo("S3_CONTEXT_INTERRUPTED");
    assertThat(Duration.ofNanos(returned[0] - interrupted)).isLessThan(Duration.ofMillis(100));
    assertThat(flag[0]).isTrue();
  }

  @Test
  void context_sameCredentials_asksOnlyTheProvider() {
    credentials.from(null);
    stub.sts(SIGNER);
    try (AwsExecutionContext context = builder().build()) {
      assertThat(context.context()).isEqualTo(context.context());
      int asked = credentials.asked.get();
      for (int i = 0; i < 100; i++) {
        assertThat(context.context().account().value()).isEqualTo(SIGNER);
      }
      assertThat(credentials.asked).hasValue(asked + 100);
    }
    assertThat(stub.stsCalls()).isEqualTo(1);
  }

  @Test
  void context_equalCredentialsInANewObject_asksNothing() {
    credentials.answer = () -> Credentials.session("AKIA" + "ONE", null, null);
    stub.sts(SIGNER);
    try (AwsExecutionContext context = builder().build()) {
      assertThat(context.context()).isEqualTo(context.context());
    }
    assertThat(stub.stsCalls()).isEqualTo(1);
  }

  @Test
  void context_credentialsRotateToAnotherAccount_follows() {
    stub.sts(SIGNER);
    try (AwsExecutionContext context = builder().build()) {
      assertThat(context.context().account().value()).isEqualTo(SIGNER);

      stub.sts(OTHER);
      credentials.are("ASIATWO", null, null);
      assertThat(context.context().account().value()).isEqualTo(OTHER);
      assertThat(stub.stsCalls()).isEqualTo(2);

      credentials.are("AKIAONE", null, null);
      assertThat(context.context().account().value()).as("still known").isEqualTo(SIGNER);
      assertThat(stub.stsCalls()).isEqualTo(2);
    }
  }

  @Test
  void context_rotationWhileStsIsDown_failsClosedAndHeals() {
    stub.sts(SIGNER);
    try (AwsExecutionContext context = builder().build()) {
      assertThat(context.context().account().value()).isEqualTo(SIGNER);
      stub.stsFails(503, "ServiceUnavailable");
      credentials.are("ASIATWO", null, null);
      assertThat(failureOf(context)).hasMessageContaining("HTTP 503 ServiceUnavailable");
      stub.sts(OTHER);
      assertThat(eventually(context)).isEqualTo(OTHER);
    }
  }

  @Test
  void context_rotationSeenBy64Threads_asksStsOnceMore() throws Exception {
    stub.sts(SIGNER);
    try (AwsExecutionContext context = builder().build()) {
      assertThat(context.context().account().value()).isEqualTo(SIGNER);
      stub.sts(OTHER);
      credentials.are("ASIATWO", null, null);
      assertThat(together(64, () -> context.context().account().value())).containsOnly(OTHER);
    }
    assertThat(stub.stsCalls()).isEqualTo(2);
  }

  @Test
  void context_threadsSignAsDifferentAccounts_eachGetsItsOwn() throws Exception {
    ThreadLocal<String> key = ThreadLocal.withInitial(() -> "AKIAONE");
    credentials.answer = () -> Credentials.session(key.get(), null, null);
    stub.on(
        "POST /",
        exchange -> {
          boolean one = exchange.getRequestHeaders().getFirst("Authorization").contains("AKIAONE/");
          ContextStub.respond(exchange, 200, ContextStub.callerIdentity(one ? SIGNER : OTHER));
        });
    try (AwsExecutionContext context = builder().build()) {
      List<@Nullable Boolean> right =
          together(
              32,
              () -> {
                boolean one = Thread.currentThread().getId() % 2 == 0;
                key.set(one ? "AKIAONE" : "AKIATWO");
                for (int i = 0; i < 50; i++) {
                  if (!context.context().account().value().equals(one ? SIGNER : OTHER)) {
                    return false;
                  }
                }
                return true;
              });
      assertThat(right).containsOnly(true);
    }
    assertThat(stub.stsCalls()).isEqualTo(2);
  }

  @Test
  void context_refreshOfCredentialsFails_isATypedErrorAndHealsAtOnce() {
    credentials.are("AKIAONE", SIGNER, PROFILE);
    try (AwsExecutionContext context = builder().build()) {
      assertThat(context.context().account().value()).isEqualTo(SIGNER);
      credentials.answer =
          () -> {
            throw SdkClientException.create("said " + SECRET, new IllegalStateException(SESSION));
          };
      assertThat(failureOf(context))
          .hasMessageContaining("credentials: could not be had (SdkClientException <")
          .hasMessageNotContaining("canary")
          .hasNoCause();
      credentials.are("AKIAONE", SIGNER, PROFILE);
      assertThat(context.context().account().value()).isEqualTo(SIGNER);
    }
  }

  @Test
  void context_metadataDripsForEver_movesOnAfterTwoSeconds() {
    credentials.from(CONTAINER);
    useEcs();
    stub.on(
            "GET /v4/abc/task",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                sleep(100);
              }
            })
        .sts(SIGNER);
    long start = System.nanoTime();
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
    assertThat(since(start)).isBetween(Duration.ofMillis(1900), Duration.ofMillis(4000));
  }

  private static String eventually(AwsExecutionContext context) {
    for (int i = 0; i < 100; i++) {
      try {
        return context.context().account().value();
      } catch (ExecutionContextException notYet) {
        sleep(50);
      }
    }
    return "never";
  }

  private static <T> List<@Nullable T> together(int threads, Callable<T> call) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<FutureTask<T>> tasks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      FutureTask<T> task =
          new FutureTask<>(
              () -> {
                start.await();
                return call.call();
              });
      tasks.add(task);
      new Thread(task).start();
    }
    List<@Nullable T> results = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      results.add(task.get(20, TimeUnit.SECONDS));
    }
    return results;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void uninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException ignored) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
