package io.github.ownproof.auth.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.grant.GrantId;
import io.valkey.JedisCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochsOnAClusterTest {

  @Test
  void aCluster_answersTheSame(@TempDir Path directory) {
    Instant inAnHour = Instant.now().plus(Duration.ofHours(1));
    try (ValkeyServer server = ValkeyServer.startCluster(directory);
        JedisCluster client = new JedisCluster(server.address())) {
      ValkeyRevocationEpochs epochs =
          ValkeyRevocationEpochs.unauthenticated(client, "a test").build();
      for (int i = 0; i < 20; i++) {
        GrantId id = Grants.next();
        assertThat(epochs.isLive(id)).isFalse();

        epochs.activate(id, inAnHour);
        assertThat(epochs.isLive(id)).isTrue();

        epochs.revoke(id, inAnHour);
        epochs.activate(id, inAnHour);
        assertThat(epochs.isLive(id)).isFalse();
      }
    }
  }
}
