package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CacheLifetimeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "; ; 300",
        "max-age=600; ; 600",
        "public, MAX-AGE=600 , must-revalidate; ; 600",
        "max-age=600; 200; 400",
        "max-age=600; 590; 60",
        "max-age=600; 9999; 60",
        "max-age=600; -1; 600",
        "max-age=600; x; 600",
        "max-age=0; ; 60",
        "max-age=99999999999999999999; ; 3600",
        "max-age=-5; ; 300",
        "max-age=; ; 300",
        "max-age=1e3; ; 300",
        "max-age=600, no-store; ; 60",
        "no-cache; ; 60",
        "no-cache=\"x\", max-age=600; ; 60",
        "s-maxage=600; ; 300"
      })
  void of_header_seconds(String cacheControl, String age, long seconds) {
    Map<String, List<String>> fields = new HashMap<>();
    if (cacheControl != null) {
      fields.put("cache-control", List.of(cacheControl));
    }
    if (age != null) {
      fields.put("age", List.of(age));
    }
    CacheLifetime lifetime = new CacheLifetime(Duration.ofMinutes(1), Duration.ofHours(1));
    assertThat(lifetime.of(HttpHeaders.of(fields, (name, value) -> true)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }
}
