package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.EmailMigration.Obstacle;
import io.github.ownproof.auth.EmailMigration.Outcome;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmailMigrationTest {

  private static final String ISSUER = "https://login.example.com";
  private static final String OTHER = "https://other.example.com";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final MutableClock clock = MutableClock.at(NOW);
  private final TokenForge forge = TokenForge.issuer(ISSUER).clock(clock);
  private final Table table = new Table();
  private final EmailMigration<Row> migration =
      EmailMigration.acceptingVerifiedEmailOf(ISSUER, NOW.plus(Duration.ofDays(30)), table, clock);

  @Test
  void login_verifiedAddressOfOneUnlinkedRow_linksItOnce() {
    Row row = table.add("alice@example.com");

    assertThat(migration.login(verified(alice()))).isEqualTo(new Outcome.Linked<>(row));
    assertThat(migration.login(verified(alice()))).isEqualTo(new Outcome.Known<>(row));
    assertThat(table.links).isEqualTo(1);
  }

  @Test
  void login_knownIdentityWithAnotherAddress_keepsItsRow() {
    Row alice = table.add("alice@example.com");
    table.add("bob@example.com");
    migration.login(verified(alice()));

    assertThat(migration.login(verified(alice().claim("email", "bob@example.com"))))
        .isEqualTo(new Outcome.Known<>(alice));
  }

  @Test
  void login_otherSubjectWithTheSameAddress_getsNothing() {
    table.add("alice@example.com");
    migration.login(verified(alice()));

    assertThat(migration.login(verified(alice().subject("user-2"))))
        .isEqualTo(new Outcome.NotLinked<Row>(Obstacle.NO_ACCOUNT));
  }

  @Test
  void login_addressNotVerified_linksNothing() {
    table.add("alice@example.com");

    for (ForgedToken token :
        List.of(
            alice().claim("email_verified", false),
            alice().claim("email_verified", "true"),
            alice().without("email_verified"),
            alice().without("email"),
            alice().claim("email", " "),
            alice().claimJson("email", "[\"alice@example.com\"]"))) {
      assertThat(migration.login(verified(token)))
          .isEqualTo(new Outcome.NotLinked<Row>(Obstacle.NOT_VERIFIED));
    }
    assertThat(table.links).isZero();
  }

  @Test
  void login_otherIssuer_linksNothing() {
    table.add("alice@example.com");
    TokenForge other = TokenForge.issuer(OTHER).clock(clock);

    assertThat(
            migration.login(
                verified(
                    other,
                    other
                        .token()
                        .claim("email", "alice@example.com")
                        .claim("email_verified", true))))
        .isEqualTo(new Outcome.NotLinked<Row>(Obstacle.OTHER_ISSUER));
  }

  @Test
  void login_aProgramWithAnAddress_linksNothing() {
    table.add("alice@example.com");

    assertThat(migration.login(verified(alice().subject("client-1"))))
        .isEqualTo(new Outcome.NotLinked<Row>(Obstacle.OTHER_ISSUER));
  }

  /** As many databases compare: in capitals, a dotless i is an i. */
  @Test
  void login_addressThatTheStoreTakesForAnother_linksNothing() {
    Row row = new Row("alice@example.com");
    EmailMigration<Row> folding =
        EmailMigration.acceptingVerifiedEmailOf(
            ISSUER,
            NOW.plus(Duration.ofDays(30)),
            new EmailMigration.Accounts<Row>() {
              @Override
              public Optional<Row> linkedTo(Identity identity) {
                return Optional.empty();
              }

              @Override
              public List<Row> unlinkedWithEmail(String address) {
                return address.strip().toUpperCase(Locale.ROOT).equals("ALICE@EXAMPLE.COM")
                    ? List.of(row)
                    : List.of();
              }

              @Override
              public boolean link(Row account, Identity identity) {
                return true;
              }
            },
            clock);

    for (String address : List.of("al\u0131ce@example.com", "alice@example.com ")) {
      assertThat(folding.login(verified(alice().claim("email", address))))
          .isEqualTo(new Outcome.NotLinked<Row>(Obstacle.AMBIGUOUS));
    }
    assertThat(folding.login(verified(alice()))).isEqualTo(new Outcome.Linked<>(row));
  }

  @Test
  void login_twoRowsWithTheAddress_linksNeither() {
    table.add("alice@example.com");
    table.add("alice@example.com");

    assertThat(migration.login(verified(alice())))
        .isEqualTo(new Outcome.NotLinked<Row>(Obstacle.AMBIGUOUS));
  }

  @Test
  void login_afterTheEnd_linksNothing_butKnowsWhoIsLinked() {
    Row alice = table.add("alice@example.com");
    migration.login(verified(alice()));
    table.add("bob@example.com");
    clock.advance(Duration.ofDays(30));

    assertThat(
            migration.login(verified(alice().subject("user-2").claim("email", "bob@example.com"))))
        .isEqualTo(new Outcome.NotLinked<Row>(Obstacle.OVER));
    assertThat(migration.login(verified(alice()))).isEqualTo(new Outcome.Known<>(alice));
  }

  @Test
  void login_storeRefusesToLink_saysSo() {
    table.add("alice@example.com");
    table.refuses = true;

    assertThat(migration.login(verified(alice())))
        .isEqualTo(new Outcome.NotLinked<Row>(Obstacle.LOST_RACE));
  }

  private ForgedToken alice() {
    return forge.token().claim("email", "alice@example.com").claim("email_verified", true);
  }

  private VerifiedToken verified(ForgedToken token) {
    return verified(forge, token);
  }

  private VerifiedToken verified(TokenForge by, ForgedToken token) {
    try (TokenVerifier verifier =
        TokenVerifier.builder()
            .clock(clock)
            .accept(
                IssuerProfiles.oidc(by.issuer())
                    .audience("https://api.example.com")
                    .accessTokens()
                    .keys(KeySource.pinned(by.jwks())))
            .build()) {
      return verifier.verify(token.compact());
    }
  }

  private static final class Row {
    private final String email;
    private Identity identity;

    Row(String email) {
      this.email = email;
    }
  }

  private static final class Table implements EmailMigration.Accounts<Row> {
    private final List<Row> rows = new ArrayList<>();
    private boolean refuses;
    private int links;

    Row add(String email) {
      Row row = new Row(email);
      rows.add(row);
      return row;
    }

    @Override
    public Optional<Row> linkedTo(Identity identity) {
      return rows.stream().filter(row -> identity.equals(row.identity)).findFirst();
    }

    @Override
    public List<Row> unlinkedWithEmail(String address) {
      return rows.stream()
          .filter(row -> row.identity == null && row.email.equals(address))
          .toList();
    }

    @Override
    public boolean link(Row account, Identity identity) {
      if (refuses || account.identity != null || linkedTo(identity).isPresent()) {
        return false;
      }
      account.identity = identity;
      links++;
      return true;
    }
  }
}
