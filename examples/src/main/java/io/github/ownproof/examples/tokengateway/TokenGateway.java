package io.github.ownproof.examples.tokengateway;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import io.github.ownproof.auth.EmailMigration;
import io.github.ownproof.auth.EmailMigration.Outcome;
import io.github.ownproof.auth.IssuerProfile;
import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.Reason;
import io.github.ownproof.auth.Revocations;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.examples.Surprise;
import io.github.ownproof.examples.tokengateway.Caller.Answer;
import io.github.ownproof.examples.tokengateway.Customers.Customer;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.JwksServer;
import io.github.ownproof.testkit.TokenForge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tokens, end to end: a service starts before its issuer does, comes to life by itself, knows its
 * callers by issuer and subject, and refuses every trick; keys change, a user is revoked, a token
 * is bound to its sender, and accounts move from e-mail addresses to identities.
 *
 * <p>It has two issuers: a real OpenID provider in this process, and the testkit's, whose keys can
 * be changed.
 */
public final class TokenGateway {

  private static final String ALICE = "8f14e45f-ceea-467f";
  private static final String BOB = "c9f0f895-fb98-4b15";
  private static final String MALLORY = "45c48cce-2e2d-4f3a";
  private static final String INVALID = "Bearer error=\"invalid_token\"";
  private static final String HERE = "an example on one machine has no TLS";

  /** A logger is kept only by whoever holds it. */
  private static final Logger NOISE = Logger.getLogger("mockwebserver3.MockWebServer");

  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final Tally tally = new Tally();
  private final Caller caller = new Caller();
  private final Revocations revocations = Revocations.inMemory(Duration.ofHours(1));
  private final Provider provider;
  private final JwksServer keys;
  private final Gateway gateway;
  private final TokenVerifier verifier;
  private int step;
  private int refused;

  private TokenGateway(Provider provider, JwksServer keys) throws Exception {
    this.provider = provider;
    this.keys = keys;
    this.verifier =
        TokenVerifier.builder()
            .accept(
                accessTokens(provider.issuer())
                    .acceptUntypedAccessTokens("this provider's tokens have the type JWT"))
            .accept(accessTokens(keys.issuer()))
            .revocations(revocations)
            .telemetry(tally)
            .build();
    this.gateway = Gateway.start(verifier, log::add);
  }

  private static IssuerProfile accessTokens(String issuer) {
    return IssuerProfiles.oidc(issuer)
        .audience(Provider.AUDIENCE)
        .accessTokens()
        .allowInsecureLoopback(HERE);
  }

  /**
   * Runs the example; ends with one summary line, and with an exit code other than 0 on surprise.
   */
  public static void main(String[] args) throws Exception {
    Surprise.unless(args.length == 0, "usage is: token-gateway");
    NOISE.setLevel(Level.OFF);
    try (Provider provider = new Provider();
        JwksServer keys = JwksServer.start()) {
      TokenGateway example = new TokenGateway(provider, keys);
      try {
        example.run();
      } finally {
        example.gateway.close();
        example.verifier.close();
      }
    }
  }

  private void run() throws Exception {
    startsBeforeItsIssuer();
    knowsItsCallers();
    refusesTricks();
    rotation();
    revocation();
    boundToItsSender();
    stepUpAndScopes();
    migration();
    Surprise.summary(
        "token-gateway: "
            + tally.of("accepted")
            + " tokens accepted, "
            + refused
            + " requests refused, 1 account moved off its e-mail address");
  }

  private void startsBeforeItsIssuer() throws Exception {
    say("The service starts, and says what it accepts");
    verifier.describe().lines().forEach(TokenGateway::tell);

    say("Its issuer is down");
    String nobodyCanSay = provider.forge(ALICE).token().compact();
    Answer down = caller.bearer(gateway.uri("/whoami"), nobodyCanSay);
    tell(down + "  (no 401: the token may be good)");
    expectLog(Reason.KEYS_UNAVAILABLE);
    Surprise.unless(
        down.status() == 503 && down.challenge().isEmpty() && !down.retryAfter().isEmpty(),
        "without keys it should be 503 with Retry-After");
    refused++;

    say("The issuer comes up");
    provider.comeUp();
    String token = provider.token(ALICE, Map.of());
    Answer up = patiently("/whoami", token);
    Surprise.unless(up.status() == 200, "it should have found the keys by itself: " + up);
    tell("nobody restarted anything: " + up.status());
  }

  private void knowsItsCallers() throws Exception {
    say("Who is calling");
    accepted("/whoami", provider.token(ALICE, Map.of("email", "alice@example.com")), ALICE);
    Answer nobody = caller.get(gateway.uri("/whoami"));
    tell("no token: " + nobody);
    expectLog(Reason.MISSING);
    Surprise.unless(
        nobody.status() == 401 && nobody.challenge().equals("Bearer"), "no token should be 401");
    refused++;
  }

  private void refusesTricks() throws Exception {
    say("What it refuses: each caller gets the same answer, only the log knows why");
    tell(401 + "  WWW-Authenticate: " + INVALID);
    refuses("expired", provider.expired(ALICE), Reason.EXPIRED);
    refuses(
        "for another service",
        provider.tokenFor("https://other.example.com", ALICE),
        Reason.AUDIENCE);
    refuses("alg none", provider.unsigned(ALICE), Reason.ALGORITHM);
    refuses("payload changed", provider.tampered(ALICE, BOB), Reason.SIGNATURE);
    refuses("HMAC by public key", provider.signedWithPublicKey(ALICE), Reason.ALGORITHM);
    refuses(
        "support acts as alice",
        provider.token(ALICE, Map.of("act", Map.of("sub", "support-7"))),
        Reason.IMPERSONATION);
    refuses(
        "e-mail as subject", provider.token("alice@example.com", Map.of()), Reason.EMAIL_SUBJECT);
    refuses("an ID token", provider.token(ALICE, Map.of("nonce", "n-0S6")), Reason.KIND);
  }

  private void rotation() throws Exception {
    say("The other issuer changes its key");
    TokenForge before = TokenForge.issuer(keys.issuer()).audience(Provider.AUDIENCE).subject(BOB);
    TokenForge after = before.key(ForgedKey.of("ES256", "2027"));
    keys.publish(before.key().publicJwk());
    String old = before.token().compact();
    accepted("/whoami", old, BOB);
    keys.publish(after.key().publicJwk());
    tell("the issuer publishes another key, and removes the first");
    accepted("/whoami", after.token().compact(), BOB);
    refuses("signed by the first key", old, Reason.UNKNOWN_KEY);
  }

  private void revocation() throws Exception {
    say("A user is revoked");
    String token = provider.token(BOB, Map.of());
    accepted("/whoami", token, BOB);
    revocations.revokeSubject(provider.issuer(), BOB);
    refuses("the very same token", token, Reason.REVOKED);
  }

  private void boundToItsSender() throws Exception {
    say("A token is bound to its sender's key (DPoP)");
    ForgedKey mine = ForgedKey.of("ES256", "phone");
    TokenForge forge =
        TokenForge.issuer(keys.issuer())
            .audience(Provider.AUDIENCE)
            .subject(ALICE)
            .key(ForgedKey.of("ES256", "2027"));
    String thumbprint = JWK.parse(mine.publicJwk()).computeThumbprint().toString();
    String token = forge.token().claim("cnf", Map.of("jkt", thumbprint)).compact();

    Answer stolen = caller.bearer(gateway.uri("/whoami"), token);
    tell("stolen, as Bearer: " + brief(stolen));
    expectRefusal(stolen, 401, Reason.PROOF_MISSING);

    String proof =
        forge
            .dpopProof(mine, "GET", gateway.uri("/whoami").toString())
            .claim("ath", sha256(token))
            .compact();
    Answer own = withProof(token, proof);
    tell("with a proof by its key: " + own);
    Surprise.unless(own.status() == 200, "the proof should have been good");
    Answer again = withProof(token, proof);
    tell("the same proof again: " + brief(again));
    expectRefusal(again, 401, Reason.DPOP_REPLAY);
  }

  /** Without the list of algorithms at the end. */
  private static String brief(Answer answer) {
    return answer.status() + "  " + answer.challenge().replaceFirst(", algs=.*| algs=.*", " ...");
  }

  private Answer withProof(String token, String proof) throws Exception {
    return caller.get(gateway.uri("/whoami"), "Authorization", "DPoP " + token, "DPoP", proof);
  }

  private static String sha256(String text) throws Exception {
    return Base64URL.encode(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)))
        .toString();
  }

  private void stepUpAndScopes() throws Exception {
    say("Some things need more");
    Answer weak = caller.bearer(gateway.uri("/transfers"), provider.token(ALICE, Map.of()));
    tell("/transfers, an ordinary login: " + weak);
    expectRefusal(weak, 401, Reason.INSUFFICIENT_AUTHENTICATION);
    Surprise.unless(weak.challenge().contains("acr_values=\"mfa\""), "the challenge names no acr");
    long now = Clock.systemUTC().instant().getEpochSecond();
    accepted("/transfers", provider.token(ALICE, Map.of("acr", "mfa", "auth_time", now)), ALICE);

    Answer lacking =
        caller.bearer(gateway.uri("/admin"), provider.token(ALICE, Map.of("scope", "read")));
    tell("/admin, with the scope read: " + lacking);
    expectRefusal(lacking, 403, Reason.INSUFFICIENT_SCOPE);
    accepted("/admin", provider.token(ALICE, Map.of("scope", "read admin")), ALICE);
  }

  /** The shop logs its users in with ID tokens, so it has a verifier of its own for these. */
  private void migration() {
    say("A table of customers, keyed by e-mail, moves to issuer and subject");
    Customers customers = new Customers();
    customers.add(17, "alice@example.com");
    Instant end = Clock.systemUTC().instant().plus(Duration.ofDays(90));
    EmailMigration<Customer> migration =
        EmailMigration.acceptingVerifiedEmailOf(provider.issuer(), end, customers);
    try (TokenVerifier logins =
        TokenVerifier.builder()
            .accept(
                IssuerProfiles.oidc(provider.issuer())
                    .audience(Provider.CLIENT)
                    .idTokens()
                    .allowInsecureLoopback(HERE))
            .build()) {
      login(migration, logins, "mallory", MALLORY, "alice@example.com", false, "NOT_VERIFIED");
      login(migration, logins, "alice", ALICE, "alice@example.com", true, "linked to 17");
      login(migration, logins, "alice", ALICE, "alice@new.example.org", true, "known as 17");
      login(migration, logins, "mallory", MALLORY, "alice@example.com", true, "NO_ACCOUNT");
    }
  }

  private void login(
      EmailMigration<Customer> migration,
      TokenVerifier logins,
      String who,
      String subject,
      String email,
      boolean verified,
      String expected) {
    Outcome<Customer> outcome =
        migration.login(logins.verify(provider.idToken(subject, email, verified)));
    String became;
    if (outcome instanceof Outcome.Known<Customer> known) {
      became = "known as " + known.account().number();
    } else if (outcome instanceof Outcome.Linked<Customer> linked) {
      became = "linked to " + linked.account().number();
    } else {
      became = ((Outcome.NotLinked<Customer>) outcome).why().name();
    }
    tell(
        "%-8s says %s, %s: %s"
            .formatted(who, email, verified ? "verified" : "not verified", became));
    Surprise.unless(became.equals(expected), "expected " + expected);
  }

  private void accepted(String path, String token, String subject) throws Exception {
    Answer answer = patiently(path, token);
    tell(path + ": " + answer);
    Surprise.unless(
        answer.status() == 200 && answer.body().contains("\"subject\":\"" + subject + "\""),
        "the token should have been accepted, as that of its subject");
  }

  /** Tries again after a 503, as every caller should. */
  private Answer patiently(String path, String token) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Answer answer = caller.bearer(gateway.uri(path), token);
    while (answer.status() == 503 && System.nanoTime() - deadline < 0) {
      expectLog(Reason.KEYS_UNAVAILABLE);
      TimeUnit.MILLISECONDS.sleep(100);
      answer = caller.bearer(gateway.uri(path), token);
    }
    return answer;
  }

  private void refuses(String what, String token, Reason reason) throws Exception {
    Answer answer = caller.bearer(gateway.uri("/whoami"), token);
    Surprise.unless(answer.challenge().equals(INVALID), "another challenge: " + answer);
    expectRefusal(answer, 401, reason);
    tell("%-24s log: %s".formatted(what, "refused " + reason));
  }

  private void expectRefusal(Answer answer, int status, Reason reason) throws Exception {
    expectLog(reason);
    Surprise.unless(answer.status() == status, reason + " should be a " + status + ": " + answer);
    Surprise.unless(
        answer.body().isEmpty() && !answer.challenge().contains(reason.name()),
        "the reason got out: " + answer);
    refused++;
  }

  /** The service writes its line before it answers. */
  private void expectLog(Reason reason) {
    String line = log.poll();
    Surprise.unless(("refused " + reason).equals(line), "expected " + reason + ", log: " + line);
  }

  private void say(String headline) {
    step++;
    System.out.printf("%n%d. %s%n", step, headline);
  }

  private static void tell(String line) {
    System.out.println("   " + line);
  }
}
