package io.github.ownproof.core.audit;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A locked file that is only ever appended to. Written through {@link RandomAccessFile} because an
 * interrupt closes a {@link FileChannel} that is being written: one cancelled request would end the
 * trail for all others.
 */
final class ChainFile implements ChainSink {

  private final Path path;
  private final RandomAccessFile file;
  private long end;

  private ChainFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  static ChainFile open(Path path) throws IOException {
    create(path);
    return openExisting(path);
  }

  static ChainFile openExisting(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    boolean locked = false;
    try {
      locked = file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException open) {
      throw new IOException("The file is open in another trail of this program", open);
    } finally {
      if (!locked) {
        file.close();
      }
    }
    if (!locked) {
      throw new IOException("The file is locked by another program");
    }
    return new ChainFile(path, file);
  }

  /**
   * Reads all of it and puts the end behind the last line that holds.
   *
   * <p>It reads through the descriptor that holds the lock: on POSIX, closing any other descriptor
   * of the file gives the lock up.
   */
  @SuppressWarnings("resource")
  ChainReading read(ChainHead expected) throws IOException {
    file.seek(0);
    ChainReading reading =
        ChainReading.of(new BufferedInputStream(new FileInputStream(file.getFD())), expected);
    end = reading.holds();
    return reading;
  }

  /** Moves what stands after the last line that holds to a file beside this one. */
  void dropTorn() throws IOException {
    byte[] torn = new byte[Math.toIntExact(file.length() - end) + 1];
    file.seek(end);
    file.readFully(torn, 0, torn.length - 1);
    torn[torn.length - 1] = '\n';
    Path beside = path.resolveSibling(path.getFileName() + ".torn");
    create(beside);
    Files.write(beside, torn, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
    file.setLength(end);
    file.getFD().sync();
  }

  @Override
  public void append(byte[] line) throws IOException {
    if (file.length() != end) {
      throw new IOException(
          "Somebody else changed the file: it has "
              + file.length()
              + " bytes where this trail left "
              + end);
    }
    file.seek(end);
    file.write(line);
    file.getFD().sync();
    end += line.length;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static void create(Path path) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.createFile(path, ownerOnly);
    } catch (FileAlreadyExistsException exists) {
      return;
    }
    syncDirectory(path);
  }

  /** The name of a new file survives a power failure only once its directory is written. */
  private static void syncDirectory(Path path) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
