package io.github.ownproof.s3;

import io.github.ownproof.s3.internal.signing.NameValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.utils.DateUtils;

/**
 * What a request adds to the URL of its object. Only requests whose members are all understood have
 * one: for any other the AWS SDK makes the URL, and so for members that are yet to come.
 *
 * @param query in the order the AWS SDK writes them
 * @param headers as they are sent
 * @param signed the same headers in lower case, sorted
 */
record UrlExtras(
    String method, List<NameValue> query, List<NameValue> headers, List<NameValue> signed) {

  private static final Map<Class<?>, Plan> PLANS =
      Map.of(
          GetObjectRequest.class,
          Plan.of("GET", GetObjectRequest.builder().build(), Plan.READ),
          HeadObjectRequest.class,
          Plan.of("HEAD", HeadObjectRequest.builder().build(), Plan.READ),
          DeleteObjectRequest.class,
          Plan.of("DELETE", DeleteObjectRequest.builder().build(), Set.of("VersionId")),
          PutObjectRequest.class,
          Plan.of(
              "PUT",
              PutObjectRequest.builder().build(),
              Set.of("ContentLength", "ContentType", "ChecksumSHA256", "IfNoneMatch")));

  static UrlExtras none(String method) {
    return new UrlExtras(method, List.of(), List.of(), List.of());
  }

  static UrlExtras of(UploadTerms terms) {
    List<NameValue> headers = new ArrayList<>(4);
    add(headers, "Content-Length", terms.contentLength());
    add(headers, "Content-Type", terms.contentType());
    add(headers, "If-None-Match", terms.ifNoneMatch());
    add(headers, "x-amz-checksum-sha256", terms.sha256());
    return new UrlExtras("PUT", List.of(), headers, signed(headers));
  }

  /** What {@code request} adds, or null if not all of it is understood. */
  static @Nullable UrlExtras of(AwsRequest request) {
    Plan plan = PLANS.get(request.getClass());
    if (plan == null || request.overrideConfiguration().isPresent()) {
      return null;
    }
    for (SdkField<?> field : plan.strange()) {
      if (isSet(field.getValueOrDefault(request))) {
        return null;
      }
    }
    List<NameValue> query = List.of();
    List<NameValue> headers = List.of();
    for (SdkField<?> field : plan.known()) {
      Object value = field.getValueOrDefault(request);
      if (value == null) {
        continue;
      }
      boolean parameter = field.location() == MarshallLocation.QUERY_PARAM;
      String text = text(value);
      if (text == null || text.isEmpty() || !(parameter || UploadTerms.isPlain(text))) {
        return null;
      }
      List<NameValue> place = parameter ? query : headers;
      if (place.isEmpty()) {
        place = new ArrayList<>(4);
        if (parameter) {
          query = place;
        } else {
          headers = place;
        }
      }
      place.add(new NameValue(field.locationName(), text));
    }
    return new UrlExtras(plan.method(), query, headers, signed(headers));
  }

  private static boolean isSet(@Nullable Object value) {
    return value != null && !(value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static @Nullable String text(Object value) {
    if (value instanceof String || value instanceof Integer || value instanceof Long) {
      return value.toString();
    }
    return value instanceof Instant instant ? DateUtils.formatRfc822Date(instant) : null;
  }

  private static void add(List<NameValue> headers, String name, @Nullable Object value) {
    if (value != null) {
      headers.add(new NameValue(name, value.toString()));
    }
  }

  private static List<NameValue> signed(List<NameValue> headers) {
    if (headers.isEmpty()) {
      return headers;
    }
    List<NameValue> signed = new ArrayList<>(headers.size() + 1);
    for (NameValue header : headers) {
      signed.add(new NameValue(header.name().toLowerCase(Locale.ROOT), header.value()));
    }
    signed.sort(Comparator.comparing(NameValue::name));
    return signed;
  }

  /**
   * The members of an operation's request.
   *
   * @param known those that are written here
   * @param strange those that are not
   */
  private record Plan(String method, List<SdkField<?>> known, List<SdkField<?>> strange) {

    /** These every URL has anyway. */
    private static final Set<String> PLACE = Set.of("Bucket", "Key", "ExpectedBucketOwner");

    static final Set<String> READ =
        Set.of(
            "VersionId",
            "PartNumber",
            "ResponseCacheControl",
            "ResponseContentDisposition",
            "ResponseContentEncoding",
            "ResponseContentLanguage",
            "ResponseContentType",
            "ResponseExpires");

    static Plan of(String method, SdkPojo request, Set<String> names) {
      List<SdkField<?>> known = new ArrayList<>();
      List<SdkField<?>> strange = new ArrayList<>();
      for (SdkField<?> field : request.sdkFields()) {
        if (names.contains(field.memberName())) {
          known.add(field);
        } else if (!PLACE.contains(field.memberName())) {
          strange.add(field);
        }
      }
      return new Plan(method, List.copyOf(known), List.copyOf(strange));
    }
  }
}
