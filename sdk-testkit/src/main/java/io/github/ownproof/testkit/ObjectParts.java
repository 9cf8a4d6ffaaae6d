package io.github.ownproof.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How long the parts of a bucket's multipart objects were. Thread-safe. */
final class ObjectParts {

  private final Map<Target, List<Long>> lengths = new ConcurrentHashMap<>();

  private record Target(String key, String version) {}

  /**
   * One part of an object.
   *
   * @param first offset of its first byte
   * @param last offset of its last byte
   * @param of how many parts the object has
   * @param total how long the object is
   */
  record Part(long first, long last, int of, long total) {

    String range() {
      return "bytes=" + first + "-" + last;
    }

    String contentRange() {
      return "bytes " + first + "-" + last + "/" + total;
    }

    long length() {
      return last - first + 1;
    }
  }

  void put(String key, @Nullable String version, List<Long> partLengths) {
    lengths.put(target(key, version), List.copyOf(partLengths));
  }

  void remove(String key, @Nullable String version) {
    lengths.remove(target(key, version));
  }

  /** Null if the object was not uploaded in parts; refused if it has no such part. */
  @Nullable Part find(String key, @Nullable String version, String partNumber) {
    List<Long> parts = lengths.get(target(key, version));
    if (parts == null) {
      return null;
    }
    int number;
    try {
      number = Integer.parseInt(partNumber);
    } catch (NumberFormatException notANumber) {
      throw Refusal.invalidArgument(
          "Part number must be an integer between 1 and 10000, inclusive");
    }
    if (number < 1 || number > parts.size()) {
      throw new Refusal(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
    }
    long first = 0;
    for (long length : parts.subList(0, number - 1)) {
      first += length;
    }
    long total = 0;
    for (long length : parts) {
      total += length;
    }
    return new Part(first, first + parts.get(number - 1) - 1, parts.size(), total);
  }

  private static Target target(String key, @Nullable String version) {
    return new Target(key, version == null ? "" : version);
  }
}
