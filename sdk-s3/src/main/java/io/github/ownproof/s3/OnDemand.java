package io.github.ownproof.s3;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that is built when it is first called, because what it is built with, the region, may
 * have to be asked for over the network. Building that fails is tried again on the next call.
 *
 * @param <C> the client's interface
 */
final class OnDemand<C extends AutoCloseable> implements InvocationHandler {

  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable first;
  private final Supplier<C> builder;
  private volatile @Nullable C built;
  private boolean closed;

  private OnDemand(Runnable first, Supplier<C> builder) {
    this.first = first;
    this.builder = builder;
  }

  /**
   * @param first what may take long; run without a lock before the client is built
   */
  static <C extends AutoCloseable> C of(Class<C> type, Runnable first, Supplier<C> builder) {
    return type.cast(
        Proxy.newProxyInstance(
            OnDemand.class.getClassLoader(),
            new Class<?>[] {type},
            new OnDemand<>(first, builder)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return invokeOnObject(proxy, method, args);
    }
    if (method.getName().equals("close") && method.getParameterCount() == 0) {
      close();
      return null;
    }
    try {
      return method.invoke(client(), args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private C client() {
    C known = built;
    if (known != null) {
      return known;
    }
    first.run();
    lock.lock();
    try {
      C client = built;
      if (client == null) {
        if (closed) {
          throw new IllegalStateException("The client is closed.");
        }
        client = builder.get();
        built = client;
      }
      return client;
    } finally {
      lock.unlock();
    }
  }

  private void close() throws Exception {
    lock.lock();
    try {
      closed = true;
      C client = built;
      if (client != null) {
        client.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private Object invokeOnObject(Object proxy, Method method, Object @Nullable [] args) {
    return switch (method.getName()) {
      case "equals" -> args != null && proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "OnDemand[" + (built == null ? "not built" : built) + "]";
    };
  }
}
