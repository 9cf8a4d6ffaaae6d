package io.github.ownproof.core.reliability;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reliabilities for people: as many digits as tell them from 100 %, and two more. */
final class Percent {

  private Percent() {}

  /** Never more than it is. */
  static String atMost(double reliability) {
    return of(reliability, RoundingMode.DOWN);
  }

  /** Never less than it is. */
  static String atLeast(double reliability) {
    return of(reliability, RoundingMode.UP);
  }

  private static String of(double reliability, RoundingMode rounding) {
    int nines = (int) Math.floor(-Math.log10(Math.max(1 - reliability, 0x1p-53)));
    // Seventeen digits of a double hold the decimal it was written as; more would show its
    // rounding.
    return BigDecimal.valueOf(reliability)
            .movePointRight(2)
            .setScale(Math.max(0, nines) + 1, rounding)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}
