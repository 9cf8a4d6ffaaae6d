package io.github.ownproof.s3.coverage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** What must become of an operation, as {@code operations.txt} says. */
record Expectation(String operation, Kind kind, boolean asyncOnly) {

  enum Kind {
    OWNED(Outcome.OWNED),
    COPY(Outcome.OWNED),
    CREATE(Outcome.NO_BUCKET),
    NO_BUCKET(Outcome.NO_BUCKET),
    REFUSED(Outcome.REFUSED);

    private final Outcome outcome;

    Kind(Outcome outcome) {
      this.outcome = outcome;
    }

    Outcome outcome() {
      return outcome;
    }
  }

  private static final String FILE = "operations.txt";
  private static final String VERSION = "aws-sdk ";

  static NavigableMap<String, Expectation> all() {
    NavigableMap<String, Expectation> all = new TreeMap<>();
    for (String line : lines()) {
      if (!line.startsWith(VERSION)) {
        Expectation expectation = parse(line);
        if (all.put(expectation.operation(), expectation) != null) {
          throw new IllegalStateException(FILE + " lists twice: " + line);
        }
      }
    }
    return all;
  }

  /** The version of the AWS SDK for which the list is complete. */
  static String sdkVersion() {
    return lines().stream()
        .filter(line -> line.startsWith(VERSION))
        .map(line -> line.substring(VERSION.length()))
        .findFirst()
        .orElseThrow();
  }

  private static Expectation parse(String line) {
    List<String> words = List.of(line.split(" +", -1));
    if (words.size() < 2 || words.size() > 3) {
      throw new IllegalStateException(FILE + " has a line it cannot have: " + line);
    }
    boolean asyncOnly = words.size() == 3;
    if (asyncOnly && !words.get(2).equals("async-only")) {
      throw new IllegalStateException(FILE + " has a line it cannot have: " + line);
    }
    return new Expectation(
        words.get(0),
        Kind.valueOf(words.get(1).toUpperCase(Locale.ROOT).replace('-', '_')),
        asyncOnly);
  }

  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Expectation.class.getResourceAsStream(FILE), FILE),
                UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          lines.add(line.strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
