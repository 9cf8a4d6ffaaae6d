package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.MintedTokens;
import io.github.ownproof.auth.VerifiedToken;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A grant is bound to whatever the engineer's own token is bound to: no less, no more. */
class GrantBindingTest {

  private static final String NONE = "{}";
  private static final String KEY = "{'cnf':{'jkt':'k1'}}";
  private static final String CERTIFICATE = "{'cnf':{'x5t#S256':'c1'}}";
  private static final String BOTH = "{'cnf':{'x5t#S256':'c1','jkt':'k1'}}";

  private final CheckRig rig = new CheckRig();

  private VerifiedToken engineer(String claims) {
    return MintedTokens.with(claims.replace('\'', '"'), rig.clock, Duration.ZERO);
  }

  private String outcome(String issuedTo, String usedBy) {
    return rig.checker()
        .check(engineer(usedBy), rig.grant(engineer(issuedTo)), "GET", RESOURCE, READ)
        .fold(yes -> "PERMITTED", no -> no.refusal().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {NONE, KEY, CERTIFICATE, BOTH})
  void check_sameBinding_isPermitted(String claims) {
    assertThat(outcome(claims, claims)).isEqualTo("PERMITTED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        KEY + "|" + NONE,
        NONE + "|" + KEY,
        KEY + "|{'cnf':{'jkt':'k2'}}",
        KEY + "|{'cnf':{'x5t#S256':'k1'}}",
        KEY + "|" + BOTH,
        BOTH + "|" + KEY,
        BOTH + "|" + CERTIFICATE,
        BOTH + "|{'cnf':{'x5t#S256':'c1','jkt':'k2'}}",
        KEY + "|{'cnf':{}}",
        NONE + "|{'cnf':{}}",
        NONE + "|{'cnf':null}",
        KEY + "|{'cnf':'k1'}",
        KEY + "|{'cnf':{'jkt':1}}",
      })
  void check_anotherBinding_isDenied(String issuedTo, String usedBy) {
    assertThat(outcome(issuedTo, usedBy)).isEqualTo("CONFIRMATION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'cnf':null}", "{'cnf':{}}", "{'cnf':'k1'}", "{'cnf':{'jwk':{}}}"})
  void issue_bindingThatCannotBeRepeated_issuesNothing(String claims) {
    GrantTokens tokens = new GrantTokens(CheckRig.signer(rig.deskKey), "support-desk");

    assertThatThrownBy(
            () ->
                tokens.issue(
                    rig.request(),
                    rig.granted(),
                    engineer(claims),
                    CheckRig.NOW,
                    CheckRig.NOW.plusSeconds(60)))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("cnf");
  }

  @Test
  void check_loginThatWasImpersonation_isDenied() {
    assertThat(outcome(NONE, "{'amr':['imp']}")).isEqualTo("IMPERSONATION");
    assertThat(outcome(NONE, "{'ext':{'impersonatedBy':'x'}}")).isEqualTo("IMPERSONATION");
  }
}
