package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The last look at a URL that the AWS SDK has signed, before anybody gets it: as {@link OwnerGate}
 * does, it trusts nothing that came before.
 */
final class UrlGate {

  private static final Set<String> SIGNATURE =
      Set.of(
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-security-token",
          "x-amz-signature",
          "x-amz-signedheaders");

  private final OwnerPlacement placement;
  private final @Nullable URI endpoint;

  UrlGate(OwnerPlacement placement, @Nullable URI endpoint) {
    this.placement = placement;
    this.endpoint = endpoint;
  }

  /**
   * Passes a URL that leads to {@code bucket} and carries its owner once, signed.
   *
   * @throws UnguardedRequestException if it does not
   */
  <P extends PresignedRequest> P check(String operation, PrivateBucket bucket, P url) {
    SdkHttpRequest http = url.httpRequest();
    if (!WireTarget.is(bucket, http, endpoint)) {
      throw stopped(
          operation,
          "it was meant for "
              + bucket
              + " in "
              + bucket.region()
              + ", but its host and path are "
              + quote(http.host() + http.encodedPath())
              + ". An endpoint of your own is set with endpointOverride(...).");
    }
    List<String> inQuery = inQuery(http);
    List<String> inHeaders = SentHeaders.of(http).owner(OwnerHeaders.OWNER);
    List<String> one = List.of(bucket.owner().value());
    boolean owned =
        switch (placement) {
          case QUERY -> inQuery.equals(one) && inHeaders.isEmpty();
          case SIGNED_HEADER ->
              inQuery.isEmpty()
                  && inHeaders.equals(one)
                  && one.equals(url.signedHeaders().get(OwnerHeaders.OWNER));
        };
    if (!owned || http.firstMatchingRawQueryParameters("X-Amz-Signature").size() != 1) {
      throw stopped(operation, "it is not signed, or does not carry the owner of " + bucket + ".");
    }
    if (!SentHeaders.of(http).copySource().isEmpty()) {
      throw stopped(
          operation, "it carries " + SentHeaders.COPY_SOURCE + ", which makes a copy of it.");
    }
    url.signedHeaders()
        .forEach(
            (name, values) -> {
              if (!isOneLine(name) || !values.stream().allMatch(UrlGate::isOneLine)) {
                throw PresigningException.terms(
                    "A header of the request has a control character in it, which no upload can"
                        + " send: "
                        + quote(name)
                        + ". Take it out.");
              }
            });
    return url;
  }

  /** A line break would end the header, and begin one that nobody signed. */
  private static boolean isOneLine(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  /** What the signature sets, in any case, or what makes a copy of an upload. */
  static boolean isOfTheSignature(String parameter) {
    return SIGNATURE.contains(parameter.toLowerCase(Locale.ROOT))
        || SentHeaders.isCopySource(parameter);
  }

  /** The owner parameters in any case; S3 goes by the lower one only. */
  private static List<String> inQuery(SdkHttpRequest http) {
    List<String> found = new ArrayList<>();
    http.forEachRawQueryParameter(
        (name, values) -> {
          if (name.equals(OwnerHeaders.OWNER)) {
            found.addAll(values);
          } else if (OwnerHeaders.isOne(name)) {
            found.add(name);
          }
        });
    return found;
  }

  private static UnguardedRequestException stopped(String operation, String why) {
    return UnguardedRequestException.request("The URL for " + operation, why);
  }
}
