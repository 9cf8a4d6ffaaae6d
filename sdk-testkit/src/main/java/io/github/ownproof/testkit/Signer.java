package io.github.ownproof.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about its signature. Nothing here is verified: S3Proxy does that.
 *
 * @param signed whether there is any signature at all
 * @param region the region in the credential scope
 * @param signedHeaders what the signature covers
 */
record Signer(boolean signed, @Nullable String region, List<String> signedHeaders) {

  static Signer of(@Nullable String authorization, Map<String, String> query) {
    if (authorization != null) {
      return new Signer(
          true,
          region(between(authorization, "Credential=")),
          names(between(authorization, "SignedHeaders=")));
    }
    if (query.containsKey("X-Amz-Algorithm")) {
      return new Signer(
          true, region(query.get("X-Amz-Credential")), names(query.get("X-Amz-SignedHeaders")));
    }
    return new Signer(query.containsKey("AWSAccessKeyId"), null, List.of());
  }

  private static @Nullable String between(String header, String label) {
    int start = header.indexOf(label);
    if (start < 0) {
      return null;
    }
    int end = header.indexOf(',', start);
    return header.substring(start + label.length(), end < 0 ? header.length() : end).trim();
  }

  private static @Nullable String region(@Nullable String credential) {
    if (credential == null) {
      return null;
    }
    String[] scope = credential.split("/", -1);
    return scope.length == 5 ? scope[2] : null;
  }

  private static List<String> names(@Nullable String list) {
    return list == null || list.isEmpty() ? List.of() : List.of(list.split(";", -1));
  }
}
