package io.github.ownproof.s3.internal.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.provider.Arguments;

/** Reads a table of statements: blocks of name and verdict, elements, and part of the reason. */
final class JudgeTable {

  private static final String REST =
      """
      , "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}""";

  private JudgeTable() {}

  static List<Arguments> read(String file) {
    List<Arguments> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(JudgeTable.class.getResourceAsStream(file), file), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] cells = line.split(" \\| ", -1);
          rows.add(
              Arguments.of(
                  cells[1].strip() + ": " + cells[0].strip(),
                  cells[0].strip(),
                  cells[2].strip(),
                  cells.length > 3 ? cells[3].strip() : ""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** A whole statement as it is; else the elements, with an Allow around them. */
  static PolicyStatement statement(String elements) {
    return PolicyStatement.parse(elements.startsWith("{") ? elements : '{' + elements + REST);
  }
}
