package io.github.ownproof.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tokens that every careful verifier refuses, made from the rules: what RFC 7515, 7519, 8725 and
 * 9068 forbid, what published attacks on token libraries did, and what Ownproof refuses beyond
 * that.
 *
 * <p>Each breaks one rule and is otherwise valid, in time and signed by the issuer, so that it
 * tells whether that rule is checked.
 */
public final class HostileTokens {

  private HostileTokens() {}

  /**
   * All of them, for a verifier of access tokens that accepts the forge's issuer with {@link
   * TokenForge#jwksOfEveryAlgorithm()}, its audience and its clock, allows a skew of a minute and
   * tokens of 16,384 characters. Some are a second away from being valid, so let the clock stand
   * still, as a {@link MutableClock} does.
   *
   * @return unmodifiable
   */
  public static List<HostileToken> all(TokenForge forge) {
    List<HostileToken> tokens = new ArrayList<>();
    add("algorithm", forge, tokens, HostileAlgorithms::addTo);
    add("signature", forge, tokens, HostileSignatures::addTo);
    add("header", forge, tokens, HostileHeaders::addTo);
    add("kid", forge, tokens, HostileKeyIds::addTo);
    add("type", forge, tokens, HostileKinds::addTo);
    add("encoding", forge, tokens, HostileEncodings::addTo);
    add("encryption", forge, tokens, HostileEncryption::addTo);
    add("JSON", forge, tokens, HostileJson::addTo);
    add("issuer", forge, tokens, HostileIssuers::addTo);
    add("audience", forge, tokens, HostileAudiences::addTo);
    add("time", forge, tokens, HostileTimes::addTo);
    add("subject", forge, tokens, HostileSubjects::addTo);
    add("impersonation", forge, tokens, HostileImpersonations::addTo);
    add("confirmation", forge, tokens, HostileConfirmations::addTo);
    return List.copyOf(tokens);
  }

  private static void add(
      String family, TokenForge forge, List<HostileToken> tokens, Consumer<HostileFamily> table) {
    table.accept(new HostileFamily(family, forge, tokens));
  }
}
