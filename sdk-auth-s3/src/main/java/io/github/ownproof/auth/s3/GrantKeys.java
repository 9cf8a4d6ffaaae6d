package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.github.ownproof.auth.grant.GrantUse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where what is stored. Times are written in one width, so that keys sort by them. */
final class GrantKeys {

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String TIME_FORM = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z";
  private static final Pattern ENTRY = Pattern.compile(TIME_FORM + "-(sg-[0-9a-z]{32})");
  private static final Pattern USE =
      Pattern.compile(TIME_FORM + "-sg-[0-9a-z]{32}-[0-9a-f]{32}\\.json");

  private final String prefix;

  GrantKeys(String prefix) {
    this.prefix = prefix;
  }

  String document(GrantId id) {
    return prefix + "grants/" + id + ".json";
  }

  String entry(AccessRequest request) {
    return entries(request.customer()) + time(request.requestedAt()) + "-" + request.id();
  }

  String entries(CustomerId customer) {
    return prefix + "customers/" + customer + "/";
  }

  /** The request an entry is of; empty for a key of another form, which is not ours. */
  static Optional<GrantId> request(String entries, String key) {
    Matcher entry = ENTRY.matcher(key.substring(entries.length()));
    return entry.matches() ? Optional.of(GrantId.of(entry.group(1))) : Optional.empty();
  }

  String use(GrantUse use, String random) {
    return anyOf(use) + random + ".json";
  }

  /** Whether a use is where its customer looks for it, at its time. */
  boolean isPlaceOf(GrantUse use, String key) {
    return key.startsWith(anyOf(use));
  }

  private String anyOf(GrantUse use) {
    return uses(use.customer()) + time(use.at()) + "-" + use.grant() + "-";
  }

  String uses(CustomerId customer) {
    return prefix + "uses/" + customer + "/";
  }

  /** The key that stands before all uses from then on. */
  String usesBefore(CustomerId customer, Instant since) {
    return uses(customer)
        + time(since.isBefore(FIRST) ? FIRST : since.isAfter(LAST) ? LAST : since);
  }

  static boolean isUse(String uses, String key) {
    return USE.matcher(key.substring(uses.length())).matches();
  }

  private static String time(Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw GrantStoreException.of(
          "The time " + instant + " cannot be stored; it is from 1970 to 9999. Set the clock.",
          null);
    }
    return TIME.format(instant);
  }
}
