package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a checker asks and does not get an answer from, there is no read without it. */
class CheckerFaultsTest {

  private final CheckRig rig = new CheckRig();

  enum Fault {
    STORE,
    OUR_OWN_BUG,
    NULL_POINTER;

    RuntimeException make() {
      return switch (this) {
        case STORE -> GrantStoreException.of("zqCanary: the store is away", null);
        case OUR_OWN_BUG -> new IllegalStateException("zqCanary");
        case NULL_POINTER -> new NullPointerException("zqCanary");
      };
    }
  }

  private SupportRefusal refusal(SupportAccessChecker.Settings settings) {
    return CheckRig.refusal(
        rig.checker(settings).check(rig.engineer(), rig.grant(), "GET", RESOURCE, READ));
  }

  private static CustomerAccess customers(Supplier<AccessRecord> record) {
    return new CustomerAccess() {
      @Override
      public AccessRecord record(CustomerId customer) {
        return record.get();
      }

      @Override
      public Optional<Instant> approverSince(CustomerId customer, Actor.Identified person) {
        return Optional.empty();
      }
    };
  }

  private static GrantUses ledger(RuntimeException fault) {
    return new GrantUses() {
      @Override
      public void record(GrantUse use) {
        throw fault;
      }

      @Override
      public List<GrantUse> uses(CustomerId customer, Instant since) {
        return List.of();
      }
    };
  }

  private List<String> outcomes() {
    return rig.lines.stream().map(AuditEvent::outcome).map(Outcome::toString).toList();
  }

  @ParameterizedTest
  @EnumSource
  void trailThrows_isDenied(Fault fault) {
    assertThat(
            refusal(
                rig.settings()
                    .audit(
                        event -> {
                          throw fault.make();
                        })))
        .isEqualTo(SupportRefusal.TRAIL_UNAVAILABLE);
    // The customer sees that it was tried, and that it did not happen.
    assertThat(rig.told)
        .extracting(GrantUse::outcome)
        .containsExactly(Outcome.failed("TRAIL_UNAVAILABLE"));
  }

  @Test
  void trailThrowsForADenial_isDeniedAllTheSame() {
    SupportAccessChecker.Settings settings =
        rig.settings()
            .audit(
                event -> {
                  throw new IllegalStateException("zqCanary");
                });

    assertThat(
            CheckRig.refusal(
                rig.checker(settings).check(rig.engineer(), rig.grant(), "PUT", RESOURCE, READ)))
        .isEqualTo(SupportRefusal.METHOD);
  }

  @ParameterizedTest
  @EnumSource
  void usesThrow_isDeniedAndTheTrailSaysSo(Fault fault) {
    assertThat(refusal(rig.settings().uses(ledger(fault.make()))))
        .isEqualTo(SupportRefusal.STORE_UNAVAILABLE);
    assertThat(outcomes()).containsExactly("ALLOWED", "FAILED (STORE_UNAVAILABLE)");
    assertThat(rig.lines)
        .extracting(line -> line.occasion().correlation())
        .containsOnly(rig.lines.get(0).occasion().correlation());
  }

  @ParameterizedTest
  @EnumSource
  void livenessThrows_isDenied(Fault fault) {
    assertThat(
            refusal(
                rig.settings()
                    .liveness(
                        id -> {
                          throw fault.make();
                        })))
        .isEqualTo(SupportRefusal.STORE_UNAVAILABLE);
    assertThat(outcomes()).containsExactly("FAILED (STORE_UNAVAILABLE)");
  }

  @Test
  void livenessSaysNo_isDenied() {
    assertThat(refusal(rig.settings().liveness(id -> false))).isEqualTo(SupportRefusal.REVOKED);
    assertThat(outcomes()).containsExactly("DENIED (REVOKED)");
  }

  @Test
  void oneOfSeveralLivenessSourcesSaysNo_isDenied() {
    GrantLiveness all = GrantLiveness.all(rig.store, id -> true, id -> false);

    assertThat(refusal(rig.settings().liveness(all))).isEqualTo(SupportRefusal.REVOKED);
  }

  @ParameterizedTest
  @EnumSource
  void customersThrow_isDenied(Fault fault) {
    assertThat(
            refusal(
                rig.settings()
                    .customers(
                        customers(
                            () -> {
                              throw fault.make();
                            }))))
        .isEqualTo(SupportRefusal.STORE_UNAVAILABLE);
  }

  @Test
  @SuppressWarnings("NullAway") // what an application may do wrong
  void customersGiveNull_isDenied() {
    assertThat(refusal(rig.settings().customers(customers(() -> null))))
        .isEqualTo(SupportRefusal.STORE_UNAVAILABLE);
  }

  @Test
  void customersKnowNoSuchCustomer_isDenied() {
    assertThat(refusal(rig.settings().customers(customers(AccessRecord::nothing))))
        .isEqualTo(SupportRefusal.NOT_IN_RECORD);
  }

  @Test
  void listenerThrows_changesNothing() {
    SupportListener broken =
        new SupportListener() {
          @Override
          public void used(GrantUse use) {
            throw new IllegalStateException("zqCanary");
          }
        };
    SupportAccessChecker checker = rig.checker(rig.settings().listener(broken));

    assertThat(checker.check(rig.engineer(), rig.grant(), "GET", RESOURCE, READ).isPermitted())
        .isTrue();
    assertThat(outcomes()).containsExactly("ALLOWED");
  }

  @Test
  void permitted_isRecordedBeforeItIsSaid() {
    List<String> order = new ArrayList<>();
    SupportAccessChecker.Settings settings =
        rig.settings()
            .audit(event -> order.add("trail"))
            .listener(
                new SupportListener() {
                  @Override
                  public void used(GrantUse use) {
                    order.add(
                        "listener after " + rig.store.uses(CheckRig.ACME, CheckRig.NOW).size());
                  }
                });

    assertThat(
            rig.checker(settings)
                .check(rig.engineer(), rig.grant(), "GET", RESOURCE, READ)
                .isPermitted())
        .isTrue();
    assertThat(order).containsExactly("trail", "listener after 1");
  }
}
