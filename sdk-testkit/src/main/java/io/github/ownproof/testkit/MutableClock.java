package io.github.ownproof.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still until it is told to go on. Thread-safe; clocks made from it with {@link
 * #withZone(ZoneId)} stay on the same time.
 */
public final class MutableClock extends Clock {

  private final Hand hand;
  private final ZoneId zone;

  private MutableClock(Hand hand, ZoneId zone) {
    this.hand = hand;
    this.zone = zone;
  }

  /** A clock in UTC that stands at this instant. */
  public static MutableClock at(Instant instant) {
    return new MutableClock(new Hand(instant), ZoneOffset.UTC);
  }

  /**
   * A clock in UTC that stands at this instant.
   *
   * @param instant as in {@code 2026-11-22T10:15:30Z}
   * @throws java.time.format.DateTimeParseException if it is not of that form
   */
  public static MutableClock at(String instant) {
    return at(Instant.parse(instant));
  }

  /** Moves it by this much; a negative duration moves it back. */
  public void advance(Duration by) {
    hand.advance(by);
  }

  /** Moves it to this instant, which may be in its past. */
  public void set(Instant instant) {
    hand.set(instant);
  }

  @Override
  public Instant instant() {
    return hand.instant();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new MutableClock(hand, other);
  }

  /** The instant it stands at. */
  @Override
  public String toString() {
    return "MutableClock " + hand.instant();
  }

  /** What clocks of one time share. */
  private static final class Hand {

    private Instant instant;

    Hand(Instant instant) {
      this.instant = instant;
    }

    synchronized Instant instant() {
      return instant;
    }

    synchronized void set(Instant to) {
      instant = to;
    }

    synchronized void advance(Duration by) {
      instant = instant.plus(by);
    }
  }
}
