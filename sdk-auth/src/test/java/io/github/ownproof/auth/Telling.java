package io.github.ownproof.auth;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything of ours that can be reached from an object, through public accessors and through
 * fields, and what each tells about itself by {@code toString} or by the exception an accessor
 * throws.
 */
final class Telling {

  private static final Set<String> NOT_ASKED =
      Set.of("close", "hashCode", "toString", "getClass", "notify", "notifyAll", "wait", "warmUp");

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();

  private Telling() {}

  static List<String> of(Object root) {
    Telling telling = new Telling();
    telling.reach(root);
    while (!telling.open.isEmpty()) {
      telling.visit(telling.open.pop());
    }
    return telling.told;
  }

  /** How many objects of ours there are to ask, so that a test can tell that it asked some. */
  static int reachable(Object root) {
    Telling telling = new Telling();
    telling.reach(root);
    while (!telling.open.isEmpty()) {
      telling.visit(telling.open.pop());
    }
    return (int) telling.seen.stream().filter(Telling::isOurs).count();
  }

  private void reach(Object object) {
    if (object != null && seen.add(object)) {
      open.push(object);
    }
  }

  private void visit(Object object) {
    if (object instanceof Optional<?> optional) {
      optional.ifPresent(this::reach);
    } else if (object instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            reach(key);
            reach(value);
          });
    } else if (object instanceof com.github.benmanes.caffeine.cache.Cache<?, ?> cache) {
      reach(cache.asMap());
    } else if (object instanceof Iterable<?> many) {
      many.forEach(this::reach);
    } else if (object.getClass().isArray() && !object.getClass().getComponentType().isPrimitive()) {
      for (int i = 0; i < Array.getLength(object); i++) {
        reach(Array.get(object, i));
      }
    } else if (isOurs(object)) {
      told.add(object.getClass().getName() + ": " + object);
      fields(object);
      accessors(object);
    }
  }

  private void fields(Object object) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      if (!type.getName().startsWith("io.github.ownproof")) {
        continue;
      }
      for (Field field : type.getDeclaredFields()) {
        if (!field.getType().isPrimitive()) {
          open(field);
          try {
            reach(field.get(object));
          } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    }
  }

  private void accessors(Object object) {
    for (Method method : object.getClass().getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 0
          && method.getReturnType() != void.class
          // A variant of the same, of which there is no end.
          && method.getReturnType() != object.getClass()
          && !NOT_ASKED.contains(method.getName())) {
        open(method);
        try {
          reach(method.invoke(object));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        } catch (InvocationTargetException e) {
          told.add(method.getName() + " throws " + WatchedLogs.tellAll(e.getCause()));
        }
      }
    }
  }

  private static void open(AccessibleObject member) {
    member.setAccessible(true);
  }

  private static boolean isOurs(Object object) {
    String name = object.getClass().getName();
    return name.startsWith("io.github.ownproof.auth")
        && !name.contains("Test")
        && !object.getClass().isHidden()
        && !object.getClass().isEnum();
  }
}
