package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.ReferenceModel.Login;
import io.github.ownproof.auth.keys.KeySource;

/**
 * A service that opted in, beside the desk of the model, and what the model thinks of its reads.
 */
final class ModelCheck {

  private static final long SKEW = 5;

  /**
   * @param isPermitted what the checker said
   * @param isWanted what the model says, where nothing fails
   */
  record Answer(boolean isPermitted, boolean isWanted) {}

  private final SupportAccessChecker checker;
  private final ModelWorld.SteadySecond time;

  ModelCheck(
      DeskRig rig,
      CustomerAccess customers,
      GrantLiveness liveness,
      ModelWorld.SteadySecond checkersTime) {
    this.time = checkersTime;
    this.checker =
        new SupportAccessChecker(
            SupportAccessChecker.Settings.of(
                    KeySource.pinned(rig.desk.publicKeys()), "orders-api", "eu")
                .customers(customers)
                .permissions(DeskRig.READS)
                .liveness(liveness)
                .uses(rig.store)
                .audit(rig.trail)
                .clock(rig.clock),
            rig.nanos::get);
  }

  Answer ask(
      VerifiedToken engineer,
      ModelWorld.Issued issued,
      String method,
      String point,
      String read,
      ReferenceModel model,
      Login login) {
    boolean isPermitted =
        checker.check(engineer, issued.compact(), method, point, read).isPermitted();
    long now = time.now();
    return new Answer(
        isPermitted,
        issued.iat() <= now + SKEW
            && now + SKEW < issued.exp()
            && model.permits(login, issued.id(), issued.exp(), method, point, read, now));
  }
}
