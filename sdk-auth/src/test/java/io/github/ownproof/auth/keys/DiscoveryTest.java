package io.github.ownproof.auth.keys;

import static io.github.ownproof.auth.keys.KeyLookup.Absent.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.JwksFault;
import io.github.ownproof.testkit.JwksServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiscoveryTest {

  private final AtomicLong nanos = new AtomicLong();

  private KeySource discovered(String issuer) {
    return KeySource.discovered(issuer, Rig.settings().ticker(nanos::get));
  }

  private void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Test
  void discovered_rightDocument_keysAreFound() {
    try (JwksServer server = JwksServer.start();
        KeySource keys = discovered(server.issuer())) {
      server.publish(Jwk.of("one"));
      Rig.eventually("warm", () -> keys.warmUp().isUsable());
      assertThat(keys.find("one")).isInstanceOf(VerificationKey.class);
      assertThat(server.discoveryFetches()).isEqualTo(1);
    }
  }

  @Test
  void discovered_again_onlyAfterAnHour() {
    try (JwksServer server = JwksServer.start();
        KeySource keys = discovered(server.issuer())) {
      server.publish(Jwk.of("one"));
      Rig.eventually("warm", () -> keys.warmUp().isUsable());
      for (int i = 0; i < 11; i++) {
        pass(Rig.TIME_TO_LIVE);
        assertThat(keys.find("one")).isInstanceOf(VerificationKey.class);
      }
      assertThat(server.fetches()).isEqualTo(12);
      assertThat(server.discoveryFetches()).isEqualTo(1);
      pass(Rig.TIME_TO_LIVE);
      assertThat(keys.find("one")).isInstanceOf(VerificationKey.class);
      assertThat(server.discoveryFetches()).isEqualTo(2);
    }
  }

  @Test
  void discovered_keysMovedAway_areDiscoveredAgain() {
    try (JwksServer server = JwksServer.start();
        JwksServer other = JwksServer.start();
        KeySource keys = discovered(server.issuer())) {
      server.publish(Jwk.of("one"));
      other.publish(Jwk.of("two"));
      Rig.eventually("warm", () -> keys.warmUp().isUsable());
      server.fault(JwksFault.status(404));
      server.publishDiscovery(document(server.issuer(), other.jwksUri().toString()));
      assertThat(keys.find("two")).isEqualTo(UNAVAILABLE);
      pass(Duration.ofSeconds(1));
      assertThat(keys.find("two")).isInstanceOf(VerificationKey.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect", "down", "500", "html"})
  void discovered_formerAddressFailsForGood_areDiscoveredAgain(String fault) {
    try (JwksServer server = JwksServer.start();
        JwksServer former = JwksServer.start();
        KeySource keys = discovered(server.issuer())) {
      server.publish(Jwk.of("two"));
      former.publish(Jwk.of("one"));
      server.publishDiscovery(document(server.issuer(), former.jwksUri().toString()));
      Rig.eventually("warm", () -> keys.warmUp().isUsable());
      switch (fault) {
        case "redirect" -> former.fault(JwksFault.redirectTo(server.jwksUri()));
        case "down" -> former.down();
        case "500" -> former.fault(JwksFault.status(500));
        default -> former.fault(JwksFault.html());
      }
      server.publishDiscovery(document(server.issuer(), server.jwksUri().toString()));
      Rig.eventually(
          "found where they are now",
          () -> {
            // Far less than an hour in all.
            pass(Duration.ofMillis(100));
            return keys.find("two") instanceof VerificationKey;
          });
    }
  }

  @Test
  void discovered_documentFailsWhileKeysDoNot_keysAreStillFetched() {
    try (JwksServer server = JwksServer.start();
        KeySource keys = discovered(server.issuer())) {
      server.publish(Jwk.of("one"));
      Rig.eventually("warm", () -> keys.warmUp().isUsable());
      server.fault(JwksFault.status(503));
      server.discoveryFault(JwksFault.status(503));
      pass(Rig.TIME_TO_LIVE);
      assertThat(keys.find("one")).isInstanceOf(VerificationKey.class);
      Rig.eventually("failed", () -> keys.health().consecutiveFailures() == 1);
      server.publish(Jwk.of("two"));
      server.clearFaults();
      server.discoveryFault(JwksFault.status(503));
      Rig.eventually(
          "found where they were",
          () -> {
            pass(Duration.ofMillis(100));
            return keys.find("two") instanceof VerificationKey;
          });
    }
  }

  @Test
  void discovered_hangingDocument_isWithinTheOneDeadline() {
    try (JwksServer server = JwksServer.start();
        KeySource keys =
            KeySource.discovered(
                server.issuer(), Rig.settings().fetchDeadline(Duration.ofMillis(300)))) {
      server.discoveryFault(JwksFault.hang());
      assertThat(keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("noticed", () -> keys.health().lastFailure().isPresent());
      assertThat(keys.health().lastFailure()).contains("timeout");
      assertThat(server.fetches()).isZero();
    }
  }

  @Test
  void discovered_trailingSlash_isStrippedForTheAddressOnly() {
    try (JwksServer server = JwksServer.start();
        KeySource keys = discovered(server.issuer() + "/")) {
      server.publish(Jwk.of("one"));
      assertThat(keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("noticed", () -> keys.health().lastFailure().isPresent());
      assertThat(keys.health().lastFailure()).contains("issuer_mismatch");
      server.publishDiscovery(document(server.issuer() + "/", server.jwksUri().toString()));
      pass(Duration.ofSeconds(1));
      Rig.eventually("healed", () -> keys.warmUp().isUsable());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "issuer_mismatch, http://127.0.0.1:1, https://keys.example.com/",
    "insecure_uri, ISSUER, http://keys.example.com/",
    "insecure_uri, ISSUER, https://user@keys.example.com/",
    "insecure_uri, ISSUER, https://keys.example.com/#x",
    "insecure_uri, ISSUER, https://169.254.169.254/latest",
    "insecure_uri, ISSUER, https://10.0.0.1/keys",
    "insecure_uri, ISSUER, file:///etc/passwd",
    "insecure_uri, ISSUER, /keys",
    "malformed, ISSUER, https://keys example/"
  })
  void discovered_badDocument_isNotFollowed(String why, String issuer, String jwks) {
    try (JwksServer server = JwksServer.start();
        KeySource keys = discovered(server.issuer())) {
      server.publish(Jwk.of("one"));
      server.publishDiscovery(document(issuer.replace("ISSUER", server.issuer()), jwks));
      assertThat(keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("noticed", () -> keys.health().lastFailure().isPresent());
      assertThat(keys.health().lastFailure()).contains(why);
      assertThat(server.fetches()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"issuer\":1}", "{\"issuer\":\"x\"", "<html>"})
  void discovered_noDocument_unavailable(String text) {
    try (JwksServer server = JwksServer.start();
        KeySource keys = discovered(server.issuer())) {
      server.publishDiscovery(text);
      assertThat(keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("noticed", () -> keys.health().lastFailure().isPresent());
      assertThat(keys.health().lastFailure().orElseThrow()).isIn("malformed", "issuer_mismatch");
    }
  }

  @Test
  void discovered_duplicateIssuerMember_isMalformed() {
    try (JwksServer server = JwksServer.start();
        KeySource keys = discovered(server.issuer())) {
      server.publish(Jwk.of("one"));
      server.publishDiscovery(
          "{\"issuer\":\"x\",\"issuer\":\""
              + server.issuer()
              + "\",\"jwks_uri\":\""
              + server.jwksUri()
              + "\"}");
      assertThat(keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("noticed", () -> keys.health().lastFailure().isPresent());
      assertThat(keys.health().lastFailure()).contains("malformed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example.com",
        "https://login.example.com?x=1",
        "https://login.example.com#x",
        "https://user@login.example.com",
        "login.example.com",
        "https://",
        "https://login example com",
        ""
      })
  void discovered_notAnIssuer_cannotBeMade(String issuer) {
    assertThatThrownBy(() -> KeySource.discovered(issuer)).isInstanceOf(InvalidKeysException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.example.com, https://keys.example.com/, true",
    "https://login.example.com, https://1.1.1.1/, true",
    "https://login.example.com, https://127.0.0.1/, false",
    "https://login.example.com, https://127.9.9.9/, false",
    "https://login.example.com, https://localhost/, false",
    "https://login.example.com, https://LOCALHOST./, false",
    "https://login.example.com, https://a.localhost/, false",
    "https://login.example.com, https://[::1]/, false",
    "https://login.example.com, https://[::]/, false",
    "https://login.example.com, https://[fe80::1]/, false",
    "https://login.example.com, https://[fd00::1]/, false",
    "https://login.example.com, https://[::ffff:10.0.0.1]/, false",
    "https://login.example.com, https://0.0.0.0/, false",
    "https://login.example.com, https://[fe80::1%25nosuchinterface]/, false",
    "https://login.example.com, https://[::127.0.0.1]/, false",
    "https://login.example.com, https://[::ffff:0:7f00:1]/, false",
    "https://login.example.com, https://[64:ff9b::a9fe:a9fe]/, false",
    "https://login.example.com, https://[64:ff9b:1::a9fe:a9fe]/, false",
    "https://login.example.com, https://[2002:7f00:1::]/, false",
    "https://login.example.com, https://[2606:4700::1111]/, true",
    "https://login.example.com, https://999.1.1.1/, false",
    "https://login.example.com, https://192.168.1.1/, false",
    "https://login.example.com, https://172.16.0.1/, false",
    "https://login.example.com, https://100.64.0.1/, false",
    "https://login.example.com, https://169.254.169.254/, false",
    "https://login.example.com, https://2130706433/, false",
    "https://login.example.com, https://0x7f.1/, false",
    "https://login.example.com, http://127.0.0.1/, false",
    "https://10.0.0.1, https://10.0.0.1/, true",
    "https://10.0.0.1, https://169.254.169.254/, false",
    "http://127.0.0.1:1, http://127.0.0.1:2/, true",
    "http://127.0.0.1:1, http://a.localhost:2/, false",
    "http://localhost:1, https://127.0.0.1:2/, true"
  })
  void mayLeadTo_insideFromOutside_no(URI issuer, String target, boolean expected) {
    assertThat(new KeyAddress(true).mayLeadTo(issuer, URI.create(target))).isEqualTo(expected);
  }

  private static String document(String issuer, String jwks) {
    return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + jwks + "\"}";
  }
}
