package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.s3.lifecycle.PublicAccessRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Refusals say with which value they have to do, and what to do instead. */
class RefusalMessagesTest {

  private final TestWorld world = new TestWorld();
  private final S3PrivateClient s3 = world.sync().build();

  @AfterEach
  void close() {
    s3.close();
    world.close();
  }

  @Test
  void weakBlock_isShown() {
    assertThatThrownBy(
            () ->
                s3.putPublicAccessBlock(
                    r ->
                        r.bucket("my-app-assets")
                            .publicAccessBlockConfiguration(
                                c -> c.blockPublicAcls(true).blockPublicPolicy(false))))
        .isInstanceOf(PublicAccessRefusedException.class)
        .hasMessageContaining("BlockPublicPolicy=false")
        .hasMessageContaining("all four are to be true");
    assertThatThrownBy(() -> s3.putPublicAccessBlock(r -> r.bucket("my-app-assets")))
        .isInstanceOf(PublicAccessRefusedException.class)
        .hasMessageContaining("all four are missing");
  }

  @Test
  void bucketToBeCreatedByAnotherAccount_tellsWhichCredentialsToUse() {
    try (S3PrivateClient signedByAnother =
        world.sync().credentialsProvider(world.squatter.credentials()).build()) {
      assertThatThrownBy(() -> signedByAnother.createPrivateBucket("my-app-assets"))
          .isInstanceOf(UnguardedRequestException.class)
          .hasMessageContaining(TestWorld.SQUATTER)
          .hasMessageContaining(TestWorld.US)
          .hasMessageContaining("credentials of that account")
          .hasMessageNotContaining("defect");
    }
  }
}
