package io.github.ownproof.s3.coverage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponseHandler;

/**
 * The method of a client's interface that takes an operation's request, and its other arguments.
 */
final class S3Call {

  private static final int SECONDS = 25;

  private static final Map<Class<?>, Function<byte[], Object>> ARGUMENTS =
      Map.of(
          RequestBody.class, RequestBody::fromBytes,
          ResponseTransformer.class, body -> ResponseTransformer.toBytes(),
          AsyncRequestBody.class, AsyncRequestBody::fromBytes,
          AsyncResponseTransformer.class, body -> AsyncResponseTransformer.toBytes(),
          SelectObjectContentResponseHandler.class,
              body ->
                  SelectObjectContentResponseHandler.builder()
                      .subscriber(event -> {})
                      .onError(failure -> {})
                      .build());

  private final Method method;

  private S3Call(Method method) {
    this.method = method;
  }

  /** Empty if the interface has no such method. */
  static Optional<S3Call> of(Class<?> api, String operation, Class<? extends S3Request> request) {
    String name = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
    return Arrays.stream(api.getMethods())
        .filter(method -> method.getName().equals(name) && takes(method, request))
        .max(Comparator.comparingInt(Method::getParameterCount))
        .map(S3Call::new);
  }

  private static boolean takes(Method method, Class<? extends S3Request> request) {
    Class<?>[] parameters = method.getParameterTypes();
    return parameters.length > 0
        && parameters[0] == request
        && Arrays.stream(parameters).skip(1).allMatch(ARGUMENTS::containsKey);
  }

  /** Calls and waits for the end. Empty if the call succeeded. */
  Optional<Throwable> on(Object client, S3Request request, byte[] body) {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes())
            .map(type -> type.isInstance(request) ? request : ARGUMENTS.get(type).apply(body))
            .toArray();
    try {
      if (method.invoke(client, arguments) instanceof CompletableFuture<?> future) {
        future.get(SECONDS, TimeUnit.SECONDS);
      }
      return Optional.empty();
    } catch (InvocationTargetException | ExecutionException e) {
      return Optional.of(e.getCause());
    } catch (Exception e) {
      return Optional.of(e);
    }
  }
}
