package io.github.ownproof.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.RecordedLogs;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryTest {

  private static final Tag ACCEPTED = Tag.of(Tag.OUTCOME, "accepted");

  private static final class Recording implements Telemetry {

    final List<String> seen = new ArrayList<>();

    @Override
    public void count(String name, long delta, Tag... tags) {
      seen.add(name + " +" + delta + " " + Arrays.toString(tags));
    }

    @Override
    public void time(String name, Duration elapsed, Tag... tags) {
      seen.add(name + " " + elapsed + " " + Arrays.toString(tags));
    }
  }

  private record Throwing(Throwable thrown) implements Telemetry {

    @Override
    public void count(String name, long delta, Tag... tags) {
      sneak(thrown);
    }

    @Override
    public void time(String name, Duration elapsed, Tag... tags) {
      sneak(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
      throw (T) thrown;
    }
  }

  private enum Colour {
    DARK_RED
  }

  static Stream<Throwable> whatBackendsThrow() {
    return Stream.of(
        new IllegalStateException(),
        new NoClassDefFoundError(),
        new AssertionError(),
        new IOException());
  }

  @Test
  void none_anything_doesNothing() {
    Telemetry.none().count("a", 1);
    Telemetry.none().time("a", Duration.ZERO);
    assertThat(Telemetry.safe(Telemetry.none())).isSameAs(Telemetry.none());
  }

  @Test
  void safe_backendThatWorks_passesEverythingOn() {
    Recording backend = new Recording();
    Telemetry safe = Telemetry.safe(backend);

    safe.count(MetricNames.AUTH_DECISIONS, 2, ACCEPTED);
    safe.time(MetricNames.S3_CONTEXT_DISCOVERY, Duration.ofMillis(5));

    assertThat(backend.seen)
        .containsExactly(
            "auth.decisions +2 [outcome=accepted]", "s3.context.discovery PT0.005S []");
  }

  @ParameterizedTest
  @MethodSource("whatBackendsThrow")
  void safe_backendThatThrows_disturbsNobodyAndLogsOnce(Throwable thrown) {
    Telemetry safe = Telemetry.safe(new Throwing(thrown));
    RecordedLogs.clear();

    for (int i = 0; i < 100; i++) {
      assertThatCode(() -> safe.count("a", 1)).doesNotThrowAnyException();
      assertThatCode(() -> safe.time("a", Duration.ZERO)).doesNotThrowAnyException();
    }

    assertThat(RecordedLogs.of(Telemetry.class.getName())).hasSize(1);
  }

  @Test
  void safe_virtualMachineError_passesThrough() {
    Telemetry safe = Telemetry.safe(new Throwing(new OutOfMemoryError("sample")));

    assertThatThrownBy(() -> safe.count("a", 1)).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void safe_ofSafe_isTheSame() {
    Telemetry safe = Telemetry.safe(new Recording());
    Telemetry all = Telemetry.all(new Recording(), new Recording());

    assertThat(Telemetry.safe(safe)).isSameAs(safe);
    assertThat(Telemetry.safe(all)).isSameAs(all);
  }

  @ParameterizedTest
  @MethodSource("whatBackendsThrow")
  void all_oneThatThrows_doesNotKeepTheOthersFromTheirFigures(Throwable thrown) {
    Recording before = new Recording();
    Recording after = new Recording();
    Telemetry all = Telemetry.all(before, new Throwing(thrown), after);

    all.count("a", 1, ACCEPTED);
    all.time("b", Duration.ofSeconds(1));

    assertThat(before.seen).containsExactly("a +1 [outcome=accepted]", "b PT1S []");
    assertThat(after.seen).isEqualTo(before.seen);
  }

  @Test
  void all_oneThatThrowsAlone_isStillSafe() {
    assertThatCode(() -> Telemetry.all(new Throwing(new AssertionError())).count("a", 1))
        .doesNotThrowAnyException();
  }

  @Test
  void all_nothing_isNone() {
    assertThat(Telemetry.all()).isSameAs(Telemetry.none());
    assertThat(Telemetry.all(Telemetry.none(), Telemetry.none())).isSameAs(Telemetry.none());
  }

  @Test
  void tag_ofAConstant_isItsNameInLowerCase() {
    assertThat(Tag.of(Tag.REASON, Colour.DARK_RED)).hasToString("reason=dark_red");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "111122223333",
        "arn:aws:s3:::b",
        "a@example.com",
        "photos/1.jpg",
        "a b",
        "a\n",
        "\u00e4",
        "https://a.b"
      })
  void tag_valueThatIsNotFromAClosedSet_isRefused(String value) {
    assertThatThrownBy(() -> Tag.of(Tag.OPERATION, value))
        .isInstanceOfSatisfying(
            InvalidTagException.class, e -> assertThat(e.code()).isEqualTo("INVALID_TAG"))
        .message()
        .contains(InvalidTagException.quote(value))
        .doesNotContain("\n");
  }

  @Test
  void tag_valueOf64Characters_isTheLongest() {
    assertThat(Tag.of("a", "x".repeat(64)).value()).hasSize(64);
    assertThatThrownBy(() -> Tag.of("a", "x".repeat(65))).isInstanceOf(InvalidTagException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Key", "a-b", "a.b", "1a", "a b", "a\n"})
  void tag_keyThatIsNone_isRefused(String key) {
    assertThatThrownBy(() -> Tag.of(key, "x")).isInstanceOf(InvalidTagException.class);
  }

  @Test
  void tag_equals_isByKeyAndValue() {
    EqualsVerifier.forClass(Tag.class)
        .withPrefabValues(String.class, "red", "blue")
        .suppress(Warning.NULL_FIELDS)
        .verify();
  }

  @Test
  void metricNames_all_areDottedDistinctAndOfOneModule() throws IllegalAccessException {
    List<String> names = new ArrayList<>();
    for (Field field : MetricNames.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        String name = (String) field.get(null);
        assertThat(field.getName()).isEqualToIgnoringCase(name.replace('.', '_'));
        names.add(name);
      }
    }
    assertThat(names)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("(s3|auth)(\\.[a-z]+)+"))
        .contains(
            "s3.requests.owned",
            "s3.requests.refused",
            "s3.owner.mismatch",
            "s3.context.discovery",
            "auth.decisions");
  }
}
