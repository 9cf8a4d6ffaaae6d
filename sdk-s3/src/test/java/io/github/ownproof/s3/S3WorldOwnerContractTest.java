package io.github.ownproof.s3;

import io.github.ownproof.testkit.Account;
import io.github.ownproof.testkit.S3World;

class S3WorldOwnerContractTest extends OwnerContract {

  private S3World world;

  @Override
  Server start() {
    world = S3World.start();
    Account us = world.account(TestWorld.US);
    Account squatter = world.account(TestWorld.SQUATTER);
    return new Server(
        world.endpoint(),
        TestWorld.REGION,
        us.id(),
        us.credentials(),
        squatter.id(),
        squatter.credentials(),
        true);
  }

  @Override
  void stop() {
    world.close();
  }
}
