package io.github.ownproof.benchmarks.harness;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of a row in {@code ratios.json}, what is asked of it later. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Measured(
    String id,
    List<Double> ratios,
    @Nullable ExactCost exactBytes,
    boolean missed,
    boolean unmeasurable,
    String verdict,
    String promise,
    String profile,
    String java,
    String vm,
    String machine) {}
