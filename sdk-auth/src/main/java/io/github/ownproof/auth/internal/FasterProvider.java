package io.github.ownproof.auth.internal;

import java.lang.reflect.InvocationTargetException;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JCA provider that is faster than the JDK's, if this JVM has it: the Amazon Corretto Crypto
 * Provider, installed or on the class path. Found without changing the JVM's order of providers;
 * whoever uses it proves first that it gives the right results.
 */
public final class FasterProvider {

  private static final Logger LOG = LoggerFactory.getLogger(FasterProvider.class);

  private static final String CORRETTO = "AmazonCorrettoCryptoProvider";
  private static final String CORRETTO_CLASS =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private FasterProvider() {}

  /** The provider; empty if there is none, or it does not load. Reads files the first time. */
  public static Optional<Provider> find() {
    Provider installed = Security.getProvider(CORRETTO);
    if (installed != null) {
      return Optional.of(installed);
    }
    try {
      Class<?> type = Class.forName(CORRETTO_CLASS, true, FasterProvider.class.getClassLoader());
      Provider onClassPath = (Provider) type.getField("INSTANCE").get(null);
      return type.getMethod("getLoadingError").invoke(onClassPath) == null
          ? Optional.of(onClassPath)
          : Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (NoSuchFieldException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | RuntimeException
        | LinkageError e) {
      LOG.debug("{} is there but does not load; the JVM's own providers are used", CORRETTO, e);
      return Optional.empty();
    }
  }
}
