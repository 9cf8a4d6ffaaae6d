package io.github.ownproof.auth.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.valkey.JedisPooled;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerOutageTest {

  private final Instant inAnHour = Instant.now().plus(Duration.ofHours(1));

  private static ValkeyRevocationEpochs over(JedisPooled client) {
    return ValkeyRevocationEpochs.unauthenticated(client, "a test")
        .rememberFor(Duration.ZERO)
        .build();
  }

  @Test
  void aServerThatGoesAndComesBack_deniesAndHeals() {
    GrantId id = Grants.next();
    GrantId revoked = Grants.next();
    try (ValkeyServer server = ValkeyServer.start();
        JedisPooled client = server.client();
        JedisPooled otherClient = server.client()) {
      ValkeyRevocationEpochs epochs = over(client);
      ValkeyRevocationEpochs otherProcess = over(otherClient);
      epochs.activate(id, inAnHour);
      epochs.activate(revoked, inAnHour);
      assertThat(otherProcess.isLive(id)).isTrue();
      assertThat(otherProcess.isLive(revoked)).isTrue();

      server.stop();

      assertThatThrownBy(() -> otherProcess.isLive(id))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining(id.value());
      assertThatThrownBy(() -> epochs.activate(Grants.next(), inAnHour))
          .isInstanceOf(GrantStoreException.class);
      assertThatThrownBy(() -> epochs.revoke(revoked, inAnHour))
          .isInstanceOf(GrantStoreException.class);
      assertThat(epochs.isLive(revoked)).isFalse();

      server.startAgain();

      assertThat(otherProcess.isLive(id)).isFalse();
      epochs.activate(id, inAnHour);
      assertThat(otherProcess.isLive(id)).isTrue();
      // Nobody but this process knows, until it is told again.
      epochs.activate(revoked, inAnHour);
      assertThat(epochs.isLive(revoked)).isFalse();
      assertThat(otherProcess.isLive(revoked)).isFalse();
      epochs.revoke(revoked, inAnHour);
      otherProcess.activate(revoked, inAnHour);
      assertThat(otherProcess.isLive(revoked)).isFalse();
    }
  }
}
