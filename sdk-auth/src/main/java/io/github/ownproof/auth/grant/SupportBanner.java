package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What to show, on every page, to whoever looks at a customer's data under a grant. A plain value,
 * not escaped for any format: escape it where it is shown. Immutable, thread-safe, compared by
 * value.
 *
 * @param customer whose data is shown
 * @param engineer who looks
 * @param ticket on which support case
 * @param grant under which grant
 * @param until when it ends, at the latest
 */
public record SupportBanner(
    CustomerId customer, Actor.Identified engineer, String ticket, GrantId grant, Instant until) {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** The banner for this read. */
  public static SupportBanner of(SupportDecision.Permitted permitted) {
    return new SupportBanner(
        permitted.customer(),
        permitted.engineer(),
        permitted.ticket(),
        permitted.grant(),
        permitted.until());
  }

  /**
   * One line of English, such as {@code Support access to acme, read only, on CASE-4711, until 22
   * Nov 2026, 22:55 UTC. The customer sees every use.} The minute is the one in which the grant
   * ends; for another language or zone, say the same with the parts.
   */
  public String text() {
    return "Support access to "
        + customer
        + ", read only, on "
        + ticket
        + ", until "
        + MINUTE.format(until)
        + ". The customer sees every use.";
  }
}
