package io.github.ownproof.s3.coverage;

import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/** What other people's interceptors may do to a request on its way, by mistake or on purpose. */
enum Tamper {
  NOTHING(http -> http),
  REMOVE_OWNER(http -> http.removeHeader(WireRequest.OWNER)),
  REMOVE_SOURCE_OWNER(http -> http.removeHeader(WireRequest.SOURCE_OWNER)),
  DOUBLE_OWNER(http -> http.appendHeader(WireRequest.OWNER, Spellings.STRANGER)),
  DOUBLE_OWNER_IN_OTHER_CASE(
      http -> http.appendHeader("X-Amz-Expected-Bucket-Owner", Spellings.STRANGER)),
  REPLACE_OWNER(http -> http.putHeader(WireRequest.OWNER, Spellings.STRANGER)),
  REPLACE_SOURCE_OWNER(http -> http.putHeader(WireRequest.SOURCE_OWNER, Spellings.STRANGER)),
  OWNER_IN_QUERY(http -> http.putRawQueryParameter(WireRequest.OWNER, Spellings.STRANGER)),
  COPY_SOURCE(http -> http.putHeader(WireRequest.COPY_SOURCE, "strangers-bucket/key")),
  HOST(http -> http.host("strangers-bucket.s3.eu-west-1.amazonaws.com")),
  HOST_HEADER(http -> http.putHeader("Host", "strangers-bucket.s3.eu-west-1.amazonaws.com")),
  PATH(http -> http.encodedPath("/strangers-bucket/key")),
  PATH_UPWARDS(http -> http.encodedPath(http.encodedPath() + "/../../strangers-bucket/key")),
  PORT(http -> http.port(4443)),
  BUCKET(http -> http) {
    @Override
    SdkRequest change(SdkRequest request) {
      return with(request, "Bucket", "strangers-bucket");
    }
  },
  OWNER_MEMBER(http -> http) {
    @Override
    SdkRequest change(SdkRequest request) {
      return with(request, "ExpectedBucketOwner", Spellings.STRANGER);
    }
  },
  NO_OWNER_MEMBER(http -> http) {
    @Override
    SdkRequest change(SdkRequest request) {
      return with(request, "ExpectedBucketOwner", null);
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final UnaryOperator<SdkHttpRequest.Builder> change;

  Tamper(UnaryOperator<SdkHttpRequest.Builder> change) {
    this.change = change;
  }

  SdkRequest change(SdkRequest request) {
    return request;
  }

  ExecutionInterceptor interceptor() {
    return new ExecutionInterceptor() {
      @Override
      public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes unused) {
        return change(context.request());
      }

      @Override
      public SdkHttpRequest modifyHttpRequest(
          Context.ModifyHttpRequest context, ExecutionAttributes unused) {
        return change.apply(context.httpRequest().toBuilder()).build();
      }
    };
  }

  /** Takes out all interceptors but the AWS SDK's own, ours among them, and puts this one in. */
  SdkPlugin replacingOthers() {
    return config -> {
      ClientOverrideConfiguration.Builder override = config.overrideConfiguration().toBuilder();
      List<ExecutionInterceptor> kept =
          override.executionInterceptors().stream()
              .filter(one -> one.getClass().getName().startsWith("software.amazon.awssdk."))
              .toList();
      config.overrideConfiguration(
          override.executionInterceptors(kept).addExecutionInterceptor(interceptor()).build());
    };
  }

  private static SdkRequest with(SdkRequest request, String member, String value) {
    SdkRequest.Builder builder = request.toBuilder();
    for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
      if (field.memberName().equals(member)) {
        field.set(builder, value);
      }
    }
    return builder.build();
  }
}
