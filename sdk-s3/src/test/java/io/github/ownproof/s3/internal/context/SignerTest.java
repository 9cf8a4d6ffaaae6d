package io.github.ownproof.s3.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.useragent.BusinessMetricFeatureId;

class SignerTest {

  @Test
  void providerIds_areThoseOfTheAwsSdk() {
    assertThat(Signer.SYSTEM_PROPERTIES)
        .isEqualTo(BusinessMetricFeatureId.CREDENTIALS_JVM_SYSTEM_PROPERTIES.value());
    assertThat(Signer.ENVIRONMENT).isEqualTo(BusinessMetricFeatureId.CREDENTIALS_ENV_VARS.value());
    assertThat(Signer.WEB_IDENTITY_ENVIRONMENT)
        .isEqualTo(BusinessMetricFeatureId.CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN.value());
    assertThat(Signer.CONTAINER).isEqualTo(BusinessMetricFeatureId.CREDENTIALS_HTTP.value());
    assertThat(Signer.INSTANCE).isEqualTo(BusinessMetricFeatureId.CREDENTIALS_IMDS.value());
  }

  @Test
  void madeBy_chainOfProviders_isTheLastOfThem() {
    Signer signer = new Signer("AKIA", null, "p,0");
    assertThat(signer.madeBy(Signer.INSTANCE)).isTrue();
    assertThat(new Signer("AKIA", null, "0,i").madeBy(Signer.INSTANCE)).isFalse();
    assertThat(new Signer("AKIA", null, null).madeBy(Signer.INSTANCE)).isFalse();
  }

  @Test
  void of_credentials_keepsNothingSecret() {
    AwsSessionCredentials identity =
        AwsSessionCredentials.builder()
            .accessKeyId("AKIAONE")
            .secretAccessKey("canary-secret")
            .sessionToken("canary-token")
            .build();
    Signer signer = Signer.of(identity);
    assertThat(signer.signsFor(identity)).isTrue();
    assertThat(signer.toString()).doesNotContain("canary", "AKIAONE");
  }
}
