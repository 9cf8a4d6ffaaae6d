package io.github.ownproof.s3.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What must hold for each request that left. */
final class WireCheck {

  private final String privateName;
  private final String physicalName;

  WireCheck(String privateName) {
    this.privateName = privateName;
    this.physicalName = CoverageWorld.physical(privateName);
  }

  /** It goes to the bucket, or reads from a copy's source, and carries the owner of either. */
  void owned(WireRequest request) {
    String bucket = request.segments().isEmpty() ? "" : request.segments().get(0);
    assertThat(bucket)
        .as("the bucket in the path of %s", request)
        .isIn(physicalName, CoverageWorld.PHYSICAL_SOURCE);
    carriesOnce(
        request,
        WireRequest.OWNER,
        bucket.equals(physicalName) ? CoverageWorld.OURS : CoverageWorld.PARTNER);
    if (!request.values(WireRequest.COPY_SOURCE).isEmpty()) {
      ownedSource(request);
    }
    hidesThePrivateNames(request);
  }

  private static void ownedSource(WireRequest request) {
    assertThat(request.values(WireRequest.COPY_SOURCE))
        .as("the source of %s", request)
        .singleElement()
        .asString()
        .startsWith(CoverageWorld.PHYSICAL_SOURCE + '/');
    carriesOnce(request, WireRequest.SOURCE_OWNER, CoverageWorld.PARTNER);
    assertThat(request.signedHeaders()).contains(WireRequest.COPY_SOURCE);
  }

  /** At least one of a copy's requests names the source. */
  static void copies(List<WireRequest> requests) {
    assertThat(requests)
        .as("requests that name the copy's source")
        .anyMatch(request -> !request.values(WireRequest.COPY_SOURCE).isEmpty());
  }

  /** It makes the bucket by its physical name, where nobody else can have it. */
  void creates(WireRequest request) {
    assertThat(request.segments()).as("the path of %s", request).containsExactly(physicalName);
    carriesOnce(request, "x-amz-bucket-namespace", "account-regional");
    hidesThePrivateNames(request);
  }

  /** It reaches no bucket. */
  void reachesNoBucket(WireRequest request) {
    assertThat(request.path()).as("the path of %s", request).isIn("/", "/WriteGetObjectResponse");
    assertThat(request.toString()).doesNotContain(privateName, CoverageWorld.PHYSICAL_SOURCE);
  }

  private static void carriesOnce(WireRequest request, String header, String value) {
    assertThat(request.values(header)).as("%s of %s", header, request).containsExactly(value);
    assertThat(request.signedHeaders())
        .as("what the signature of %s covers", request)
        .contains(header);
  }

  /** A physical name begins with the private one, which must not appear but there. */
  private void hidesThePrivateNames(WireRequest request) {
    StringBuilder everything = new StringBuilder(request.host() + request.target());
    request.headers().forEach(header -> everything.append('\n').append(header.getValue()));
    assertThat(everything.toString().replace(physicalName, ""))
        .as("private names in %s", request)
        .doesNotContain(privateName, CoverageWorld.SOURCE);
  }
}
