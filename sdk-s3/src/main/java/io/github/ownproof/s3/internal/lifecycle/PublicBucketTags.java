package io.github.ownproof.s3.internal.lifecycle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * What a public bucket is for, written on it as tags. Other tags stay as they are.
 *
 * @param all every tag of the bucket
 */
record PublicBucketTags(List<Tag> all) {

  /** Objects are being copied; nobody else can read them yet. */
  static final String COPYING = "copying";

  /** It is open. */
  static final String PUBLISHED = "published";

  /** It is closed again, and being emptied. */
  static final String DEMOTING = "demoting";

  /** It is empty, and kept so that nobody else can take its name. */
  static final String HELD = "held";

  private static final String OF = "ownproof:promotion-of";
  private static final String PREFIX = "ownproof:key-prefix";
  private static final String STATE = "ownproof:promotion-state";
  private static final Set<String> OURS = Set.of(OF, PREFIX, STATE);
  private static final Set<String> OF_A_PROMOTION = Set.of(COPYING, PUBLISHED, DEMOTING);

  /** Copies the tags. */
  PublicBucketTags {
    all = List.copyOf(all);
  }

  /** Where it is in its life; empty if the tags do not say. */
  Optional<String> state() {
    return value(STATE);
  }

  /** The physical name of the private bucket it belongs to, whatever its state. */
  Optional<String> source() {
    return value(OF);
  }

  /** What is published; empty if the tags do not say, or cannot be read. */
  Optional<String> keyPrefix() {
    return value(PREFIX)
        .flatMap(
            encoded -> {
              try {
                return Optional.of(
                    new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
              } catch (IllegalArgumentException notOurs) {
                return Optional.empty();
              }
            });
  }

  /** Whether a promotion of this bucket has it. */
  boolean isOf(String physicalName) {
    return source().equals(Optional.of(physicalName))
        && state().filter(OF_A_PROMOTION::contains).isPresent();
  }

  /** Whether this very promotion has it. */
  boolean isOf(String physicalName, String prefix) {
    return isOf(physicalName) && keyPrefix().equals(Optional.of(prefix));
  }

  boolean isHeld() {
    return source().isEmpty() && state().equals(Optional.of(HELD));
  }

  /** Whether nothing of ours is written on it. */
  boolean isBlank() {
    return all.stream().noneMatch(tag -> OURS.contains(tag.key()));
  }

  PublicBucketTags with(String physicalName, String prefix, String state) {
    List<Tag> tags = others();
    tags.add(tag(OF, physicalName));
    tags.add(
        tag(
            PREFIX,
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(prefix.getBytes(StandardCharsets.UTF_8))));
    tags.add(tag(STATE, state));
    return new PublicBucketTags(tags);
  }

  PublicBucketTags held() {
    List<Tag> tags = others();
    tags.add(tag(STATE, HELD));
    return new PublicBucketTags(tags);
  }

  private List<Tag> others() {
    List<Tag> others = new ArrayList<>(all);
    others.removeIf(tag -> OURS.contains(tag.key()));
    return others;
  }

  private Optional<String> value(String key) {
    return all.stream().filter(tag -> tag.key().equals(key)).map(Tag::value).findFirst();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
