package io.github.ownproof.core.audit;

import io.github.ownproof.core.OwnproofException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An audit trail that proves no line of it was removed, changed, inserted or moved. Each event is
 * one line of ASCII JSON, ended by a line feed:
 *
 * <pre>{@code
 * {"v":1,"seq":7,"prev":"<hash of line 6>","event":{"kind":"access",...},"hash":"<hash of line 7>"}
 * }</pre>
 *
 * The members of {@code event} are {@link AuditEvent#fields()}. {@code hash} is the SHA-256, in
 * lower-case hexadecimal, of the line's bytes before {@code ,"hash":}; {@code prev} of the first
 * line is 64 zeros. A shell can check a line: {@code sed 's/,"hash":"[0-9a-f]*"}$//' | tr -d '\n' |
 * sha256sum}.
 *
 * <p>What it proves, and what not:
 *
 * <ul>
 *   <li>{@link #verify(Path) Verifying} the lines alone finds every change but two: lines cut off
 *       the end, and a chain that somebody computed anew from the first changed line to the last.
 *   <li>Both are found by {@link #verify(Path, ChainHead)} with a {@link #head()} noted earlier,
 *       for the lines up to it. Keep heads where whoever can write the chain cannot write, such as
 *       another account, and do so regularly.
 *   <li>It does not prove that what an event says is true, nor keep anything secret.
 * </ul>
 *
 * <p>Thread-safe. One trail writes a chain at a time: a file is locked against other processes and
 * other trails for as long as it is open, and must not be renamed or replaced meanwhile. A trail
 * that failed to write stays failed, since what reached the medium is unknown: close it, verify,
 * and open it anew.
 */
public final class HashChainedTrail implements AuditTrail, AutoCloseable {

  private static final String EVIDENCE = "Keep the file as evidence and start another.";

  private final ReentrantLock lock = new ReentrantLock();
  private final ChainSink sink;
  private ChainHead head;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    FAILED,
    CLOSED
  }

  private HashChainedTrail(ChainSink sink, ChainHead head) {
    this.sink = sink;
    this.head = head;
  }

  /**
   * Opens the chain in a file to append to it, after verifying all of it. A file that does not
   * exist is created, readable and writable by its owner only where the file system knows owners.
   * Every line is forced to the storage device before {@link #record} returns.
   *
   * @param file a file of the default file system
   * @throws AuditFailedException if the file cannot be read or written, is open in another trail or
   *     process, does not verify, or ends in a torn line: see {@link #dropTornLine}
   */
  public static HashChainedTrail open(Path file) {
    return open(file, ChainHead.EMPTY);
  }

  /**
   * Like {@link #open(Path)}, and the chain must still hold the line of a head noted earlier, so
   * that it is not continued after lines were cut off or written anew.
   *
   * @param file a file of the default file system
   * @param expected a head this chain had; {@link ChainHead#EMPTY} expects nothing
   * @throws AuditFailedException as {@link #open(Path)} does, and if the chain ends before {@code
   *     expected} or has another line there
   */
  public static HashChainedTrail open(Path file, ChainHead expected) {
    try {
      ChainFile sink = ChainFile.open(file);
      boolean usable = false;
      try {
        ChainVerification found = sink.read(expected).verification();
        if (found instanceof ChainVerification.Torn) {
          throw unusable(file, found, "Keep a copy of the file, then use dropTornLine.");
        }
        if (found instanceof ChainVerification.Broken) {
          throw unusable(file, found, EVIDENCE);
        }
        usable = true;
        return new HashChainedTrail(sink, found.head());
      } finally {
        if (!usable) {
          sink.close();
        }
      }
    } catch (IOException e) {
      throw new AuditFailedException(
          "The audit file " + quoted(file) + " cannot be opened: see the cause.", e);
    }
  }

  /**
   * A chain that goes to a stream and starts with its first line. Every line is written in one call
   * and flushed before {@link #record} returns; whether that makes it durable is the stream's
   * affair. Closing the trail does not close the stream.
   */
  public static HashChainedTrail writingTo(OutputStream out) {
    return writingTo(out, ChainHead.EMPTY);
  }

  /**
   * A chain that goes to a stream and continues after a head. That head is taken as it is: verify
   * first what it is the head of.
   */
  public static HashChainedTrail writingTo(OutputStream out, ChainHead after) {
    return new HashChainedTrail(new ChainStream(out), after);
  }

  /**
   * Verifies the chain in a file, from the first line to the last. It may be open in a trail; then
   * the last line may look {@linkplain ChainVerification.Torn torn} while it is written.
   *
   * @throws AuditFailedException if the file cannot be read
   */
  public static ChainVerification verify(Path file) {
    return verify(file, ChainHead.EMPTY);
  }

  /**
   * Verifies the chain in a file, and that it still holds the line of a head noted earlier.
   *
   * @param file the file
   * @param expected a head this chain had; {@link ChainHead#EMPTY} expects nothing
   * @throws AuditFailedException if the file cannot be read
   */
  public static ChainVerification verify(Path file, ChainHead expected) {
    try (InputStream in = Files.newInputStream(file)) {
      return ChainReading.of(in, expected).verification();
    } catch (IOException e) {
      throw new AuditFailedException(
          "The audit file " + quoted(file) + " cannot be read: see the cause.", e);
    }
  }

  /**
   * Verifies a chain from a stream, to its end or its first fault, and that it holds the line of a
   * head noted earlier. Does not close the stream.
   *
   * @param in the chain's bytes
   * @param expected a head this chain had; {@link ChainHead#EMPTY} expects nothing
   * @throws AuditFailedException if the stream cannot be read
   */
  public static ChainVerification verify(InputStream in, ChainHead expected) {
    try {
      return ChainReading.of(new BufferedInputStream(in), expected).verification();
    } catch (IOException e) {
      throw new AuditFailedException("The audit stream cannot be read: see the cause.", e);
    }
  }

  /**
   * Takes a torn last line out of a file, so that the chain can be continued. The torn bytes are
   * appended, with a line feed, to a file of the same name with {@code .torn} after it. Nothing was
   * promised about that line: whoever recorded it got no answer, or an exception. But somebody who
   * can write the file can tear the last line too; {@link #verify(Path, ChainHead)} tells.
   *
   * @param file a file of the default file system, not open in any trail
   * @return the head after which the chain continues
   * @throws AuditFailedException if the file cannot be read or written, is open in another trail or
   *     process, or its finished lines do not verify; it is then as it was
   */
  public static ChainHead dropTornLine(Path file) {
    try {
      ChainFile sink = ChainFile.openExisting(file);
      try {
        ChainVerification found = sink.read(ChainHead.EMPTY).verification();
        if (found instanceof ChainVerification.Broken) {
          throw unusable(file, found, EVIDENCE);
        }
        if (found instanceof ChainVerification.Torn) {
          sink.dropTorn();
        }
        return found.head();
      } finally {
        sink.close();
      }
    } catch (IOException e) {
      throw new AuditFailedException(
          "The torn line of " + quoted(file) + " cannot be dropped: see the cause.", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws AuditFailedException if the line cannot be written, an earlier one could not be, or the
   *     trail is closed
   */
  @Override
  public void record(AuditEvent event) {
    lock.lock();
    try {
      if (state != State.OPEN) {
        throw new AuditFailedException(
            state == State.CLOSED
                ? "The hash-chained audit trail is closed."
                : "The hash-chained audit trail failed before, and where its last line ended is"
                    + " unknown. Close it, verify the chain and open it anew.",
            null);
      }
      ChainLine.Written line = ChainLine.after(head, event);
      state = State.FAILED;
      sink.append(line.bytes());
      state = State.OPEN;
      head = line.head();
    } catch (IOException e) {
      throw new AuditFailedException(
          "A line of the hash-chained audit trail could not be written: see the cause.", e);
    } finally {
      lock.unlock();
    }
  }

  /** The last line that was recorded here or verified on opening: note it somewhere safe. */
  public ChainHead head() {
    lock.lock();
    try {
      return head;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the file, if the trail opened one; recording fails from now on. Closing again does
   * nothing.
   *
   * @throws AuditFailedException if closing fails; what was recorded is not affected
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (state != State.CLOSED) {
        state = State.CLOSED;
        sink.close();
      }
    } catch (IOException e) {
      throw new AuditFailedException("The audit file could not be closed: see the cause.", e);
    } finally {
      lock.unlock();
    }
  }

  private static AuditFailedException unusable(
      Path file, ChainVerification verification, String advice) {
    return new AuditFailedException(
        "The audit file "
            + quoted(file)
            + " cannot be continued. "
            + verification.explanation()
            + " "
            + advice,
        null);
  }

  private static String quoted(Path file) {
    return OwnproofException.quote(file.toString());
  }
}
