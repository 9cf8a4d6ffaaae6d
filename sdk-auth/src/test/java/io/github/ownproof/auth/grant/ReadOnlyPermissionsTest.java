package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Of a customer's record, support can be granted the reads and nothing else. */
class ReadOnlyPermissionsTest {

  private static final List<String> READS = List.of("a:read", "b:read", "c:read");
  private static final List<String> OTHERS = List.of("a:write", "b:admin", "all", "unknown", "d");
  private static final List<String> RESOURCES =
      List.of("o", "o/1", "o/1/x", "o/12", "p", "p/1", "q/../o");

  private static final ReadOnlyPermissions MAP =
      ReadOnlyPermissions.builder()
          .reads("a:read", "b:read", "c:read")
          .readEquivalents("a:write", "a:read")
          .readEquivalents("b:admin", "b:read", "a:read")
          .readEquivalents("all", "a:read", "b:read", "c:read")
          .build();

  @Provide
  Arbitrary<AccessRecord> records() {
    List<String> names = new ArrayList<>(READS);
    names.addAll(OTHERS);
    Arbitrary<Set<String>> permissions = Arbitraries.of(names).set().ofMaxSize(4);
    Arbitrary<Set<String>> resources =
        Arbitraries.of("o", "o/1", "o/1/x", "o/12", "p", "p/1").set().ofMaxSize(3);
    return permissions
        .flatMap(
            some ->
                resources.flatMap(
                    exact ->
                        resources.map(
                            trees ->
                                new AccessRecord.Statement(some, new Resources(exact, trees)))))
        .list()
        .ofMaxSize(4)
        .map(AccessRecord::new);
  }

  @Property(tries = 500)
  void readOnly_holdsOnlyReadsThatTheRecordAllows(@ForAll("records") AccessRecord record) {
    AccessRecord readOnly = MAP.readOnly(record);

    assertThat(readOnly.statements())
        .allSatisfy(
            statement -> {
              assertThat(statement.permissions()).isNotEmpty().isSubsetOf(READS);
            });
    for (String resource : RESOURCES) {
      for (String read : READS) {
        boolean allowed =
            allows(record, resource, read)
                || allows(record, resource, "all")
                || (read.equals("a:read") && allows(record, resource, "a:write"))
                || (!read.equals("c:read") && allows(record, resource, "b:admin"));
        assertThat(readOnly.allows(read, resource)).isEqualTo(allowed);
        assertThat(MAP.allowsRead(record, read, resource)).isEqualTo(allowed);
      }
      for (String other : OTHERS) {
        assertThat(readOnly.allows(other, resource)).isFalse();
        assertThat(MAP.allowsRead(record, other, resource)).isFalse();
      }
    }
  }

  private static boolean allows(AccessRecord record, String resource, String permission) {
    return record.allows(permission, resource);
  }

  @Property(tries = 200)
  void readOnly_twice_isTheSame(@ForAll("records") AccessRecord record) {
    assertThat(MAP.readOnly(MAP.readOnly(record))).isEqualTo(MAP.readOnly(record));
  }

  @Example
  void unknownPermission_isNoReadAndHasNone() {
    assertThat(MAP.isRead("unknown")).isFalse();
    assertThat(MAP.readsOf("unknown")).isEmpty();
    assertThat(MAP.isRead("a:write")).isFalse();
    assertThat(MAP.readsOf("b:admin")).containsExactly("a:read", "b:read");
  }

  @Example
  void build_equivalentThatIsNoRead_isRefused() {
    assertThatThrownBy(() -> ReadOnlyPermissions.builder().readEquivalents("w", "a:read").build())
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("'a:read' of 'w' is not listed as a read");
    assertThatThrownBy(() -> ReadOnlyPermissions.builder().readEquivalents("w", "w").build())
        .isInstanceOf(InvalidSupportAccessException.class);
  }

  @Example
  void build_readWithEquivalents_isRefused() {
    assertThatThrownBy(
            () ->
                ReadOnlyPermissions.builder()
                    .readEquivalents("a:read", "b:read")
                    .reads("a:read", "b:read")
                    .build())
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("both as a read");
  }

  @Example
  void builder_namesThatCannotBe_areRefused() {
    for (String name : List.of("support:read", "SUPPORT:approve", "a:*", "", "a b")) {
      assertThatThrownBy(() -> ReadOnlyPermissions.builder().reads(name))
          .isInstanceOf(InvalidSupportAccessException.class);
      assertThatThrownBy(() -> ReadOnlyPermissions.builder().readEquivalents(name, "a:read"))
          .isInstanceOf(InvalidSupportAccessException.class);
    }
    assertThatThrownBy(() -> ReadOnlyPermissions.builder().readEquivalents("w"))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("without a read");
  }
}
