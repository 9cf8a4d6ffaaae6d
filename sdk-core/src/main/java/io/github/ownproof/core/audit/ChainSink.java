package io.github.ownproof.core.audit;

import java.io.IOException;

/** Where the lines of a chain go. Used by one thread at a time. */
interface ChainSink {

  /** Returns when the line is where it cannot get lost, as far as the sink can tell. */
  void append(byte[] line) throws IOException;

  void close() throws IOException;
}
