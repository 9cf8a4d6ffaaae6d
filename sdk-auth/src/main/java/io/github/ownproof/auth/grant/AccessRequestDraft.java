package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an engineer is about to ask for. Nothing happens until {@link SupportAccess#request} takes
 * it. Immutable and thread-safe: every method gives another draft.
 *
 * <p>Needed are at least one resource, one permission and the residency.
 */
public final class AccessRequestDraft {

  /** How long access lasts unless the draft says otherwise. */
  public static final Duration DEFAULT_DURATION = Duration.ofHours(1);

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int LONGEST_TICKET = 128;
  private static final int LONGEST_JUSTIFICATION = 500;

  private final CustomerId customer;
  private final String ticket;
  private final Resources resources;
  private final Set<String> permissions;
  private final Set<String> services;
  private final String residency;
  private final String justification;
  private final Duration duration;

  private AccessRequestDraft(
      CustomerId customer,
      String ticket,
      Resources resources,
      Set<String> permissions,
      Set<String> services,
      String residency,
      String justification,
      Duration duration) {
    this.customer = customer;
    this.ticket = ticket;
    this.resources = resources;
    this.permissions = permissions;
    this.services = services;
    this.residency = residency;
    this.justification = justification;
    this.duration = duration;
  }

  /**
   * Access to this customer's data, on this ticket, for an hour.
   *
   * @param customer whose data
   * @param ticket the support case, e.g. {@code CASE-4711}; which form it must have is the desk's
   *     to say
   * @throws InvalidSupportAccessException if the ticket is not 1 to 128 visible ASCII characters
   */
  public static AccessRequestDraft of(CustomerId customer, String ticket) {
    if (ticket.isEmpty()
        || ticket.length() > LONGEST_TICKET
        || !ticket.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new InvalidSupportAccessException(
          "A ticket's id is 1 to 128 visible ASCII characters, such as CASE-4711, not "
              + OwnproofException.quote(ticket)
              + ".");
    }
    return new AccessRequestDraft(
        customer, ticket, Resources.none(), Set.of(), Set.of(), "", "", DEFAULT_DURATION);
  }

  /**
   * Also these resources, each alone.
   *
   * @throws InvalidSupportAccessException if a name has not the form of {@link Resources}
   */
  public AccessRequestDraft resources(String... names) {
    return with(resources.and(Resources.exactly(names)), permissions);
  }

  /**
   * Also these resources with everything below them: the customer sees that they are trees.
   *
   * @throws InvalidSupportAccessException if a name has not the form of {@link Resources}
   */
  public AccessRequestDraft resourcesWithDescendants(String... names) {
    return with(resources.and(Resources.treesOf(names)), permissions);
  }

  /**
   * Also these permissions; only reads are ever granted.
   *
   * @throws InvalidSupportAccessException if a name has not the form of a permission
   */
  public AccessRequestDraft permissions(String... names) {
    Set<String> all = new TreeSet<>(permissions);
    Collections.addAll(all, names);
    return with(resources, Permissions.sorted(all));
  }

  /**
   * Only for these services, by the names they check under; else for all the desk knows.
   *
   * @throws InvalidSupportAccessException if a name is not 1 to 64 ASCII letters, digits and {@code
   *     . _ -}
   */
  public AccessRequestDraft services(String... names) {
    Set<String> all = new TreeSet<>(services);
    for (String name : names) {
      all.add(word("service's name", name));
    }
    return new AccessRequestDraft(
        customer,
        ticket,
        resources,
        permissions,
        Collections.unmodifiableSet(all),
        residency,
        justification,
        duration);
  }

  /**
   * Where the data is, e.g. {@code eu}: services that run for another residency refuse.
   *
   * @throws InvalidSupportAccessException if it is not 1 to 64 ASCII letters, digits and {@code . _
   *     -}
   */
  public AccessRequestDraft residency(String name) {
    return new AccessRequestDraft(
        customer,
        ticket,
        resources,
        permissions,
        services,
        word("residency", name),
        justification,
        duration);
  }

  /**
   * Why, in words the customer will read; at most 500 characters.
   *
   * @throws InvalidSupportAccessException if it is longer, has control characters, line breaks,
   *     half a surrogate pair, or turns the direction of what the customer reads (UAX 9)
   */
  public AccessRequestDraft justification(String words) {
    if (words.length() > LONGEST_JUSTIFICATION
        || !words.codePoints().allMatch(AccessRequestDraft::isOfOneLine)) {
      throw new InvalidSupportAccessException(
          "A justification is one line of at most 500 characters; this one has "
              + words.length()
              + ", or a character that controls how the others are shown.");
    }
    return new AccessRequestDraft(
        customer, ticket, resources, permissions, services, residency, words, duration);
  }

  /**
   * For how long from the approval, in whole seconds; an hour unless said. {@link #scope} refuses
   * what cannot be, and the desk what is longer than the customer or the desk allows.
   */
  public AccessRequestDraft duration(Duration time) {
    return new AccessRequestDraft(
        customer, ticket, resources, permissions, services, residency, justification, time);
  }

  /** Whose data. */
  public CustomerId customer() {
    return customer;
  }

  /** The support case. */
  public String ticket() {
    return ticket;
  }

  /**
   * How much is asked for.
   *
   * @throws InvalidSupportAccessException if resources or permissions are missing or too many, or
   *     the duration cannot be
   */
  public AccessScope scope() {
    return new AccessScope(resources, permissions, duration);
  }

  Set<String> services() {
    return services;
  }

  String justification() {
    return justification;
  }

  /** Where the data is. */
  String residency() {
    if (residency.isEmpty()) {
      throw new InvalidSupportAccessException(
          "A request for support access says where the data is: add residency(\"eu\").");
    }
    return residency;
  }

  private static boolean isOfOneLine(int c) {
    boolean turnsAround = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    int type = Character.getType(c);
    return !turnsAround
        && type != Character.CONTROL
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }

  static String word(String what, String value) {
    if (!WORD.matcher(value).matches()) {
      throw new InvalidSupportAccessException(
          "A "
              + what
              + " is 1 to 64 ASCII letters, digits and . _ - with a letter or digit first, not "
              + OwnproofException.quote(value)
              + ".");
    }
    return value;
  }

  private AccessRequestDraft with(Resources otherResources, Set<String> otherPermissions) {
    return new AccessRequestDraft(
        customer,
        ticket,
        otherResources,
        otherPermissions,
        services,
        residency,
        justification,
        duration);
  }

  /** Customer and ticket. */
  @Override
  public String toString() {
    return "AccessRequestDraft(" + customer + ", " + ticket + ")";
  }
}
