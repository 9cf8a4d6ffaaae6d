package io.github.ownproof.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.TokenForge;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A modular program compiles and runs with what a module of ours brings along, and nothing else.
 */
class ModularConsumerTest {

  /** What a consumer of ownproof-auth gets; no servlets. */
  private static final List<String> AUTH =
      List.of(
          "/sdk-auth/",
          "/sdk-core/",
          "/slf4j-api-",
          "/nimbus-jose-jwt-",
          "/caffeine-",
          "/jspecify-");

  /** What a consumer of ownproof-s3 gets: these, and of the AWS SDK what is not optional. */
  private static final List<String> S3 =
      List.of(
          "/sdk-s3/",
          "/sdk-core/",
          "/slf4j-api-",
          "/jspecify-",
          "/reactive-streams-",
          "/httpc",
          "/netty-");

  /** What a consumer of ownproof-auth-valkey gets beside ownproof-auth. */
  private static final List<String> VALKEY =
      List.of("/sdk-auth-valkey/", "/valkey-java-", "/commons-pool2-", "/json-2", "/gson-");

  private static final List<String> OPTIONAL = List.of("/sts-", "transfer-manager", "aws-crt");

  @Test
  void modularProgramWithS3_compilesAndRuns(@TempDir Path dir) throws Exception {
    String modules =
        modules(
            entry ->
                S3.stream().anyMatch(entry::contains)
                    || (entry.contains("/software/amazon/")
                        && OPTIONAL.stream().noneMatch(entry::contains)));
    String printed =
        compileAndRun(
            dir,
            modules,
            "module demo { requires io.github.ownproof.s3; }",
            """
            package demo;
            import io.github.ownproof.core.ExecutionContext;
            import io.github.ownproof.s3.*;
            import io.github.ownproof.s3.lifecycle.*;
            import java.time.Duration;
            import software.amazon.awssdk.auth.credentials.*;
            public class Main {
              public static void main(String[] args) {
                PrivateBuckets b =
                    PrivateBuckets.of(ExecutionContext.of("111122223333", "eu-west-1"));
                System.out.println(b.resolve("my-app-assets").physicalName());
                System.out.println(PrivateBucketPlan.of("my-app-assets").tag("team", "media"));
                System.out.println(GuardrailPolicies.create().serviceControlPolicy().length());
                try (S3PrivatePresigner links =
                    S3PrivatePresigner.builder()
                        .buckets(b)
                        .credentialsProvider(
                            StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "example")))
                        .build()) {
                  System.out.println(
                      links.presignGet("my-app-assets", "a.jpg", Duration.ofMinutes(5)));
                }
                try {
                  System.out.println(Promotion.publicBucket("my-app-assets", "press", "photos/"));
                } catch (PromotionException e) {
                  System.out.println("refused " + e.code());
                }
              }
            }
            """);
    assertThat(printed)
        .contains("my-app-assets-111122223333-eu-west-1-an")
        .contains("PrivateBucketPlan['my-app-assets', tags {team=media}]")
        .contains("PresignedUrl[GET https://my-app-assets-111122223333-eu-west-1-an.s3.")
        .contains("refused S3_PROMOTION_INVALID");
  }

  @Test
  void modularProgramWithAuth_compilesAndRunsWithoutServlets(@TempDir Path dir) throws Exception {
    TokenForge forge = TokenForge.issuer("https://login.example.com");
    String printed =
        compileAndRun(
            dir,
            modules(entry -> AUTH.stream().anyMatch(entry::contains)),
            "module demo { requires io.github.ownproof.auth; }",
            """
            package demo;
            import io.github.ownproof.auth.*;
            import io.github.ownproof.auth.keys.KeySource;
            public class Main {
              public static void main(String[] args) {
                IssuerProfile profile =
                    IssuerProfiles.oidc("https://login.example.com")
                        .audience("https://api.example.com")
                        .accessTokens()
                        .keys(KeySource.pinned(args[0]));
                try (TokenVerifier verifier = TokenVerifier.builder().accept(profile).build()) {
                  System.out.println("accepted " + verifier.verify(args[1]).identity().subject());
                  try {
                    System.out.println(verifier.verify(args[2]));
                  } catch (TokenRejectedException e) {
                    System.out.println("refused " + e.reason());
                  }
                }
              }
            }
            """,
            forge.jwks(),
            forge.token().compact(),
            forge.audience("https://other.example.com").token().compact());
    assertThat(printed.lines()).contains("accepted user-1", "refused AUDIENCE");
  }

  @Test
  void modularProgramWithSupportAccessOnS3_compilesAndRuns(@TempDir Path dir) throws Exception {
    String modules =
        modules(
            entry ->
                entry.contains("/sdk-auth-s3/")
                    || AUTH.stream().anyMatch(entry::contains)
                    || S3.stream().anyMatch(entry::contains)
                    || (entry.contains("/software/amazon/")
                        && OPTIONAL.stream().noneMatch(entry::contains)));
    String printed =
        compileAndRun(
            dir,
            modules,
            "module demo { requires io.github.ownproof.auth.s3; requires jdk.net; }",
            """
            package demo;
            import io.github.ownproof.auth.grant.*;
            import io.github.ownproof.auth.s3.*;
            import io.github.ownproof.core.ExecutionContext;
            import io.github.ownproof.s3.*;
            import java.net.URI;
            import software.amazon.awssdk.auth.credentials.*;
            public class Main {
              public static void main(String[] args) {
                try (S3PrivateClient s3 =
                    S3PrivateClient.builder()
                        .buckets(
                            PrivateBuckets.of(ExecutionContext.of("111122223333", "eu-west-1")))
                        .credentialsProvider(
                            StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "example")))
                        .endpointOverride(URI.create("http://127.0.0.1:9"))
                        .pathStyle()
                        .build()) {
                  GrantStore grants = S3GrantStore.on(s3, "support-grants");
                  try {
                    System.out.println(
                        grants.isLive(GrantId.of("sg-00000000000000000000000000000000")));
                  } catch (GrantStoreException e) {
                    System.out.println("denied " + e.code());
                  }
                }
              }
            }
            """);
    assertThat(printed.lines()).contains("denied GRANT_STORE");
  }

  @Test
  void modularProgramWithRevocationsInValkey_compilesAndRuns(@TempDir Path dir) throws Exception {
    String printed =
        compileAndRun(
            dir,
            modules(
                entry ->
                    AUTH.stream().anyMatch(entry::contains)
                        || VALKEY.stream().anyMatch(entry::contains)),
            "module demo { requires io.github.ownproof.auth.valkey; }",
            """
            package demo;
            import io.github.ownproof.auth.grant.*;
            import io.github.ownproof.auth.valkey.*;
            import io.valkey.*;
            import javax.crypto.spec.SecretKeySpec;
            public class Main {
              public static void main(String[] args) {
                try (UnifiedJedis nobodyThere = new JedisPooled("127.0.0.1", 9)) {
                  RevocationEpochs epochs =
                      ValkeyRevocationEpochs.authenticated(
                              nobodyThere, new SecretKeySpec(new byte[32], "HmacSHA256"))
                          .build();
                  try {
                    System.out.println(
                        epochs.isLive(GrantId.of("sg-00000000000000000000000000000000")));
                  } catch (GrantStoreException e) {
                    System.out.println("denied " + e.code());
                  }
                }
              }
            }
            """);
    assertThat(printed.lines()).contains("denied GRANT_STORE");
  }

  private static String modules(Predicate<String> brought) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(brought)
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String compileAndRun(
      Path dir, String modules, String moduleInfo, String main, String... arguments)
      throws Exception {
    Path sources = Files.createDirectories(dir.resolve("src/demo"));
    Files.writeString(dir.resolve("src/module-info.java"), moduleInfo);
    Files.writeString(sources.resolve("Main.java"), main);
    Path out = dir.resolve("out");
    assertThat(
            run(
                "javac",
                "-p",
                modules,
                "-d",
                out.toString(),
                dir.resolve("src/module-info.java").toString(),
                sources.resolve("Main.java").toString()))
        .doesNotContain("error:");
    return run(
        "java",
        Stream.concat(
                Stream.of("-p", out + File.pathSeparator + modules, "-m", "demo/demo.Main"),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static String run(String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()),
                Stream.of(arguments))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return printed;
  }
}
