package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is asked: may this account do this to that.
 *
 * @param account who asks; null for an unsigned request, and for a service
 * @param service the service that asks, e.g. {@code cloudfront.amazonaws.com}; null for all others
 * @param context condition keys, in lower case, and their values in this request
 */
record Question(
    @Nullable AccountId account,
    @Nullable String service,
    String action,
    String resource,
    Map<String, String> context) {

  private static final String CLOUDFRONT = "cloudfront.amazonaws.com";

  static Question of(
      @Nullable AccountId account,
      String action,
      Bucket bucket,
      @Nullable String key,
      S3Call call) {
    Map<String, String> context = context(bucket);
    context.put("aws:principalisawsservice", "false");
    context.put("aws:sourceip", "127.0.0.1");
    if (account != null) {
      context.put("aws:principalaccount", account.value());
      context.put("aws:principalarn", principalArn(account));
      context.put("aws:principaltype", "Account");
      context.put("s3:signatureversion", "AWS4-HMAC-SHA256");
      context.put("s3:authtype", call.has("X-Amz-Algorithm") ? "REST-QUERY-STRING" : "REST-HEADER");
    }
    call.headers()
        .forEach(
            (name, values) -> {
              if (name.startsWith("x-amz-")) {
                context.put("s3:" + name, String.join(",", values));
              }
            });
    for (String parameter : new String[] {"prefix", "delimiter", "max-keys", "versionId"}) {
      String value = call.query().get(parameter);
      if (value != null) {
        context.put("s3:" + parameter.toLowerCase(Locale.ROOT), value);
      }
    }
    String resource = key == null ? bucket.arn() : bucket.arn() + "/" + key;
    return new Question(account, null, action, resource, context);
  }

  /** May CloudFront read this on behalf of that distribution. A service has no account. */
  static Question ofDistribution(String arn, String account, Bucket bucket, String key) {
    Map<String, String> context = context(bucket);
    context.put("aws:principalisawsservice", "true");
    context.put("aws:principalservicename", CLOUDFRONT);
    context.put("aws:sourcearn", arn);
    context.put("aws:sourceaccount", account);
    context.put("s3:signatureversion", "AWS4-HMAC-SHA256");
    return new Question(null, CLOUDFRONT, "s3:GetObject", bucket.arn() + "/" + key, context);
  }

  private static Map<String, String> context(Bucket bucket) {
    Map<String, String> context = new LinkedHashMap<>();
    // The loopback stands in for TLS: a policy that demands TLS is a policy worth testing.
    context.put("aws:securetransport", "true");
    context.put("s3:tlsversion", "1.3");
    context.put("aws:resourceaccount", bucket.owner().value());
    context.put("s3:resourceaccount", bucket.owner().value());
    context.put("aws:requestedregion", bucket.region());
    return context;
  }

  static String principalArn(AccountId account) {
    return "arn:aws:iam::" + account + ":root";
  }
}
