package io.github.ownproof.core.audit;

import io.github.ownproof.core.AccountId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who acted. People and services are an issuer and the subject it gave them; AWS principals are an
 * account and an ARN. An e-mail address is never a subject: addresses change hands.
 *
 * <p>An actor says who was <em>verified</em> to act. Where nobody was, it is {@link Unverified},
 * and a name the caller merely claimed does not appear. Actors are immutable, thread-safe and
 * compared by value.
 */
public sealed interface Actor {

  /**
   * The actor by name and value, in this order: {@code type}, then {@code issuer} and {@code
   * subject}, or {@code account} and {@code arn}, as far as it has them. Unmodifiable. Values are
   * not escaped.
   */
  Map<String, String> attributes();

  /**
   * A person or service.
   *
   * @param issuer the token issuer, up to 512 characters
   * @param subject the stable subject at that issuer, up to 255 characters
   */
  record Identified(String issuer, String subject) implements Actor {

    /**
     * Checks both.
     *
     * @throws InvalidAuditEventException if either is blank, too long, or holds a control or
     *     formatting character or half a surrogate pair
     */
    public Identified {
      issuer = AuditText.key("actor's issuer", issuer, 512);
      subject = AuditText.key("actor's subject", subject, 255);
    }

    @Override
    public Map<String, String> attributes() {
      return ordered("identified", "issuer", issuer, "subject", subject);
    }
  }

  /**
   * A principal of AWS: a user, a role session, an assumed role.
   *
   * @param account the account it belongs to
   * @param arn its ARN, e.g. {@code arn:aws:sts::111122223333:assumed-role/app/i-0abc}, up to 2048
   *     characters
   * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM
   *     identifiers</a>
   */
  record AwsPrincipal(AccountId account, String arn) implements Actor {

    /**
     * Checks that the ARN is one of that account.
     *
     * @throws InvalidAuditEventException if {@code arn} is not an ARN, is too long, is not visible
     *     ASCII, or names another account
     */
    public AwsPrincipal {
      arn = AuditText.id("actor's ARN", arn, 2048);
      String[] parts = arn.split(":", 6);
      if (parts.length != 6 || !parts[0].equals("arn") || parts[5].isEmpty()) {
        throw new InvalidAuditEventException(
            "The actor's ARN has not the form arn:partition:service:region:account:resource.");
      }
      if (!parts[4].equals(account.value())) {
        throw new InvalidAuditEventException(
            "The actor's ARN is not one of account " + account + ".");
      }
    }

    @Override
    public Map<String, String> attributes() {
      return ordered("aws", "account", account.value(), "arn", arn);
    }
  }

  /**
   * An AWS account of which no more is known than its id: some credentials tell the account and not
   * the principal.
   *
   * @param account the account
   */
  record AwsAccount(AccountId account) implements Actor {

    @Override
    public Map<String, String> attributes() {
      return ordered("aws", "account", account.value());
    }
  }

  /** Nobody whose identity was verified; the actor of a refused token, for example. */
  record Unverified() implements Actor {

    @Override
    public Map<String, String> attributes() {
      return ordered("unverified");
    }
  }

  private static Map<String, String> ordered(String type, String... namesAndValues) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("type", type);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(attributes);
  }
}
