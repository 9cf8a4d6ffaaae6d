package io.github.ownproof.benchmarks.harness;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Calls a method again and again. Each method gets a copy of this class, so that the compiler finds
 * only that one called in it and inlines it, as it would at a caller's: shared by all, the loop
 * would cost nanoseconds for each call.
 */
final class Loop implements BiConsumer<Supplier<?>, Integer> {

  static BiConsumer<Supplier<?>, Integer> copy() {
    try (InputStream code = Loop.class.getResourceAsStream("Loop.class")) {
      if (code == null) {
        throw new IllegalStateException("the class path has no Loop.class");
      }
      Class<?> copy =
          MethodHandles.lookup().defineHiddenClass(code.readAllBytes(), true).lookupClass();
      @SuppressWarnings("unchecked")
      BiConsumer<Supplier<?>, Integer> loop =
          (BiConsumer<Supplier<?>, Integer>) copy.getDeclaredConstructor().newInstance();
      return loop;
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void accept(Supplier<?> work, Integer calls) {
    int count = calls;
    for (int i = 0; i < count; i++) {
      Sink.take(work.get());
    }
  }
}
