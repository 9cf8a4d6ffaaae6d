package io.github.ownproof.core.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.audit.ChainVerification.Broken;
import io.github.ownproof.core.audit.ChainVerification.Fault;
import io.github.ownproof.core.audit.ChainVerification.Intact;
import io.github.ownproof.core.audit.ChainVerification.Torn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever is done to the lines is found, and found where it was done. */
class ChainTamperingTest {

  private static final int LINES = 12;

  @Test
  void verify_untouched_isIntactWithTheWritersHead() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HashChainedTrail trail = HashChainedTrail.writingTo(out);
    for (int i = 1; i <= LINES; i++) {
      trail.record(Events.read("orders/" + i));
    }

    assertThat(verify(out.toString(ISO_8859_1))).isEqualTo(new Intact(trail.head()));
    assertThat(trail.head().count()).isEqualTo(LINES);
  }

  @Test
  void verify_nothing_isIntactAndEmpty() {
    assertThat(verify("")).isEqualTo(new Intact(ChainHead.EMPTY));
  }

  @Test
  void verify_anyLineRemoved_isFoundThere() {
    for (int i = 0; i < LINES - 1; i++) {
      List<String> lines = chain();
      lines.remove(i);
      assertBroken(lines, i + 1, Fault.OUT_OF_SEQUENCE);
    }
  }

  @Test
  void verify_anyTwoNeighboursSwapped_isFoundThere() {
    for (int i = 0; i < LINES - 1; i++) {
      List<String> lines = chain();
      lines.add(i, lines.remove(i + 1));
      assertBroken(lines, i + 1, Fault.OUT_OF_SEQUENCE);
    }
  }

  @Test
  void verify_anyLineTwice_isFoundAtTheSecond() {
    for (int i = 0; i < LINES; i++) {
      List<String> lines = chain();
      lines.add(i + 1, lines.get(i));
      assertBroken(lines, i + 2, Fault.OUT_OF_SEQUENCE);
    }
  }

  @Test
  void verify_anyLineChanged_isFoundThere() {
    for (int i = 0; i < LINES; i++) {
      List<String> lines = chain();
      lines.set(i, lines.get(i).replace("ALLOWED", "DENIED"));
      assertBroken(lines, i + 1, Fault.CHANGED);
    }
  }

  @Test
  void verify_lineChangedWithItsHashComputedAnew_isFoundAtTheNext() {
    for (int i = 0; i < LINES - 1; i++) {
      List<String> lines = chain();
      ChainHead before = headOf(lines.subList(0, i));
      lines.set(i, ChainLine.after(before, Events.read("forged")).text());
      assertBroken(lines, i + 2, Fault.UNLINKED);
    }
  }

  @Test
  void verify_foreignLineInserted_isFoundThere() {
    for (int i = 0; i <= LINES; i++) {
      List<String> lines = chain();
      lines.add(i, "{\"event\":{}}\n");
      assertBroken(lines, i + 1, Fault.MALFORMED);
    }
  }

  @Test
  void verify_linesOfAnotherChain_areFoundAtTheSeam() {
    List<String> other = new ArrayList<>();
    ChainHead head = ChainHead.EMPTY;
    for (int i = 1; i <= LINES; i++) {
      ChainLine.Written line = ChainLine.after(head, Events.read("other/" + i));
      other.add(line.text());
      head = line.head();
    }
    List<String> spliced = chain().subList(0, 5);
    spliced.addAll(other.subList(5, LINES));

    assertBroken(spliced, 6, Fault.UNLINKED);
  }

  @Test
  void verify_tailCutOff_isFoundOnlyWithTheExpectedHead() {
    ChainHead expected = headOf(chain());
    for (int left = 0; left < LINES; left++) {
      List<String> lines = chain().subList(0, left);

      assertThat(verify(String.join("", lines))).isInstanceOf(Intact.class);
      assertThat(verify(String.join("", lines), expected))
          .isEqualTo(new Broken(headOf(lines), left + 1, Fault.CUT_SHORT));
    }
  }

  @Test
  void verify_wholeChainWrittenAnew_isFoundOnlyWithTheExpectedHead() {
    ChainHead expected = headOf(chain().subList(0, 7));
    List<String> anew = new ArrayList<>();
    ChainHead head = ChainHead.EMPTY;
    for (int i = 1; i <= LINES; i++) {
      ChainLine.Written line =
          ChainLine.after(head, Events.read(i == 3 ? "forged" : "orders/" + i));
      anew.add(line.text());
      head = line.head();
    }

    assertThat(verify(String.join("", anew))).isEqualTo(new Intact(head));
    assertThat(verify(String.join("", anew), expected))
        .isEqualTo(new Broken(headOf(anew.subList(0, 6)), 7, Fault.REWRITTEN));
  }

  @Test
  void verify_grownSinceTheExpectedHead_isIntact() {
    for (int noted = 0; noted <= LINES; noted++) {
      ChainHead expected = headOf(chain().subList(0, noted));
      assertThat(verify(String.join("", chain()), expected)).isEqualTo(new Intact(headOf(chain())));
    }
  }

  @Test
  void verify_lastLineTornAnywhere_isTornAfterTheOneBefore() {
    List<String> lines = chain();
    String last = lines.remove(LINES - 1);
    for (int kept = 1; kept < last.length(); kept++) {
      String text = String.join("", lines) + last.substring(0, kept);

      assertThat(verify(text)).isEqualTo(new Torn(headOf(lines), kept));
      assertThat(verify(text, headOf(chain())))
          .isEqualTo(new Broken(headOf(lines), LINES, Fault.CUT_SHORT));
    }
  }

  @Test
  void verify_appendedAfterATornLine_isFound() {
    List<String> lines = chain();
    String torn = String.join("", lines) + "{\"v\":1,\"se";
    String next = ChainLine.after(headOf(lines), Events.read("a")).text();

    assertThat(verify(torn + next))
        .isEqualTo(new Broken(headOf(lines), LINES + 1, Fault.MALFORMED));
  }

  @Test
  void verify_lineEndingsOfWindows_areFound() {
    assertThat(verify(String.join("", chain()).replace("\n", "\r\n")))
        .isEqualTo(new Broken(ChainHead.EMPTY, 1, Fault.MALFORMED));
  }

  @Test
  void verify_emptyLine_isFound() {
    List<String> lines = chain();
    lines.add(4, "\n");
    assertBroken(lines, 5, Fault.MALFORMED);
  }

  @Test
  void verify_lineWithoutEnd_isFoundWithoutReadingItAll() {
    byte[] endless = new byte[ChainLine.LONGEST + 1];

    assertThat(HashChainedTrail.verify(new ByteArrayInputStream(endless), ChainHead.EMPTY))
        .isEqualTo(new Broken(ChainHead.EMPTY, 1, Fault.MALFORMED));
  }

  @Property
  void verify_anyByteChanged_isFoundInItsLine(
      @ForAll @IntRange(min = 0, max = 100_000) int where, @ForAll byte what) {
    byte[] bytes = String.join("", chain()).getBytes(ISO_8859_1);
    int at = where % bytes.length;
    if (bytes[at] == what) {
      return;
    }
    long line = 1 + new String(bytes, 0, at, ISO_8859_1).chars().filter(c -> c == '\n').count();
    bytes[at] = what;
    ChainVerification found = verify(new String(bytes, ISO_8859_1));

    if (at == bytes.length - 1) {
      assertThat(found).isInstanceOf(Torn.class);
    } else {
      assertThat(found)
          .isInstanceOfSatisfying(
              Broken.class, broken -> assertThat(broken.line()).isEqualTo(line));
    }
  }

  @Property
  void verify_anyOtherSelectionOfLines_isIntactOnlyAsAPrefix(
      @ForAll @Size(max = LINES) List<@IntRange(min = 0, max = LINES - 1) Integer> chosen) {
    List<String> lines = chain();
    String text = chosen.stream().map(lines::get).collect(Collectors.joining());
    boolean prefix = true;
    for (int i = 0; i < chosen.size(); i++) {
      prefix &= chosen.get(i) == i;
    }

    assertThat(verify(text) instanceof Intact).isEqualTo(prefix);
  }

  @Property
  void verify_anyBytes_neverThrows(@ForAll byte[] bytes) {
    assertThat(HashChainedTrail.verify(new ByteArrayInputStream(bytes), ChainHead.EMPTY))
        .isNotNull();
  }

  @Test
  void explanation_everyResult_saysWhere() {
    for (Fault fault : Fault.values()) {
      assertThat(new Broken(ChainHead.EMPTY, 1, fault).explanation()).startsWith("Line 1 ");
    }
    assertThat(new Intact(ChainHead.EMPTY).explanation()).contains("All 0 lines hold");
    assertThat(new Torn(ChainHead.EMPTY, 9).explanation()).contains("9 bytes");
  }

  @Test
  void fold_everyResult_callsTheOneThatFits() {
    List<ChainVerification> results =
        List.of(
            new Intact(ChainHead.EMPTY),
            new Torn(ChainHead.EMPTY, 1),
            new Broken(ChainHead.EMPTY, 1, Fault.CHANGED));

    assertThat(results.stream().<String>map(r -> r.fold(i -> "intact", t -> "torn", b -> "broken")))
        .containsExactly("intact", "torn", "broken");
  }

  private static void assertBroken(List<String> lines, int line, Fault fault) {
    assertThat(verify(String.join("", lines)))
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              assertThat(broken.line()).isEqualTo(line);
              assertThat(broken.fault()).isEqualTo(fault);
              assertThat(broken.head().count()).isEqualTo(line - 1);
            });
  }

  private static ChainVerification verify(String text) {
    return verify(text, ChainHead.EMPTY);
  }

  private static ChainVerification verify(String text, ChainHead expected) {
    return HashChainedTrail.verify(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), expected);
  }

  private static ChainHead headOf(List<String> lines) {
    ChainVerification found = verify(String.join("", lines));
    assertThat(found).isInstanceOf(Intact.class);
    return found.head();
  }

  /** A chain's lines, each with its line feed. */
  private static List<String> chain() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HashChainedTrail trail = HashChainedTrail.writingTo(out);
    for (int i = 1; i <= LINES; i++) {
      trail.record(Events.read("orders/" + i));
    }
    return new ArrayList<>(Arrays.asList(out.toString(ISO_8859_1).split("(?<=\n)")));
  }
}
