package io.github.ownproof.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The whole program in its smallest form; what it measures means nothing here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Path module;

  @BeforeAll
  void measureTwoSuites(@TempDir Path folder) throws IOException {
    module = folder.resolve("benchmarks");
    assertThat(run("s3.resolve,auth.cached", "2", "0.1")).as(said()).isZero();
    assertThat(said())
        .contains("round 1/2    0 %", "round 2/2", " left  ", "| s3.resolve |", "written: ");
  }

  @Test
  void ratios_measured_haveTheContractsMembers() throws IOException {
    JsonNode rows = JSON.readTree(target("ratios.json").toFile());

    assertThat(rows.findValuesAsText("id")).contains("s3.resolve", "auth.cached");
    for (JsonNode row : rows) {
      assertThat(row.properties())
          .extracting(Map.Entry::getKey)
          .startsWith("id", "ours", "peer", "floor", "ratio", "target", "holds")
          .contains("ratios", "exactBytes", "java", "vm");
      assertThat(row.get("ours").doubleValue()).isPositive();
      assertThat(row.get("ratios")).hasSize(2);
    }
    JsonNode resolve = rows.get(1);
    assertThat(resolve.get("id").textValue()).isEqualTo("s3.resolve");
    assertThat(resolve.get("exactBytes").get("ours").doubleValue()).isZero();
    assertThat(resolve.get("peer").isNull()).isTrue();
  }

  @Test
  void charts_measured_areWellFormedAndSayInWordsWhatTheyShow() throws Exception {
    for (String name : List.of("ratios", "name-resolution", "token-verification-cached")) {
      Document chart =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(target(name + ".svg").toFile());

      assertThat(chart.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
      assertThat(chart.getElementsByTagName("desc").item(0).getTextContent()).contains(" ns");
      assertThat(chart.getElementsByTagName("script").getLength()).isZero();
      assertThat(chart.getElementsByTagName("rect").item(0).getAttributes().getNamedItem("fill"))
          .extracting(node -> node.getNodeValue())
          .isEqualTo("#ffffff");
    }
  }

  @Test
  void compare_withItself_isFine() throws IOException {
    takeBaseline(row -> {});

    assertThat(run("compare", "--measured")).as(said()).isZero();
    assertThat(said()).contains("| auth.cached |", "+0.0 %", "| fine |");
  }

  @Test
  void compare_withABaselineThatWasFarFaster_failsAndNamesIt() throws IOException {
    takeBaseline(row -> row.putArray("ratios").add(0.0001).add(0.000101));

    assertThat(run("compare", "--measured")).isEqualTo(1);
    assertThat(said()).contains("SLOWER").containsPattern("(?m)^s3.resolve takes [0-9.]+ % more");
  }

  @Test
  void compare_withABaselineOfAByteLess_failsAndNamesIt() throws IOException {
    takeBaseline(
        row ->
            ((ObjectNode) row.get("exactBytes"))
                .put("ours", row.get("exactBytes").get("ours").doubleValue() - 1));

    assertThat(run("compare", "--measured")).isEqualTo(1);
    assertThat(said())
        .contains("s3.resolve allocates 1 bytes more", "auth.cached allocates 1 bytes more");
  }

  @Test
  void compare_withoutABaseline_tellsHowToTakeOne() throws IOException {
    Files.deleteIfExists(baselineFile());

    assertThat(run("compare", "--measured")).isEqualTo(2);
    assertThat(said()).contains("there is no baseline", "./benchmarks/run release, then baseline");
    assertThat(run("compare", "quick")).isEqualTo(2);
  }

  @Test
  void publish_runThatLeftBenchmarksOut_isRefused() throws IOException {
    assertThat(run("publish")).isEqualTo(2);
    assertThat(said()).containsPattern("left [0-9]+ benchmarks out.*measure release");
  }

  @Test
  void publish_release_copiesTableAndCharts() throws IOException {
    String measured = Files.readString(target("ratios.json"));
    Files.writeString(
        target("ratios.json"), measured.replace("\"s3.resolve,auth.cached\"", "\"release\""));
    try {
      assertThat(run("publish")).as(said()).isZero();
    } finally {
      Files.writeString(target("ratios.json"), measured);
    }

    Path docs = module.resolveSibling("docs/performance/java-" + Runtime.version().feature());
    assertThat(docs).isDirectoryContaining("glob:**/ratios.md");
    assertThat(docs).isDirectoryContaining("glob:**/name-resolution.svg");
    assertThat(said()).contains("written: " + docs.resolve("ratios.md"));
  }

  @Test
  void noArgument_listsAllWithTheirPromises() throws IOException {
    assertThat(run()).isZero();
    assertThat(said()).contains("usage: ./benchmarks/run").containsPattern("s3.resolve +≤ 50 ns");
  }

  @Test
  void unknownName_isToldWithTheNearest() throws IOException {
    assertThat(run("s3.resolv3")).isEqualTo(2);
    assertThat(said()).contains("did you mean s3.resolve?");
  }

  /** Two threads, without asking how the machine is. */
  @Test
  void twoThreads_anyWork_areMeasuredBesideOneAndTheControl() throws Exception {
    Map<String, Blocks> measured =
        new TwoThreads(List.of(new Work("ours", Object::new))).measure(0.1);

    assertThat(measured)
        .containsOnlyKeys("ours", "ours (one thread)", "(control)", "(control) (one thread)");
    assertThat(Turn.of(Fixtures.scaling("a.threads"), measured).ratio()).isPositive();
  }

  private void takeBaseline(Consumer<ObjectNode> doctor) throws IOException {
    Files.deleteIfExists(baselineFile());
    assertThat(run("baseline")).isZero();
    ObjectNode baseline = (ObjectNode) JSON.readTree(baselineFile().toFile());
    for (String id : Set.of("s3.resolve", "auth.cached")) {
      doctor.accept((ObjectNode) baseline.get("rows").get(id));
    }
    JSON.writeValue(baselineFile().toFile(), baseline);
  }

  private Path baselineFile() {
    return Baseline.file(module.resolve("baselines"), Runtime.version().toString());
  }

  private Path target(String name) {
    return module.resolve("target").resolve(name);
  }

  private int run(String... args) throws IOException {
    said.reset();
    return new Benchmarks(module, new PrintStream(said, true, StandardCharsets.UTF_8))
        .run(List.of(args));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
