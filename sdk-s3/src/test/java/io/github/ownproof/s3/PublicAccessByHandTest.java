package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.lifecycle.PublicAccessRefusedException;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A request that is only named and owned, as one to be signed as a URL: no gate sees it again. */
class PublicAccessByHandTest {

  private final OwnedRequests requests =
      OwnedRequests.ofCallers(
          PrivateBuckets.builder()
              .context(ExecutionContext.of("111122223333", "eu-west-1"))
              .build());

  @ParameterizedTest
  @ValueSource(strings = {"x-amz-acl", "X-Amz-Grant-Full-Control", "x-amz-object-ownership"})
  void header_thatOpens_isRefused(String header) {
    assertThatThrownBy(() -> own(o -> o.putHeader(header, "public-read")))
        .isInstanceOf(PublicAccessRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acl", "Policy", "publicAccessBlock", "x-amz-acl"})
  void parameter_thatOpens_isRefused(String parameter) {
    assertThatThrownBy(() -> own(o -> o.putRawQueryParameter(parameter, "")))
        .isInstanceOf(PublicAccessRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "bucket-owner-full-control"})
  void header_thatOpensNothing_passes(String acl) {
    assertThatCode(() -> own(o -> o.putHeader("x-amz-acl", acl).putRawQueryParameter("a", "acl")))
        .doesNotThrowAnyException();
  }

  private void own(Consumer<AwsRequestOverrideConfiguration.Builder> override) {
    Object unused =
        requests.own(
            PutObjectRequest.builder()
                .bucket("my-app-assets")
                .key("k")
                .overrideConfiguration(override)
                .build());
  }
}
