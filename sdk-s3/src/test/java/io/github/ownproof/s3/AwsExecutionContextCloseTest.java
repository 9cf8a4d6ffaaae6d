package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing stays behind, whether it was found or given up. */
@Timeout(60)
class AwsExecutionContextCloseTest extends AwsExecutionContextFixture {

  @Test
  void close_whileThreadsWait_freesThemAndLeavesNoThread() throws Exception {
    stub.silentOn("POST /");
    AwsExecutionContext context = builder().build();
    FutureTask<Throwable> waiting = new FutureTask<>(() -> catchThrowable(context::context));
    new Thread(waiting).start();
    sleep(500);
    assertThat(searching()).isNotEmpty();
    context.close();
    assertThat(waiting.get(1, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    assertThat(searching()).isEmpty();
    context.close();
  }

  @Test
  void close_whileAMetadataEndpointIsSilent_leavesNoThread() throws Exception {
    credentials.from(INSTANCE);
    useImds();
    stub.silentOn("PUT /latest/api/token");
    AwsExecutionContext context = builder().build();
    Thread waiting = new Thread(() -> assertThatThrownBy(context::context).isNotNull());
    waiting.start();
    sleep(300);
    context.close();
    assertThat(searching()).isEmpty();
    waiting.join(1000);
    assertThat(waiting.isAlive()).isFalse();
  }

  @Test
  void context_afterClose_isRefused() {
    AwsExecutionContext context = builder().account(OTHER).region("eu-west-1").build();
    context.close();
    assertThatThrownBy(context::context).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void context_found_leavesNoThread() {
    stub.sts(SIGNER);
    try (AwsExecutionContext context = builder().build()) {
      assertThat(context.context().account().value()).isEqualTo(SIGNER);
      for (int i = 0; i < 50 && !searching().isEmpty(); i++) {
        sleep(20);
      }
      assertThat(searching()).isEmpty();
    }
  }

  @Test
  void context_foundBySts_leavesNoThreadOfTheAwsSdk() {
    stub.sts(SIGNER);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
    List<String> left = List.of("not looked yet");
    for (int i = 0; i < 100 && !left.isEmpty(); i++) {
      sleep(20);
      left =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !before.contains(thread))
              .map(Thread::getName)
              .filter(name -> !name.startsWith("pool-") && !name.startsWith("HTTP-Dispatcher"))
              .toList();
    }
    assertThat(left).isEmpty();
  }

  private static List<Thread> searching() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("ownproof-context"))
        .toList();
  }
}
