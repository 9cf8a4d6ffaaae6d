package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EksProfileTest {

  private static final String CLUSTER = "EXAMPLED539D4633E53DE1B71EXAMPLE";
  private static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/" + CLUSTER;
  private static final String API = "https://orders.example.com";
  private static final String UID = "14ee3fa4-a7e2-420f-9f9a-dbc4507c3798";

  private final ProviderRig rig = ProviderRig.of(IssuerProfiles.eks("eu-west-1", CLUSTER, API));

  private ForgedToken pod(String uid) {
    return rig.token(
        ISSUER,
        "",
        "aud",
        List.of("sts.amazonaws.com", API),
        "kubernetes.io",
        Map.of(
            "namespace",
            "orders",
            "node",
            Map.of("name", "ip-10-0-0-1.ec2.internal", "uid", "node-uid"),
            "pod",
            Map.of("name", "orders-7d9f-x", "uid", "pod-uid"),
            "serviceaccount",
            Map.of("name", "orders", "uid", uid),
            "warnafter",
            ProviderRig.now() + 3607),
        "nbf",
        ProviderRig.now(),
        "sub",
        "system:serviceaccount:orders:orders");
  }

  @Test
  void identity_isTheUidOfTheServiceAccount() {
    rig.accepts(pod(UID), ISSUER, UID, IdentityKind.WORKLOAD);
    assertThat(rig.verify(pod(UID)).kind()).isEqualTo(TokenKind.WORKLOAD);
  }

  @Test
  void recreatedAccountOfTheSameName_isAnother() {
    assertThat(rig.identity(pod("24ee3fa4-a7e2-420f-9f9a-dbc4507c3798")))
        .isNotEqualTo(rig.identity(pod(UID)));
  }

  @TestFactory
  Stream<DynamicTest> refused() {
    ForgedToken valid = pod(UID);
    return Stream.of(
        rig.refuses("for AWS alone", valid.audience("sts.amazonaws.com"), Reason.AUDIENCE),
        rig.refuses("for nobody", valid.without("aud"), Reason.AUDIENCE),
        rig.refuses("no kubernetes claim", valid.without("kubernetes.io"), Reason.SUBJECT),
        rig.refuses("not an object", valid.claim("kubernetes.io", UID), Reason.SUBJECT),
        rig.refuses(
            "no account", valid.claim("kubernetes.io", Map.of("namespace", "x")), Reason.SUBJECT),
        rig.refuses(
            "an account by name alone",
            valid.claim("kubernetes.io", Map.of("serviceaccount", Map.of("name", "orders"))),
            Reason.SUBJECT),
        rig.refuses(
            "a blank uid",
            valid.claim("kubernetes.io", Map.of("serviceaccount", Map.of("uid", ""))),
            Reason.SUBJECT),
        rig.refuses(
            "a uid as a number",
            valid.claim("kubernetes.io", Map.of("serviceaccount", Map.of("uid", 7))),
            Reason.SUBJECT),
        rig.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        rig.refuses(
            "other cluster",
            valid.claim("iss", ISSUER.replace("EXAMPLED5", "EXAMPLED6")),
            Reason.ISSUER),
        rig.refuses(
            "a token of the old kind",
            valid.claim("iss", "kubernetes/serviceaccount"),
            Reason.ISSUER),
        rig.refuses("a nonce", valid.claim("nonce", "n"), Reason.KIND));
  }
}
