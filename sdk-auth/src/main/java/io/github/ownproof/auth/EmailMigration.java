package io.github.ownproof.auth;

import io.github.ownproof.core.OwnproofException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Moves accounts that were keyed by e-mail address to {@link Identity}, each once, when its user
 * logs in. The only place where an address decides anything: it finds a row, never an identity, and
 * only if
 *
 * <ul>
 *   <li>nothing is linked to the identity yet,
 *   <li>the token is of the one issuer whose {@code email_verified} the operator accepts for this,
 *   <li>that issuer says, as a boolean, that the address was verified,
 *   <li>the migration is not over,
 *   <li>the address is in plain ASCII, without space: stores take other characters for one another,
 *   <li>exactly one account without an identity has the address, and
 *   <li>the store links it atomically.
 * </ul>
 *
 * <p>It cannot know whether an address changed hands since the account was last used: end the
 * migration soon, and ask users of valuable accounts for more. Thread-safe if the accounts are.
 *
 * @param <A> the program's account
 */
public final class EmailMigration<A> {

  /**
   * The program's accounts.
   *
   * @param <A> the program's account
   */
  public interface Accounts<A> {

    /** The account linked to this issuer and subject. */
    Optional<A> linkedTo(Identity identity);

    /**
     * All accounts with this address, compared as the program always compared it, that are linked
     * to no identity.
     */
    List<A> unlinkedWithEmail(String address);

    /**
     * Links the account to the identity, in one atomic step, if the account is linked to none and
     * the identity to no account: a conditional update under a unique index on issuer and subject.
     *
     * @return whether it did
     */
    boolean link(A account, Identity identity);
  }

  /**
   * What became of a login.
   *
   * @param <A> the program's account
   */
  public sealed interface Outcome<A> {

    /**
     * The identity had this account before; the address was not looked at.
     *
     * @param account the account
     */
    record Known<A>(A account) implements Outcome<A> {}

    /**
     * This account was linked to the identity now.
     *
     * @param account the account
     */
    record Linked<A>(A account) implements Outcome<A> {}

    /**
     * The identity has no account, and none was linked.
     *
     * @param why the first condition that did not hold
     */
    record NotLinked<A>(Obstacle why) implements Outcome<A> {}
  }

  /** Why no account was linked. */
  public enum Obstacle {
    /** The migration is over. */
    OVER,
    /** The token is from another issuer, or not about a person. */
    OTHER_ISSUER,
    /** The token has no address, or the issuer does not say that it was verified. */
    NOT_VERIFIED,
    /** No account without an identity has the address. */
    NO_ACCOUNT,
    /**
     * Several accounts without an identity have the address, or it has characters that stores
     * compare in different ways; a person must decide.
     */
    AMBIGUOUS,
    /** The account or the identity was linked by somebody else in the meantime. */
    LOST_RACE
  }

  private final Accounts<A> accounts;
  private final String issuer;
  private final Instant until;
  private final Clock clock;

  private EmailMigration(Accounts<A> accounts, String issuer, Instant until, Clock clock) {
    this.accounts = accounts;
    this.issuer = issuer;
    this.until = until;
    this.clock = clock;
  }

  /**
   * A migration.
   *
   * @param accounts the program's accounts
   * @param issuer the {@link Identity#issuer()} whose {@code email_verified} is accepted for this
   *     one step; only right for an issuer that has the address from its user and checked it
   * @param until when the migration is over
   * @throws InvalidVerifierException if the issuer cannot be one
   */
  public static <A> EmailMigration<A> acceptingVerifiedEmailOf(
      String issuer, Instant until, Accounts<A> accounts) {
    return acceptingVerifiedEmailOf(issuer, until, accounts, Clock.systemUTC());
  }

  /** The same, with a clock. */
  public static <A> EmailMigration<A> acceptingVerifiedEmailOf(
      String issuer, Instant until, Accounts<A> accounts, Clock clock) {
    return new EmailMigration<>(accounts, Accepted.issuer(issuer), until, clock);
  }

  /** The account of whoever logged in, linked now if need be and if it may be. */
  public Outcome<A> login(VerifiedToken token) {
    Identity identity = token.identity();
    Optional<A> known = accounts.linkedTo(identity);
    if (known.isPresent()) {
      return new Outcome.Known<>(known.get());
    }
    if (!clock.instant().isBefore(until)) {
      return new Outcome.NotLinked<>(Obstacle.OVER);
    }
    if (!identity.issuer().equals(issuer) || identity.kind() != IdentityKind.USER) {
      return new Outcome.NotLinked<>(Obstacle.OTHER_ISSUER);
    }
    Optional<String> address =
        token
            .profile()
            .contactEmail()
            .filter(ContactEmail::isVerifiedByIssuer)
            .map(ContactEmail::address)
            .filter(text -> !text.isBlank());
    return address.isEmpty()
        ? new Outcome.NotLinked<>(Obstacle.NOT_VERIFIED)
        : linkByAddress(address.get(), identity);
  }

  private Outcome<A> linkByAddress(String address, Identity identity) {
    List<A> candidates = accounts.unlinkedWithEmail(address);
    if (candidates.size() != 1 || !isPlain(address)) {
      return new Outcome.NotLinked<>(
          candidates.isEmpty() ? Obstacle.NO_ACCOUNT : Obstacle.AMBIGUOUS);
    }
    A account = candidates.get(0);
    return accounts.link(account, identity)
        ? new Outcome.Linked<>(account)
        : new Outcome.NotLinked<>(Obstacle.LOST_RACE);
  }

  /** Folded or without its spaces, another address might be that of somebody else's account. */
  private static boolean isPlain(String address) {
    return address.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** The issuer and the end. */
  @Override
  public String toString() {
    return "EmailMigration(" + OwnproofException.quote(issuer) + ", until " + until + ")";
  }
}
