package io.github.ownproof.s3.internal.context;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables and system properties of the process, or a test's stand-in for them.
 *
 * @param environment the value of an environment variable, or null
 * @param properties the value of a system property, or null
 */
public record Settings(
    Function<String, @Nullable String> environment, Function<String, @Nullable String> properties) {

  /** Those of this process, read each time they are asked for. */
  public static Settings ofProcess() {
    return new Settings(System::getenv, System::getProperty);
  }

  /** Exactly these environment variables and no system property. */
  public static Settings of(Map<String, String> environment) {
    return of(environment, Map.of());
  }

  /** Exactly these. */
  public static Settings of(Map<String, String> environment, Map<String, String> properties) {
    return new Settings(environment::get, properties::get);
  }

  /** The environment variable without surrounding blanks; null if absent or blank. */
  @Nullable String variable(String name) {
    return present(environment.apply(name));
  }

  /** The system property if it is set, else the variable: the order of the AWS SDK. */
  @Nullable String value(String variable, String property) {
    String value = present(properties.apply(property));
    return value != null ? value : variable(variable);
  }

  private static @Nullable String present(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
