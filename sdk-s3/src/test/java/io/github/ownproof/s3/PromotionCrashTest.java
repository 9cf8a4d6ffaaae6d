package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import io.github.ownproof.testkit.Fault;
import io.github.ownproof.testkit.WireRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promotions and demotions that end after each of their requests in turn: nothing is readable that
 * should not be, and running them again finishes them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromotionCrashTest {

  /** A process that dies after a request does so after each; of the other endings, every n-th. */
  private static final int STEP = Integer.getInteger("ownproof.crash.step", 9);

  private PromotionRig rig;
  private S3PrivateClient once;

  /** How a run ends. */
  enum Ending {
    /** One request does not arrive; the run can still clean up. */
    ONE_LOST,
    /** One request's answer does not arrive; the run can still clean up. */
    ONE_ANSWER_LOST,
    /** The process dies before a request. */
    DEAD_BEFORE,
    /** The process dies between a request and its answer. */
    DEAD_AFTER;

    void at(int number, PromotionRig rig) {
      AtomicInteger count = new AtomicInteger();
      Fault first = this == ONE_LOST || this == DEAD_BEFORE ? Fault.reset() : Fault.lostAnswer();
      Predicate<WireRequest> isIt = request -> count.incrementAndGet() == number;
      rig.world.s3.failNext(isIt, first);
      if (this == DEAD_BEFORE || this == DEAD_AFTER) {
        rig.world.s3.failAll(request -> count.get() >= number, Fault.reset());
      }
    }
  }

  @BeforeAll
  void start() {
    rig = new PromotionRig();
    once = rig.withoutRetries().build();
  }

  @AfterAll
  void stop() {
    once.close();
    rig.close();
  }

  @BeforeEach
  void reset() {
    rig.reset();
  }

  /** Runs it, ended after each of its requests in turn, until it gets through. */
  private void each(
      Ending ending, int step, Runnable before, Runnable run, Consumer<Integer> after) {
    int start = 1 + ending.name().length() % step;
    for (int number = start; ; number += step) {
      rig.reset();
      before.run();
      rig.world.s3.clearWireLog();
      ending.at(number, rig);
      boolean through = true;
      try {
        run.run();
      } catch (RuntimeException broken) {
        through = false;
      }
      boolean happened = rig.world.s3.wireLog().size() >= number;
      rig.world.s3.clearFaults();
      after.accept(number);
      if (through && !happened) {
        assertThat(number).as("requests of one run").isGreaterThan(4);
        return;
      }
    }
  }

  private static int step(Ending ending) {
    return ending == Ending.DEAD_AFTER ? 1 : STEP;
  }

  private void promote(Promotion promotion) {
    var unused = once.promoteBucket(promotion);
  }

  private void demote(Promotion promotion) {
    var unused = once.demoteBucket(promotion);
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void cloudFront_promotionBroken_staysPrivate_andIsFinishedByTheNext(Ending ending) {
    each(
        ending,
        1,
        () -> {},
        () -> promote(PromotionRig.CLOUD_FRONT),
        number -> {
          rig.assertPrivate(true);
          promote(PromotionRig.CLOUD_FRONT);
          rig.assertPrivate(true);
          assertThat(distributionReads()).isTrue();
          assertThat(once.promoteBucket(PromotionRig.CLOUD_FRONT).outcome())
              .isEqualTo(PromotionReport.Outcome.UNCHANGED);
        });
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void cloudFront_demotionBroken_staysPrivate_andIsFinishedByTheNext(Ending ending) {
    each(
        ending,
        1,
        () -> promote(PromotionRig.CLOUD_FRONT),
        () -> demote(PromotionRig.CLOUD_FRONT),
        number -> {
          rig.assertPrivate(true);
          demote(PromotionRig.CLOUD_FRONT);
          rig.assertPrivate(false);
          assertThat(rig.policy(PromotionRig.PHYSICAL)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void publicBucket_promotionBroken_showsNothingElse_andIsFinishedOrTakenBack(Ending ending) {
    each(
        ending,
        step(ending),
        () -> {},
        () -> promote(PromotionRig.PUBLIC_BUCKET),
        number -> {
          rig.assertPrivate(false);
          rig.assertNothingBesideIsPublic();
          if (number % 3 == 0) {
            demote(PromotionRig.PUBLIC_BUCKET);
            rig.assertTakenBack();
          } else {
            promote(PromotionRig.PUBLIC_BUCKET);
            rig.assertPublished();
            rig.assertNothingBesideIsPublic();
          }
          rig.assertPrivate(false);
        });
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void publicBucket_demotionBroken_showsNothingElse_andIsFinishedByTheNext(Ending ending) {
    each(
        ending,
        step(ending),
        () -> promote(PromotionRig.PUBLIC_BUCKET),
        () -> demote(PromotionRig.PUBLIC_BUCKET),
        number -> {
          rig.assertPrivate(false);
          rig.assertNothingBesideIsPublic();
          boolean even = number % 2 == 0;
          if (even) {
            promote(PromotionRig.PUBLIC_BUCKET);
            rig.assertPublished();
          }
          assertThat(once.demoteBucket(PromotionRig.PUBLIC_BUCKET).outcome())
              .isIn(
                  DemotionReport.Outcome.DEMOTED,
                  even ? DemotionReport.Outcome.DEMOTED : DemotionReport.Outcome.UNCHANGED);
          rig.assertTakenBack();
          rig.assertPrivate(false);
        });
  }

  private boolean distributionReads() {
    return rig.distributionReads(
        PromotionRig.DISTRIBUTION, PromotionRig.PHYSICAL, PromotionRig.PUBLISHED.get(0));
  }
}
