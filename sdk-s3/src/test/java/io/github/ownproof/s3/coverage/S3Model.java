package io.github.ownproof.s3.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** The S3 model of the AWS SDK on the class path, read from its jar. */
final class S3Model {

  private static final String MODEL = "software/amazon/awssdk/services/s3/model/";
  private static final String REQUEST = "Request";

  private S3Model() {}

  /** Each operation's request, by the operation's name. */
  static NavigableMap<String, Class<? extends S3Request>> operations() {
    NavigableMap<String, Class<? extends S3Request>> operations = new TreeMap<>();
    for (String name : requestClasses()) {
      Class<?> type = load(name);
      if (S3Request.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        String simpleName = type.getSimpleName();
        operations.put(
            simpleName.substring(0, simpleName.length() - REQUEST.length()),
            type.asSubclass(S3Request.class));
      }
    }
    return operations;
  }

  /** Read at run time: the compiler would put in the version it compiled against. */
  static String sdkVersion() {
    try {
      return (String) VersionInfo.class.getField("SDK_VERSION").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("The AWS SDK does not tell its version", e);
    }
  }

  private static List<String> requestClasses() {
    try (JarFile jar =
        new JarFile(
            Path.of(S3Client.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toFile())) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(MODEL) && name.endsWith(REQUEST + ".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new LinkageError("A class of the jar itself cannot be loaded: " + name, e);
    }
  }
}
