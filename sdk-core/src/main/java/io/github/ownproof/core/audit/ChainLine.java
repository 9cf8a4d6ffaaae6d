package io.github.ownproof.core.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.ownproof.core.audit.ChainVerification.Fault;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The one form of a line: {@code {"v":1,"seq":7,"prev":"…","event":{…},"hash":"…"}} and a line
 * feed. The hash covers every byte before {@code ,"hash":}, the previous hash among them. There is
 * one way to write a line, so reading needs no JSON parser: what does not have the form is broken.
 */
final class ChainLine {

  /** Far above the longest event, so that a broken file cannot fill the memory. */
  static final int LONGEST = 64 * 1024;

  private static final String VERSION = "{\"v\":1,\"seq\":";
  private static final String PREVIOUS = ",\"prev\":\"";
  private static final String EVENT = "\",\"event\":{";
  private static final String HASH = ",\"hash\":\"";
  private static final String END = "\"}";
  private static final int HEX = 64;

  private ChainLine() {}

  /** A line of the chain, and the head after it. */
  record Written(String text, ChainHead head) {

    byte[] bytes() {
      return text.getBytes(US_ASCII);
    }
  }

  static Written after(ChainHead head, AuditEvent event) {
    long sequence = head.count() + 1;
    StringBuilder line = new StringBuilder(1024);
    line.append(VERSION).append(sequence).append(PREVIOUS).append(head.hash());
    line.append("\",\"event\":").append(EventJson.of(event));
    String hash = hash(line.toString());
    line.append(HASH).append(hash).append(END).append('\n');
    return new Written(line.toString(), new ChainHead(sequence, hash));
  }

  /**
   * Checks the line, without its line feed, against the head before it.
   *
   * @return what is wrong, or null
   */
  static @Nullable Fault check(byte[] line, int length, ChainHead before) {
    // Latin-1 maps bytes to characters one to one: nothing is repaired on the way.
    String text = new String(line, 0, length, ISO_8859_1);
    int hashAt = length - END.length() - HEX;
    int hashKeyAt = hashAt - HASH.length();
    int sequenceEnd = text.indexOf(PREVIOUS);
    int eventAt = sequenceEnd + PREVIOUS.length() + HEX;
    if (!text.startsWith(VERSION)
        || sequenceEnd < 0
        || !text.startsWith(EVENT, eventAt)
        || hashKeyAt <= eventAt
        || !text.startsWith(HASH, hashKeyAt)
        || !text.endsWith(END)) {
      return Fault.MALFORMED;
    }
    if (!text.substring(hashAt, hashAt + HEX).equals(hash(text.substring(0, hashKeyAt)))) {
      return Fault.CHANGED;
    }
    if (!text.substring(VERSION.length(), sequenceEnd).equals(Long.toString(before.count() + 1))) {
      return Fault.OUT_OF_SEQUENCE;
    }
    if (!text.startsWith(before.hash(), sequenceEnd + PREVIOUS.length())) {
      return Fault.UNLINKED;
    }
    return null;
  }

  /**
   * The head after one line, without its line feed, of a chain whose lines before it are not known.
   *
   * @return null if it is not a line, or its hash is not its own
   */
  static @Nullable ChainHead headOf(byte[] line, int length) {
    ChainHead before = before(new String(line, 0, length, ISO_8859_1));
    return before == null || check(line, length, before) != null
        ? null
        : headAfter(line, length, before);
  }

  /** The head before a line, as the line itself says. */
  private static @Nullable ChainHead before(String text) {
    int sequenceEnd = text.indexOf(PREVIOUS);
    int hashAt = sequenceEnd + PREVIOUS.length();
    if (sequenceEnd < VERSION.length() || text.length() < hashAt + HEX) {
      return null;
    }
    try {
      long sequence = Long.parseLong(text.substring(VERSION.length(), sequenceEnd));
      return new ChainHead(sequence - 1, text.substring(hashAt, hashAt + HEX));
    } catch (NumberFormatException | InvalidAuditEventException e) {
      return null;
    }
  }

  /** The head after a line that {@link #check} found nothing wrong with. */
  static ChainHead headAfter(byte[] line, int length, ChainHead before) {
    return new ChainHead(
        before.count() + 1, new String(line, length - END.length() - HEX, HEX, US_ASCII));
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(AuditText.sha256(text.getBytes(ISO_8859_1)));
  }
}
