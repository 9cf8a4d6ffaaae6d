package io.github.ownproof.core.audit;

import static io.github.ownproof.core.audit.Events.NOON;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.core.audit.AuditEvent.GrantChange;
import io.github.ownproof.core.audit.ChainVerification.Intact;
import io.github.ownproof.core.audit.ChainVerification.Torn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashChainedTrailTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = directory.resolve("audit.jsonl");
  }

  @Test
  void record_firstLine_hasTheDocumentedForm() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HashChainedTrail.writingTo(out).record(Events.read("orders/1"));

    String beforeHash =
        "{\"v\":1,\"seq\":1,\"prev\":\""
            + "0".repeat(64)
            + "\",\"event\":{\"kind\":\"access\",\"time\":\"2026-05-04T12:00:00Z\","
            + "\"actor.type\":\"identified\",\"actor.issuer\":\"https://login.example.com\","
            + "\"actor.subject\":\"user-1\",\"action\":\"orders:read\",\"target\":\"orders/1\","
            + "\"outcome\":\"ALLOWED\",\"correlation\":\"req-1\"}";
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(beforeHash.getBytes(US_ASCII)));
    assertThat(out.toString(US_ASCII)).isEqualTo(beforeHash + ",\"hash\":\"" + hash + "\"}\n");
  }

  @Test
  void record_longestEvent_isWellBelowTheLongestLine() {
    String worst = "\u0001".repeat(5000);
    String key = "\u674e".repeat(255);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HashChainedTrail trail = HashChainedTrail.writingTo(out);
    trail.record(
        new GrantChange(
            Occasion.of(new Actor.Identified("\u674e".repeat(512), key), NOON, worst)
                .onTicket("\\".repeat(128))
                .underGrant("\"".repeat(128)),
            GrantChange.Step.REVOKE,
            worst,
            Outcome.failed("X".repeat(64))));

    assertThat(out.size()).isLessThan(ChainLine.LONGEST / 2);
    assertThat(verify(out)).isEqualTo(new Intact(trail.head()));
  }

  @Test
  void open_newFile_isReadableByItsOwnerOnly() throws Exception {
    try (HashChainedTrail trail = HashChainedTrail.open(file)) {
      assertThat(trail.head()).isEqualTo(ChainHead.EMPTY);
      trail.record(Events.read("a"));
    }
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void record_beforeItReturns_theLineIsInTheFile() throws Exception {
    try (HashChainedTrail trail = HashChainedTrail.open(file)) {
      for (int i = 1; i <= 3; i++) {
        trail.record(Events.read("a"));
        assertThat(Files.readAllLines(file)).hasSize(i);
      }
    }
  }

  @Test
  void open_existingFile_continuesTheChain() {
    ChainHead first = write(3);
    try (HashChainedTrail trail = HashChainedTrail.open(file)) {
      assertThat(trail.head()).isEqualTo(first);
      trail.record(Events.read("b"));
      assertThat(trail.head().count()).isEqualTo(4);
    }
    assertThat(HashChainedTrail.verify(file, first).head().count()).isEqualTo(4);
    assertThat(HashChainedTrail.verify(file)).isInstanceOf(Intact.class);
  }

  @Test
  void open_brokenFile_isRefusedAndLeftAsItIs() throws Exception {
    write(3);
    String forged = Files.readString(file).replaceFirst("orders:read", "orders:peek");
    Files.writeString(file, forged);

    assertThatThrownBy(() -> HashChainedTrail.open(file))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("Line 1 was changed");
    assertThatThrownBy(() -> HashChainedTrail.dropTornLine(file))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("Line 1 was changed");
    assertThat(Files.readString(file)).isEqualTo(forged);
  }

  @Test
  void open_tailCutOff_isRefusedWithTheExpectedHead() throws Exception {
    ChainHead expected = write(3);
    List<String> lines = Files.readAllLines(file);
    Files.writeString(file, lines.get(0) + "\n" + lines.get(1) + "\n");

    assertThatThrownBy(() -> HashChainedTrail.open(file, expected))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("Line 3 is missing");
  }

  @Test
  void open_tornLastLine_isRefusedUntilItIsDropped() throws Exception {
    ChainHead head = write(2);
    Files.writeString(file, "{\"v\":1,\"seq\":3,\"pr", StandardOpenOption.APPEND);

    assertThat(HashChainedTrail.verify(file)).isEqualTo(new Torn(head, 18));
    assertThatThrownBy(() -> HashChainedTrail.open(file))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("18 bytes of a line that was not finished")
        .hasMessageContaining("dropTornLine");

    assertThat(HashChainedTrail.dropTornLine(file)).isEqualTo(head);
    assertThat(Files.readString(directory.resolve("audit.jsonl.torn")))
        .isEqualTo("{\"v\":1,\"seq\":3,\"pr\n");
    try (HashChainedTrail trail = HashChainedTrail.open(file, head)) {
      trail.record(Events.read("c"));
    }
    assertThat(HashChainedTrail.verify(file).head().count()).isEqualTo(3);
  }

  @Test
  void dropTornLine_twice_keepsBothTornLines() throws Exception {
    write(1);
    for (String torn : List.of("one", "two")) {
      Files.writeString(file, torn, StandardOpenOption.APPEND);
      assertThat(HashChainedTrail.dropTornLine(file).count()).isEqualTo(1);
    }
    assertThat(Files.readString(directory.resolve("audit.jsonl.torn"))).isEqualTo("one\ntwo\n");
  }

  @Test
  void dropTornLine_intactFile_changesNothing() throws Exception {
    ChainHead head = write(2);
    String before = Files.readString(file);

    assertThat(HashChainedTrail.dropTornLine(file)).isEqualTo(head);
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(directory.resolve("audit.jsonl.torn")).doesNotExist();
  }

  @Test
  void dropTornLine_absentFile_failsAndCreatesNothing() {
    assertThatThrownBy(() -> HashChainedTrail.dropTornLine(file))
        .isInstanceOf(AuditFailedException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void open_fileThatIsOpen_isRefused() {
    try (HashChainedTrail trail = HashChainedTrail.open(file)) {
      assertThatThrownBy(() -> HashChainedTrail.open(file))
          .isInstanceOf(AuditFailedException.class)
          .hasRootCauseMessage(null);
      assertThatThrownBy(() -> HashChainedTrail.dropTornLine(file))
          .isInstanceOf(AuditFailedException.class);
      trail.record(Events.read("a"));
    }
    assertThat(write(1).count()).isEqualTo(2);
  }

  @Test
  void record_somebodyElseWroteTheFile_failsAndStaysFailed() throws Exception {
    try (HashChainedTrail trail = HashChainedTrail.open(file)) {
      trail.record(Events.read("a"));
      Files.writeString(file, "x", StandardOpenOption.APPEND);

      assertThatThrownBy(() -> trail.record(Events.read("b")))
          .isInstanceOf(AuditFailedException.class)
          .rootCause()
          .hasMessageContaining("Somebody else changed the file");
      assertThatThrownBy(() -> trail.record(Events.read("c")))
          .isInstanceOf(AuditFailedException.class)
          .hasMessageContaining("failed before");
      assertThat(trail.head().count()).isEqualTo(1);
    }
    assertThat(HashChainedTrail.verify(file)).isInstanceOf(Torn.class);
  }

  @Test
  void record_interruptedThread_recordsAndLeavesTheTrailUsable() throws Exception {
    try (HashChainedTrail trail = HashChainedTrail.open(file)) {
      Thread.currentThread().interrupt();
      trail.record(Events.read("a"));
      assertThat(Thread.interrupted()).isTrue();
      trail.record(Events.read("b"));
    }
    assertThat(HashChainedTrail.verify(file).head().count()).isEqualTo(2);
  }

  @Test
  void record_manyThreads_makeOneUnbrokenChain() throws Exception {
    int threads = 8;
    int each = 25;
    try (HashChainedTrail trail = HashChainedTrail.open(file)) {
      List<Thread> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    trail.record(Events.read("a"));
                  }
                });
        thread.start();
        running.add(thread);
      }
      for (Thread thread : running) {
        thread.join();
      }
      assertThat(HashChainedTrail.verify(file)).isEqualTo(new Intact(trail.head()));
      assertThat(trail.head().count()).isEqualTo((long) threads * each);
    }
  }

  @Test
  void record_afterClose_fails() {
    HashChainedTrail trail = HashChainedTrail.open(file);
    trail.close();
    trail.close();

    assertThatThrownBy(() -> trail.record(Events.read("a")))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void writingTo_everyLine_isFlushedInOneWrite() {
    AtomicInteger writes = new AtomicInteger();
    AtomicInteger flushes = new AtomicInteger();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new AssertionError("A line is written in one call");
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            writes.incrementAndGet();
          }

          @Override
          public void flush() {
            flushes.incrementAndGet();
          }

          @Override
          public void close() {
            throw new AssertionError("The stream is not the trail's to close");
          }
        };
    try (HashChainedTrail trail = HashChainedTrail.writingTo(out)) {
      trail.record(Events.read("a"));
      trail.record(Events.read("b"));
    }
    assertThat(writes).hasValue(2);
    assertThat(flushes).hasValue(2);
  }

  @Test
  void writingTo_streamThatFailsOnce_recordsNothingMore() {
    AtomicInteger writes = new AtomicInteger();
    HashChainedTrail trail =
        HashChainedTrail.writingTo(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                writes.incrementAndGet();
                throw new IOException("disk full");
              }
            });

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> trail.record(Events.read("a")))
          .isInstanceOf(AuditFailedException.class);
    }
    assertThat(writes).hasValue(1);
    assertThat(trail.head()).isEqualTo(ChainHead.EMPTY);
  }

  @Test
  void writingTo_afterAHead_continuesThatChain() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HashChainedTrail first = HashChainedTrail.writingTo(out);
    first.record(Events.read("a"));
    HashChainedTrail second = HashChainedTrail.writingTo(out, first.head());
    second.record(Events.read("b"));

    assertThat(verify(out)).isEqualTo(new Intact(second.head()));
  }

  @Test
  void verify_sourceThatCannotBeRead_failsRatherThanJudges() throws Exception {
    InputStream broken = InputStream.nullInputStream();
    broken.close();
    assertThatThrownBy(() -> HashChainedTrail.verify(broken, ChainHead.EMPTY))
        .isInstanceOf(AuditFailedException.class);
    assertThatThrownBy(() -> HashChainedTrail.verify(file))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> HashChainedTrail.open(directory.resolve("none/audit.jsonl")))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("cannot be opened");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0000000000000000000000000000000000000000000000000000000000000000",
    "1, 0000000000000000000000000000000000000000000000000000000000000000",
    "0, 00000000000000000000000000000000000000000000000000000000000000ff",
    "1, FF00000000000000000000000000000000000000000000000000000000000000",
    "1, ff",
    "1, ''"
  })
  void chainHead_thatIsNone_isRefused(long count, String hash) {
    assertThatThrownBy(() -> new ChainHead(count, hash))
        .isInstanceOf(InvalidAuditEventException.class);
  }

  @CanIgnoreReturnValue
  private ChainHead write(int lines) {
    try (HashChainedTrail trail = HashChainedTrail.open(file)) {
      for (int i = 0; i < lines; i++) {
        trail.record(Events.read("orders/" + i));
      }
      return trail.head();
    }
  }

  private static ChainVerification verify(ByteArrayOutputStream out) {
    return HashChainedTrail.verify(new ByteArrayInputStream(out.toByteArray()), ChainHead.EMPTY);
  }
}
