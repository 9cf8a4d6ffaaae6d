package io.github.ownproof.auth;

import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.keys.RemoteKeySettings;
import io.github.ownproof.core.OwnproofException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is accepted from one issuer: which kind of token, for which audience, signed how, and which
 * claim is the stable subject. Made by {@link IssuerProfiles}.
 *
 * <p>Immutable and thread-safe: each method gives a new profile. Those that take a reason give up a
 * check; they show in {@link TokenVerifier#describe()}.
 */
public final class IssuerProfile {

  /** A date and this much is a date still. */
  static final Duration LONGEST_LIMIT = Duration.ofDays(36_500);

  private final ProviderRules rules;
  private final Set<JwsAlgorithm> algorithms;
  private final @Nullable KeySource keys;
  private final @Nullable URI jwksUri;
  private final RemoteKeySettings keySettings;
  private final @Nullable Duration maxLifetime;
  private final @Nullable Duration maxAge;
  private final Set<String> requiredClaims;
  private final Map<String, Set<String>> requiredValues;
  private final boolean senderConstrained;
  private final Set<String> markers;
  private final boolean emailSubjects;
  private final boolean untyped;
  private final @Nullable String loopbackReason;
  private final List<OptOut> optOuts;

  private IssuerProfile(Draft draft) {
    this.rules = draft.rules;
    this.algorithms = draft.algorithms;
    this.keys = draft.keys;
    this.jwksUri = draft.jwksUri;
    this.keySettings = draft.keySettings;
    this.maxLifetime = draft.maxLifetime;
    this.maxAge = draft.maxAge;
    this.requiredClaims = draft.requiredClaims;
    this.requiredValues = draft.requiredValues;
    this.senderConstrained = draft.senderConstrained;
    this.markers = draft.markers;
    this.emailSubjects = draft.emailSubjects;
    this.untyped = draft.untyped;
    this.loopbackReason = draft.loopbackReason;
    this.optOuts = draft.optOuts;
  }

  static IssuerProfile of(ProviderRules rules) {
    return of(rules, Set.of());
  }

  /**
   * With claims that look like an impersonation, and mean something else to this provider.
   *
   * @param innocent their exact names
   */
  static IssuerProfile of(ProviderRules rules, Set<String> innocent) {
    Draft draft = new Draft(rules);
    draft.markers = innocent;
    return new IssuerProfile(draft);
  }

  /**
   * Takes the keys from this JWK Set instead of asking the issuer where they are.
   *
   * @param uri {@code https}; {@code http} to this host only with {@link #allowInsecureLoopback}
   */
  public IssuerProfile jwksUri(URI uri) {
    Draft draft = new Draft(this);
    draft.jwksUri = uri;
    draft.keys = null;
    return new IssuerProfile(draft);
  }

  /**
   * How keys are fetched and how long they are believed, where they come from the issuer or a
   * {@link #jwksUri}. Metrics go where the verifier's go.
   */
  public IssuerProfile keySettings(RemoteKeySettings settings) {
    Draft draft = new Draft(this);
    draft.keySettings = settings;
    return new IssuerProfile(draft);
  }

  /** Takes the keys from here. Whoever made the source closes it. */
  public IssuerProfile keys(KeySource source) {
    Draft draft = new Draft(this);
    draft.keys = source;
    draft.jwksUri = null;
    return new IssuerProfile(draft);
  }

  /**
   * Accepts these algorithms and no others.
   *
   * @throws InvalidVerifierException if there are none
   */
  public IssuerProfile algorithms(JwsAlgorithm... accepted) {
    if (accepted.length == 0) {
      throw new InvalidVerifierException(
          "No algorithm would be accepted from " + issuer() + ": name at least one.");
    }
    Draft draft = new Draft(this);
    draft.algorithms = Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(accepted)));
    return new IssuerProfile(draft);
  }

  /**
   * Refuses tokens made to be valid for longer, and those that do not say since when.
   *
   * @throws InvalidVerifierException if it is not positive, or more than 36,500 days
   */
  public IssuerProfile maxLifetime(Duration longest) {
    Draft draft = new Draft(this);
    draft.maxLifetime = positive("lifetime", longest);
    return new IssuerProfile(draft);
  }

  /**
   * Refuses tokens issued longer ago, and those that do not say when.
   *
   * @throws InvalidVerifierException if it is not positive, or more than 36,500 days
   */
  public IssuerProfile maxAge(Duration oldest) {
    Draft draft = new Draft(this);
    draft.maxAge = positive("age", oldest);
    return new IssuerProfile(draft);
  }

  /**
   * Refuses tokens without these claims, or with null for one. Those of RFC 9068 section 2.2 that
   * are not required anyway are {@code iat}, {@code jti} and {@code client_id}.
   *
   * @throws InvalidVerifierException if there are none, or one is blank
   */
  public IssuerProfile requireClaims(String... names) {
    Draft draft = new Draft(this);
    draft.requiredClaims =
        Stream.concat(requiredClaims.stream(), Accepted.of("claim", names).stream())
            .collect(Collectors.toUnmodifiableSet());
    return new IssuerProfile(draft);
  }

  /**
   * Refuses tokens in which this claim is not one of these strings, compared exactly; an array or
   * anything else is none. Such as {@code requireClaim("ref", "refs/heads/main")} for a pipeline.
   *
   * @throws InvalidVerifierException if there are no values, or one is blank
   */
  public IssuerProfile requireClaim(String name, String... values) {
    Draft draft = new Draft(this);
    Map<String, Set<String>> all = new HashMap<>(requiredValues);
    all.put(name, Accepted.of("value of " + name, values));
    draft.requiredValues = Map.copyOf(all);
    return new IssuerProfile(draft);
  }

  /**
   * Refuses tokens that are not bound to their sender by DPoP (RFC 9449) or mutual TLS (RFC 8705).
   */
  public IssuerProfile requireSenderConstrained() {
    Draft draft = new Draft(this);
    draft.senderConstrained = true;
    return new IssuerProfile(draft);
  }

  /**
   * Accepts tokens with these impersonation claims, such as {@code act}. The identity stays the
   * subject: whoever acts is for the program to look at.
   *
   * @param reason why, for {@link TokenVerifier#describe()}
   * @param claims the exact names
   * @throws InvalidVerifierException if the reason is blank, or a name is not one we would refuse
   */
  public IssuerProfile acceptImpersonationClaims(String reason, String... claims) {
    for (String claim : claims) {
      if (!ImpersonationMarkers.isMarker(claim)) {
        throw new InvalidVerifierException(
            OwnproofException.quote(claim)
                + " is not an impersonation claim, so nothing would change: name those that are"
                + " refused.");
      }
    }
    Draft draft = new Draft(this);
    draft.markers =
        Stream.concat(markers.stream(), Stream.of(claims)).collect(Collectors.toUnmodifiableSet());
    return draft.without("refusing " + String.join(", ", claims), reason);
  }

  /**
   * Accepts subjects that look like e-mail addresses. Only right where the issuer guarantees never
   * to give an address to somebody else.
   *
   * @param reason why, for {@link TokenVerifier#describe()}
   * @throws InvalidVerifierException if the reason is blank
   */
  public IssuerProfile acceptEmailShapedSubjects(String reason) {
    Draft draft = new Draft(this);
    draft.emailSubjects = true;
    return draft.without("refusing subjects that look like e-mail addresses", reason);
  }

  /**
   * Accepts access tokens whose {@code typ} is {@code JWT} or missing, from issuers that do not
   * follow RFC 9068. ID tokens are then told apart by their claims and audience only.
   *
   * @param reason why, for {@link TokenVerifier#describe()}
   * @throws InvalidVerifierException if the reason is blank
   */
  public IssuerProfile acceptUntypedAccessTokens(String reason) {
    Draft draft = new Draft(this);
    draft.untyped = true;
    return draft.without("the type at+jwt", reason);
  }

  /**
   * Allows {@code http} to this very host for the issuer and its keys: for tests and development.
   *
   * @param reason why, for {@link TokenVerifier#describe()}
   * @throws InvalidVerifierException if the reason is blank
   */
  public IssuerProfile allowInsecureLoopback(String reason) {
    Draft draft = new Draft(this);
    draft.loopbackReason = reason;
    return draft.without("https, to this host", reason);
  }

  /** The issuer, as identities name it. */
  public String issuer() {
    return rules.issuer();
  }

  /** The kind of tokens it accepts. */
  public TokenKind kind() {
    return rules.kind();
  }

  ProviderRules rules() {
    return rules;
  }

  Set<JwsAlgorithm> algorithms() {
    return algorithms;
  }

  @Nullable KeySource keys() {
    return keys;
  }

  @Nullable URI jwksUri() {
    return jwksUri == null ? rules.jwksUri() : jwksUri;
  }

  RemoteKeySettings keySettings() {
    return keySettings;
  }

  @Nullable Duration maxLifetime() {
    return maxLifetime;
  }

  @Nullable Duration maxAge() {
    return maxAge;
  }

  Set<String> requiredClaims() {
    return requiredClaims;
  }

  Map<String, Set<String>> requiredValues() {
    return requiredValues;
  }

  boolean isSenderConstrained() {
    return senderConstrained;
  }

  Set<String> acceptedMarkers() {
    return markers;
  }

  boolean acceptsEmailSubjects() {
    return emailSubjects;
  }

  Set<String> types() {
    return untyped
        ? Stream.concat(rules.types().stream(), Stream.of("", "jwt"))
            .collect(Collectors.toUnmodifiableSet())
        : rules.types();
  }

  @Nullable String loopbackReason() {
    return loopbackReason;
  }

  List<OptOut> optOuts() {
    return optOuts;
  }

  private static Duration positive(String what, Duration limit) {
    if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST_LIMIT) > 0) {
      throw new InvalidVerifierException(
          "The longest "
              + what
              + " of a token must be positive and at most 36,500 days; "
              + limit
              + " is not.");
    }
    return limit;
  }

  /** The issuer and the kind. */
  @Override
  public String toString() {
    return "IssuerProfile(" + rules.provider() + ", " + issuer() + ", " + kind() + ")";
  }

  /** A profile in the making. */
  private static final class Draft {
    private final ProviderRules rules;
    private Set<JwsAlgorithm> algorithms;
    private @Nullable KeySource keys;
    private @Nullable URI jwksUri;
    private RemoteKeySettings keySettings = RemoteKeySettings.defaults();
    private @Nullable Duration maxLifetime;
    private @Nullable Duration maxAge;
    private Set<String> requiredClaims = Set.of();
    private Map<String, Set<String>> requiredValues = Map.of();
    private boolean senderConstrained;
    private Set<String> markers = Set.of();
    private boolean emailSubjects;
    private boolean untyped;
    private @Nullable String loopbackReason;
    private List<OptOut> optOuts = List.of();

    Draft(ProviderRules rules) {
      this.rules = rules;
      this.algorithms = rules.algorithms();
    }

    Draft(IssuerProfile from) {
      this.rules = from.rules;
      this.algorithms = from.algorithms;
      this.keys = from.keys;
      this.jwksUri = from.jwksUri;
      this.keySettings = from.keySettings;
      this.maxLifetime = from.maxLifetime;
      this.maxAge = from.maxAge;
      this.requiredClaims = from.requiredClaims;
      this.requiredValues = from.requiredValues;
      this.senderConstrained = from.senderConstrained;
      this.markers = from.markers;
      this.emailSubjects = from.emailSubjects;
      this.untyped = from.untyped;
      this.loopbackReason = from.loopbackReason;
      this.optOuts = from.optOuts;
    }

    IssuerProfile without(String rule, String reason) {
      List<OptOut> all = new ArrayList<>(optOuts);
      all.add(new OptOut(rule, reason));
      optOuts = List.copyOf(all);
      return new IssuerProfile(this);
    }
  }
}
