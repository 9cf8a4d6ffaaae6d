package io.github.ownproof.core.audit;

import io.github.ownproof.core.audit.ChainVerification.Broken;
import io.github.ownproof.core.audit.ChainVerification.Fault;
import io.github.ownproof.core.audit.ChainVerification.Intact;
import io.github.ownproof.core.audit.ChainVerification.Torn;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a chain, in constant memory.
 *
 * @param verification what it told
 * @param holds how many bytes the lines up to its head take
 */
record ChainReading(ChainVerification verification, long holds) {

  /** Reads to the end, or to the first fault. Does not close the stream. */
  static ChainReading of(InputStream in, ChainHead expected) throws IOException {
    return new Pass(expected).over(in);
  }

  private static final class Pass {

    private final ChainHead expected;
    private final byte[] line = new byte[ChainLine.LONGEST];
    private int length;
    private long holds;
    private ChainHead head = ChainHead.EMPTY;

    Pass(ChainHead expected) {
      this.expected = expected;
    }

    ChainReading over(InputStream in) throws IOException {
      byte[] buffer = new byte[8192];
      int read;
      while ((read = in.read(buffer)) >= 0) {
        for (int i = 0; i < read; i++) {
          Fault fault = take(buffer[i]);
          if (fault != null) {
            return broken(fault);
          }
        }
      }
      if (head.count() < expected.count()) {
        return broken(Fault.CUT_SHORT);
      }
      return new ChainReading(length == 0 ? new Intact(head) : new Torn(head, length), holds);
    }

    private @Nullable Fault take(byte b) {
      if (b != '\n') {
        if (length == line.length) {
          return Fault.MALFORMED;
        }
        line[length++] = b;
        return null;
      }
      Fault fault = ChainLine.check(line, length, head);
      if (fault != null) {
        return fault;
      }
      ChainHead next = ChainLine.headAfter(line, length, head);
      if (next.count() == expected.count() && !next.equals(expected)) {
        return Fault.REWRITTEN;
      }
      head = next;
      holds += length + 1L;
      length = 0;
      return null;
    }

    private ChainReading broken(Fault fault) {
      return new ChainReading(new Broken(head, head.count() + 1, fault), holds);
    }
  }
}
