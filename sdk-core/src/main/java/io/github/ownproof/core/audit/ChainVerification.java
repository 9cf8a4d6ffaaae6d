package io.github.ownproof.core.audit;

import java.util.function.Function;

/**
 * What reading a hash chain from its first line told. {@link Intact}, {@link Torn} or {@link
 * Broken}; {@link #fold} covers all three.
 */
public sealed interface ChainVerification {

  /**
   * What can be wrong with a line. Which line is the first wrong one is certain; what happened to
   * it is the likeliest explanation.
   */
  enum Fault {
    /** It does not have the form of a chain line: something else wrote it, or part is missing. */
    MALFORMED,
    /** Its hash is not that of what it says: it was changed. */
    CHANGED,
    /** Its number does not follow: a line was removed, inserted or moved before it. */
    OUT_OF_SEQUENCE,
    /** It does not carry the hash of the line before: that line was replaced by another. */
    UNLINKED,
    /** The chain agrees with itself but not with the expected head: it was written anew. */
    REWRITTEN,
    /** The chain ends before the expected head: lines were cut off its end. */
    CUT_SHORT
  }

  /** The last line up to which everything holds; count 0 where not even the first does. */
  ChainHead head();

  /** One sentence for people. */
  String explanation();

  /** Calls the one that fits. */
  <R> R fold(
      Function<Intact, ? extends R> intact,
      Function<Torn, ? extends R> torn,
      Function<Broken, ? extends R> broken);

  /**
   * Every line holds, and each follows the one before. Lines cut off the end do not show here
   * unless the caller gave the head it expected, or compares this one with it.
   *
   * @param head the last line
   */
  record Intact(ChainHead head) implements ChainVerification {

    @Override
    public String explanation() {
      return "All " + head.count() + " lines hold; the head is " + head.hash() + ".";
    }

    @Override
    public <R> R fold(
        Function<Intact, ? extends R> intact,
        Function<Torn, ? extends R> torn,
        Function<Broken, ? extends R> broken) {
      return intact.apply(this);
    }
  }

  /**
   * Every finished line holds, and after the last stands the beginning of another without its line
   * feed: what a crash in the middle of writing leaves, or what a reader sees while one is written.
   * The line was never acknowledged to whoever recorded it.
   *
   * @param head the last finished line
   * @param bytes how many bytes stand after it
   */
  record Torn(ChainHead head, long bytes) implements ChainVerification {

    @Override
    public String explanation() {
      return "The first "
          + head.count()
          + " lines hold; after them stand "
          + bytes
          + " bytes of a line that was not finished.";
    }

    @Override
    public <R> R fold(
        Function<Intact, ? extends R> intact,
        Function<Torn, ? extends R> torn,
        Function<Broken, ? extends R> broken) {
      return torn.apply(this);
    }
  }

  /**
   * The chain does not hold.
   *
   * @param head the last line before the fault
   * @param line the number of the first wrong line, counted from 1; one past the end where lines
   *     are missing there
   * @param fault what is wrong with it
   */
  record Broken(ChainHead head, long line, Fault fault) implements ChainVerification {

    @Override
    public String explanation() {
      String why =
          switch (fault) {
            case MALFORMED -> "does not have the form of a chain line";
            case CHANGED -> "was changed: its hash is not that of what it says";
            case OUT_OF_SEQUENCE -> "has not the number that follows: a line is missing or extra";
            case UNLINKED -> "does not carry the hash of the line before: that one was replaced";
            case REWRITTEN -> "is not the line that was expected: the chain was written anew";
            case CUT_SHORT -> "is missing: the chain ends before the expected head";
          };
      return "Line " + line + " " + why + ".";
    }

    @Override
    public <R> R fold(
        Function<Intact, ? extends R> intact,
        Function<Torn, ? extends R> torn,
        Function<Broken, ? extends R> broken) {
      return broken.apply(this);
    }
  }
}
