package io.github.ownproof.auth;

import java.util.List;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails every test of this module during which a token or canary was logged. */
public final class LeakWatch implements AfterEachCallback, AfterAllCallback {

  @Override
  public void afterEach(ExtensionContext context) {
    failIfLeaked();
  }

  /** For what threads in the background logged after the last test of the class. */
  @Override
  public void afterAll(ExtensionContext context) {
    failIfLeaked();
  }

  private static void failIfLeaked() {
    List<String> findings = WatchedLogs.takeFindings();
    if (!findings.isEmpty()) {
      throw new AssertionError("A token or a claim was logged by " + findings);
    }
  }

  /** The same for the properties of jqwik, which has no JUnit extensions. */
  public static final class OfProperties implements AroundPropertyHook {

    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      PropertyExecutionResult result = property.execute();
      try {
        failIfLeaked();
        return result;
      } catch (AssertionError leak) {
        return result.mapToFailed(leak);
      }
    }

    @Override
    public PropagationMode propagateTo() {
      return PropagationMode.ALL_DESCENDANTS;
    }
  }
}
