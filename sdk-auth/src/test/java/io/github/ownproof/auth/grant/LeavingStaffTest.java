package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.audit.Actor;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Who works in support, asked when a grant is used. */
class LeavingStaffTest {

  private final CheckRig rig = new CheckRig();

  private String outcome(Predicate<Actor.Identified> engineer, Predicate<CustomerId> staff) {
    SupportStaff people =
        new SupportStaff() {
          @Override
          public boolean isEngineer(Actor.Identified person) {
            return engineer.test(person);
          }

          @Override
          public boolean isStaffAccount(CustomerId customer) {
            return staff.test(customer);
          }
        };
    return rig.checker(rig.settings().staff(people))
        .check(rig.engineer(), rig.grant(), "GET", RESOURCE, READ)
        .fold(yes -> "PERMITTED", no -> no.refusal().name());
  }

  @Test
  void check_engineerWhoLeft_isDenied() {
    Actor.Identified engineer = new Actor.Identified(CheckRig.LOGIN, "engineer-1");

    assertThat(outcome(engineer::equals, customer -> false)).isEqualTo("PERMITTED");
    assertThat(outcome(person -> !person.equals(engineer), customer -> false))
        .isEqualTo("NOT_ENGINEER");
    assertThat(rig.lines).hasSize(2);
    assertThat(rig.lines.get(1).outcome()).hasToString("DENIED (NOT_ENGINEER)");
  }

  @Test
  void check_customerThatBecameAStaffAccount_isDenied() {
    assertThat(outcome(person -> true, CheckRig.ACME::equals)).isEqualTo("STAFF_ACCOUNT");
  }

  @Test
  void check_staffCannotBeAsked_isDenied() {
    Predicate<Actor.Identified> down =
        person -> {
          throw new IllegalStateException("zqCanary");
        };
    assertThat(outcome(down, customer -> false)).isEqualTo("STORE_UNAVAILABLE");
  }

  @Test
  void check_withoutStaff_asksNobody() {
    assertThat(rig.check(rig.grant()).isPermitted()).isTrue();
  }
}
