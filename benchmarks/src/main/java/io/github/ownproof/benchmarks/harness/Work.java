package io.github.ownproof.benchmarks.harness;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Setup;

/** A benchmark method, ready to be called. */
record Work(String name, Supplier<?> call, BiConsumer<Supplier<?>, Integer> loop) {

  Work(String name, Supplier<?> call) {
    this(name, call, Loop.copy());
  }

  /** Methods of one instance of a suite, whose setup has passed. */
  static List<Work> of(Class<?> suite, List<String> names) throws Throwable {
    Object benchmark = suite.getConstructor().newInstance();
    for (Method method : suite.getMethods()) {
      if (method.isAnnotationPresent(Setup.class)) {
        method.invoke(benchmark);
      }
    }
    List<Work> works = new ArrayList<>();
    for (String name : names) {
      works.add(new Work(name, supplier(benchmark, suite.getMethod(name))));
    }
    return works;
  }

  /** Called like a method reference, because a reflective call would cost on top. */
  private static Supplier<?> supplier(Object benchmark, Method method) throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle handle = lookup.unreflect(method);
    return (Supplier<?>)
        LambdaMetafactory.metafactory(
                lookup,
                "get",
                MethodType.methodType(Supplier.class, benchmark.getClass()),
                MethodType.methodType(Object.class),
                handle,
                MethodType.methodType(method.getReturnType()))
            .getTarget()
            .invoke(benchmark);
  }

  void repeat(int calls) {
    loop.accept(call, calls);
  }
}
