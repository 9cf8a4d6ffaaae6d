package io.github.ownproof.testkit;

import java.util.ArrayList;
import java.util.List;

/** The requests a server received, in the order they arrived. Thread-safe. */
final class WireLog {

  private final List<Exchange> exchanges = new ArrayList<>();

  synchronized void add(Exchange exchange) {
    exchanges.add(exchange);
  }

  synchronized List<WireRequest> snapshot() {
    return exchanges.stream().map(Exchange::snapshot).toList();
  }

  synchronized void clear() {
    exchanges.clear();
  }
}
