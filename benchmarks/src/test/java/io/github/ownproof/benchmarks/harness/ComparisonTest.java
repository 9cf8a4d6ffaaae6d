package io.github.ownproof.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ownproof.benchmarks.Compared;
import io.github.ownproof.benchmarks.Crypto;
import io.github.ownproof.benchmarks.Scales;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  private final List<Comparison> all = Comparison.all();

  /** Its second setup fails. */
  public static class BrokenBenchmark {
    @org.openjdk.jmh.annotations.Setup
    public void setUp() {
      throw new IllegalStateException("accepts what it ought to refuse");
    }

    @Compared(id = "a.net", peer = "peer", netOfFloor = true)
    public Object withoutFloor() {
      return "";
    }
  }

  /** Both annotations. */
  public static class TwiceBenchmark {
    @Compared(id = "a", peer = "peer", ratioAtMost = 2)
    @Compared(id = "a.corretto", peer = "peer", crypto = Crypto.CORRETTO_FIRST)
    @Scales(id = "a.threads", notInQuick = true)
    public Object ours() {
      return "";
    }
  }

  @Test
  void all_everyComparison_namesBenchmarksThatExist() {
    assertThat(all).extracting(Comparison::id).doesNotHaveDuplicates().contains("s3.getObject");
    assertThat(Comparison.benchmarkMethods())
        .containsAll(
            all.stream()
                .flatMap(one -> one.methods().stream().map(method -> one.suite() + '.' + method))
                .toList());
  }

  @Test
  void of_methodWithAllAnnotations_isOneComparisonEach() {
    List<Comparison> found = Comparison.of(TwiceBenchmark.class).toList();

    assertThat(found).extracting(Comparison::id).containsExactly("a", "a.corretto", "a.threads");
    assertThat(found).extracting(Comparison::isQuick).containsExactly(true, false, false);
    assertThat(found.get(2).methods()).containsExactly("ours");
    assertThat(found.get(2).targets().ratio()).isEqualTo(1 / 1.8);
    assertThat(Group.of(found))
        .extracting(Group::name)
        .containsExactly(
            "comparison-test$twice",
            "comparison-test$twice-corretto-first",
            "comparison-test$twice-threads");
  }

  @Test
  void of_netOfNoFloor_isRefused() {
    assertThatThrownBy(() -> Comparison.of(BrokenBenchmark.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a.net is to be compared net of its floor, but names no floor");
  }

  @Test
  void group_suiteWithManyPeers_measuresEachMethodOnce() {
    List<Comparison> rs256 =
        all.stream()
            .filter(one -> one.id().startsWith("auth.verify.rs256") && one.crypto() == Crypto.JDK)
            .filter(one -> !one.scales())
            .toList();

    assertThat(rs256).hasSizeGreaterThan(4);
    assertThat(Group.of(rs256)).hasSize(1);
    assertThat(Group.of(rs256).get(0).methods())
        .doesNotHaveDuplicates()
        .contains("ownproof", "raw", "javaJwt");
  }

  @Test
  void group_suiteThatIsMeasuredApart_hasOneForEachMethodOfOurs_andIsShownTogether() {
    List<Comparison> calls =
        all.stream().filter(one -> one.suite().endsWith("GuardedCallBenchmark")).toList();

    assertThat(Group.of(calls))
        .extracting(Group::name, Group::methods)
        .contains(
            tuple("guarded-call-guarded-get", List.of("guardedGet", "rawGet")),
            tuple("guarded-call-guarded-put", List.of("guardedPut", "rawPut")),
            tuple("guarded-call-threads", List.of("guardedGet", "guardedPut")));
    assertThat(Group.shown(calls))
        .extracting(Group::name)
        .containsExactlyInAnyOrder("guarded-call", "guarded-call-threads");
  }

  @Test
  void run_suiteWhoseSetupFails_namesItsComparisonsAndTheLog(@TempDir Path folder) {
    Comparison broken =
        new Comparison(
            "a.broken",
            BrokenBenchmark.class.getName(),
            Crypto.JDK,
            "withoutFloor",
            null,
            null,
            false,
            false,
            0,
            false,
            Fixtures.NO_PROMISE);
    Path log = folder.resolve("broken.log");

    assertThatThrownBy(() -> Fork.run(Group.of(List.of(broken)).get(0), Kind.TIMES, 0.1, log))
        .isInstanceOf(ForkFailure.class)
        .hasMessageContaining("a.broken")
        .hasMessageContaining(log.toString());
    assertThat(log).content().contains("accepts what it ought to refuse");
    assertThat(folder)
        .isDirectoryNotContaining(file -> Files.isRegularFile(file) && !file.equals(log));
  }

  @Test
  void profile_unknownName_asksWhatWasMeant() {
    assertThatThrownBy(() -> Profile.of(List.of("s3.getobjekt"), all))
        .isInstanceOf(UsageException.class)
        .hasMessage("no benchmark is named like s3.getobjekt; did you mean s3.getObject?");
  }

  @Test
  void profile_numberThatIsNone_isTold() {
    assertThatThrownBy(() -> Profile.of(List.of("quick", "many"), all))
        .isInstanceOf(UsageException.class)
        .hasMessage("ROUNDS is a number above zero, not many");
  }

  @Test
  void profile_quick_takesPromisesOnlyAndNoMoreThanItsTime() {
    Profile quick = Profile.of(List.of("quick"), all);

    assertThat(quick.comparisons()).isNotEmpty().allMatch(one -> one.targets().isPromise());
    assertThat(Profile.of(List.of("quick", "10"), all).seconds()).isLessThan(quick.seconds());
  }
}
