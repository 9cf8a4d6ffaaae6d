package io.github.ownproof.examples.supportdesk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table whose first column names the row; on small screens each row becomes a card. */
final class Table {

  private final List<String> headers;
  private final List<Html> rows = new ArrayList<>();

  private Table(List<String> headers) {
    this.headers = headers;
  }

  static Table of(String... headers) {
    return new Table(List.of(headers));
  }

  /** One row: as many cells as there are headers. */
  void row(Object... cells) {
    List<Html> all = new ArrayList<>();
    all.add(Html.of("<th scope=\"row\">{}</th>", cells[0]));
    for (int i = 1; i < cells.length; i++) {
      all.add(Html.of("<td data-label=\"{}\">{}</td>", headers.get(i), cells[i]));
    }
    rows.add(Html.of("<tr>{}</tr>\n", Html.join(all)));
  }

  /** The rows in the other order. */
  Table newestFirst() {
    Collections.reverse(rows);
    return this;
  }

  int size() {
    return rows.size();
  }

  /** The table; or these words, if it has no row. */
  Html orElse(String words) {
    return rows.isEmpty()
        ? Html.of("<p>{}</p>", words)
        : Html.of(
            """
            <div class="table"><table>
            <thead><tr>{}</tr></thead>
            <tbody>
            {}</tbody>
            </table></div>
            """,
            Html.join(
                headers.stream()
                    .map(header -> Html.of("<th scope=\"col\">{}</th>", header))
                    .toList()),
            Html.join(rows));
  }
}
