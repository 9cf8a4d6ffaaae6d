package io.github.ownproof.s3;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A client without its presigned-URL extension, whose downloads take no plugin and so cannot be
 * guarded request by request. The extension is younger than the oldest AWS SDK we support, which is
 * why it is told by name.
 */
final class WithoutPresignedUrls implements InvocationHandler {

  private final S3AsyncClient client;

  private WithoutPresignedUrls(S3AsyncClient client) {
    this.client = client;
  }

  static S3AsyncClient over(S3AsyncClient client) {
    return (S3AsyncClient)
        Proxy.newProxyInstance(
            WithoutPresignedUrls.class.getClassLoader(),
            new Class<?>[] {S3AsyncClient.class},
            new WithoutPresignedUrls(client));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.getName().equals("presignedUrlExtension")) {
      throw UnguardedRequestException.operation(
          "presignedUrlExtension",
          "its downloads cannot be guarded on a client that was built without OwnedBucketsPlugin."
              + " Build the client with S3PrivateAsyncClient.builder().");
    }
    try {
      return method.invoke(client, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
