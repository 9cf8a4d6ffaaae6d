package io.github.ownproof.testkit;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a JUnit 5 test class one {@link S3World}, started before the class's first test and closed
 * after its last, nested ones included.
 *
 * <pre>{@code
 * @RegisterExtension static final S3WorldExtension s3 = S3WorldExtension.create().clearedBeforeEach();
 *
 * @Test
 * void ours() {
 *   s3.world().account("111122223333").client().createBucket(r -> r.bucket("acme-reports"));
 * }
 * }</pre>
 *
 * <p>With {@code @ExtendWith(S3WorldExtension.class)} a constructor, test or lifecycle method takes
 * the world as a parameter of type {@link S3World}.
 *
 * <p>Not for use by several test classes at once: each class has its own instance. Tests of one
 * class may run in parallel unless the world is cleared between them.
 */
public final class S3WorldExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(S3WorldExtension.class);

  private static final Logger LOG = LoggerFactory.getLogger(S3WorldExtension.class);

  private final S3World.Builder builder;
  private final boolean clear;
  private volatile @Nullable S3World world;

  /** For {@code @ExtendWith}: the defaults of {@link S3World#builder()}, and never cleared. */
  public S3WorldExtension() {
    this(S3World.builder(), false);
  }

  private S3WorldExtension(S3World.Builder builder, boolean clear) {
    this.builder = builder;
    this.clear = clear;
  }

  /** With the defaults of {@link S3World#builder()}, and never cleared. */
  public static S3WorldExtension create() {
    return new S3WorldExtension();
  }

  /** With the options of this builder, and never cleared. */
  public static S3WorldExtension create(S3World.Builder options) {
    return new S3WorldExtension(options, false);
  }

  /**
   * The same, but every test finds the world empty: {@link S3World#clear()} is called before it.
   */
  public S3WorldExtension clearedBeforeEach() {
    return new S3WorldExtension(builder, true);
  }

  /**
   * The world of the test class that is running.
   *
   * @throws IllegalStateException if none is running
   */
  public S3World world() {
    S3World running = world;
    if (running == null) {
      throw new IllegalStateException(
          "No S3 world is running: register the extension with @RegisterExtension on a static field"
              + " of the test class");
    }
    return running;
  }

  /** {@link S3World#endpoint()} of {@link #world()}. */
  public URI endpoint() {
    return world().endpoint();
  }

  /** {@link S3World#account(String)} of {@link #world()}. */
  public Account account(String id) {
    return world().account(id);
  }

  /** {@link S3World#wireLog()} of {@link #world()}. */
  public List<WireRequest> wireLog() {
    return world().wireLog();
  }

  /** Starts the world. */
  @Override
  public void beforeAll(ExtensionContext context) {
    S3World started = running(context);
    LOG.debug("S3 world at {}", started.endpoint());
  }

  /** Starts the world if need be, and clears it if that was asked for. */
  @Override
  public void beforeEach(ExtensionContext context) {
    S3World running = running(context);
    if (clear) {
      running.clear();
    }
  }

  /** Whether the parameter is a world. */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == S3World.class;
  }

  /** The world of this test class. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context);
  }

  /** Closes the world once the outermost class is through. */
  @Override
  public void afterAll(ExtensionContext context) {
    if (outermost(context) == context) {
      S3World running = context.getStore(NAMESPACE).remove(this, S3World.class);
      if (running != null) {
        running.close();
      }
      world = null;
    }
  }

  private S3World running(ExtensionContext context) {
    // Kept with the outermost class, so that nested ones share it.
    S3World running =
        outermost(context)
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(this, absent -> builder.start(), S3World.class);
    world = running;
    return running;
  }

  private static ExtensionContext outermost(ExtensionContext context) {
    ExtensionContext outermost = context;
    ExtensionContext parent = context.getParent().orElse(null);
    while (parent != null && parent.getTestClass().isPresent()) {
      outermost = parent;
      parent = parent.getParent().orElse(null);
    }
    return outermost;
  }
}
