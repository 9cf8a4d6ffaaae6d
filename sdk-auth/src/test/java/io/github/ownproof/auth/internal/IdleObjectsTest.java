package io.github.ownproof.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.internal.IdleObjects.Idle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleObjectsTest {

  private static final int SLOTS = 16;

  private final IdleObjects<Object> objects = IdleObjects.kept();

  @Test
  void whatIsGivenBack_isThereForTheNext() {
    Object made = new Object();
    Idle<Object> first = objects.take();
    assertThat(first.object()).isNull();
    objects.giveBack(first, made);

    assertThat(objects.take().object()).isSameAs(made);
  }

  @Test
  void whatIsDropped_isNotThereAnyMore_butItsPlaceIs() {
    objects.giveBack(objects.take(), new Object());
    objects.giveBack(objects.take(), null);
    assertThat(objects.take().object()).isNull();

    for (int i = 0; i < 10 * SLOTS; i++) {
      objects.giveBack(objects.take(), null);
    }
    Object made = new Object();
    objects.giveBack(objects.take(), made);
    assertThat(objects.take().object()).isSameAs(made);
  }

  @Test
  void whatIsExchanged_isTheNewOne() {
    objects.giveBack(objects.take(), "old");
    objects.giveBack(objects.take(), "new");

    assertThat(objects.take().object()).isEqualTo("new");
  }

  @Test
  void whatIsTaken_nobodyElseFinds_andThePlacesAreFew() {
    List<Idle<Object>> taken = new ArrayList<>();
    for (int i = 0; i < SLOTS + 5; i++) {
      taken.add(objects.take());
    }
    int number = 0;
    for (Idle<Object> one : taken) {
      objects.giveBack(one, number++);
    }

    List<Object> found = new ArrayList<>();
    for (int i = 0; i < SLOTS + 5; i++) {
      Object object = objects.take().object();
      if (object != null) {
        found.add(object);
      }
    }
    assertThat(found).hasSize(SLOTS).doesNotHaveDuplicates();
  }

  @Test
  void renewed_afterSoManyUses() {
    IdleObjects<Object> renewed = IdleObjects.renewedAfter(3);
    AtomicInteger made = new AtomicInteger();
    for (int i = 0; i < 12; i++) {
      Idle<Object> idle = renewed.take();
      renewed.giveBack(idle, idle.object() == null ? made.incrementAndGet() : idle.object());
    }

    assertThat(made).hasValue(4);
  }

  /** Threads that begin to look in the same place, and so meet there. */
  @Test
  void threadsThatMeet_neverHaveTheSameAtOnce() throws Exception {
    IdleObjects<AtomicInteger> users = IdleObjects.renewedAfter(50);
    AtomicInteger meetings = new AtomicInteger();
    Runnable use =
        () -> {
          for (int i = 0; i < 300_000; i++) {
            Idle<AtomicInteger> idle = users.take();
            AtomicInteger mine = idle.object() == null ? new AtomicInteger() : idle.object();
            if (mine.incrementAndGet() != 1) {
              meetings.incrementAndGet();
            }
            mine.decrementAndGet();
            users.giveBack(idle, i % 97 == 0 ? null : mine);
          }
        };
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4 * SLOTS; i++) {
      Thread thread = new Thread(use);
      if (thread.getId() % SLOTS == 0) {
        threads.add(thread);
      }
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(threads).hasSizeGreaterThan(1);
    assertThat(meetings).hasValue(0);
  }
}
