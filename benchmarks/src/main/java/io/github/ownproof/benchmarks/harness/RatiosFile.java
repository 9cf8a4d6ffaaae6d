package io.github.ownproof.benchmarks.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ratios.json}: the rows of one run, for programs. */
final class RatiosFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RatiosFile() {}

  static void write(List<Row> rows, String profile, Machine machine, Path file) throws IOException {
    StringBuilder text = new StringBuilder("[");
    String comma = "\n  ";
    for (Row row : rows) {
      text.append(comma).append(JSON.writeValueAsString(members(row, profile, machine)));
      comma = ",\n  ";
    }
    Files.writeString(file, text.append("\n]\n"));
  }

  static List<Measured> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new UsageException(
          "nothing was measured yet: run quick or release before, which writes " + file);
    }
    return JSON.readValue(file.toFile(), new TypeReference<List<Measured>>() {});
  }

  private static Map<String, @Nullable Object> members(Row row, String profile, Machine machine) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    Targets targets = row.comparison().targets();
    members.put("id", row.id());
    members.put("ours", number(row.ours().value()));
    members.put("peer", value(row.peer()));
    members.put("floor", value(row.floor()));
    members.put("ratio", value(row.ratio()));
    members.put("target", number(targets.time()));
    members.put("holds", row.holds());
    members.put("missed", row.isMissed());
    members.put("unmeasurable", row.isUnmeasurable());
    members.put("promise", row.promise());
    members.put("verdict", row.verdict());
    members.put("unit", "ns/op");
    members.put("targetUnit", targets.timeUnit());
    members.put("oursLow", number(row.ours().low()));
    members.put("oursHigh", number(row.ours().high()));
    members.put("ratioLow", row.ratio() == null ? null : number(row.ratio().low()));
    members.put("ratioHigh", row.ratio() == null ? null : number(row.ratio().high()));
    members.put("ratios", row.ratios().stream().map(RatiosFile::number).toList());
    members.put("oursBytes", number(row.oursBytes()));
    members.put("peerBytes", number(row.peerBytes()));
    members.put("floorBytes", number(row.floorBytes()));
    members.put("extraBytes", number(row.extraBytes()));
    members.put("bytesTarget", number(targets.bytesMost()));
    members.put("bytesRatio", number(row.bytesRatio()));
    members.put("bytesRatioTarget", number(targets.bytesRatio()));
    members.put("exactBytes", row.exact());
    members.put("twoCores", row.control() == null ? null : number(1 / row.control().value()));
    members.put("turns", row.ratios().size());
    members.put("profile", profile);
    members.put("java", machine.java());
    members.put("vm", machine.vm());
    members.put("machine", machine.hardware());
    return members;
  }

  private static @Nullable Double value(@Nullable Estimate estimate) {
    return estimate == null ? null : number(estimate.value());
  }

  private static @Nullable Double number(@Nullable Double value) {
    return value == null || value.isInfinite() || value.isNaN()
        ? null
        : Double.valueOf(Math.round(value * 1e5) / 1e5);
  }
}
