package io.github.ownproof.testkit;

import java.util.List;
import java.util.Locale;

/**
 * One statement of a bucket policy.
 *
 * @param principals {@code *}, account ids, and ARNs of principals; services, and others that no
 *     request here comes from, are kept with their kind in front
 */
record PolicyStatement(
    boolean allow,
    boolean principalsInverted,
    List<String> principals,
    boolean actionsInverted,
    List<String> actions,
    boolean resourcesInverted,
    List<String> resources,
    List<PolicyCondition> conditions) {

  boolean appliesTo(Question question) {
    return principals.stream().anyMatch(p -> isPrincipal(p, question)) != principalsInverted
        && actions.stream().anyMatch(a -> isAction(a, question)) != actionsInverted
        && resources.stream().anyMatch(r -> Wildcard.matches(r, question.resource()))
            != resourcesInverted
        && conditions.stream().allMatch(c -> c.holds(question.context()));
  }

  /** Whether it lets in more than principals that are named. */
  boolean isPublic() {
    return allow
        && (principalsInverted || principals.contains("*"))
        && conditions.stream().noneMatch(PolicyCondition::ties);
  }

  private static boolean isPrincipal(String principal, Question question) {
    if (principal.equals("*")) {
      return true;
    }
    if (question.service() != null) {
      return principal.equals("Service:" + question.service());
    }
    if (question.account() == null) {
      return false;
    }
    String account = question.account().value();
    return principal.equals(account)
        || principal.equals(Question.principalArn(question.account()))
        || principal.equals("canonical:" + Owners.canonicalId(account));
  }

  private static boolean isAction(String action, Question question) {
    return Wildcard.matches(
        action.toLowerCase(Locale.ROOT), question.action().toLowerCase(Locale.ROOT));
  }
}
