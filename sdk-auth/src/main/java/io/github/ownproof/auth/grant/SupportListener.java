package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.AuditEvent;

/**
 * Is told what happens, to tell the customer: by mail, in the application, in a feed. Called on the
 * thread of whoever did it, after it happened and was recorded, so it returns fast; what it throws
 * is logged and changes nothing. It is no audit trail: it may miss something when a process dies.
 * Thread-safe.
 */
public interface SupportListener {

  /** A request or grant took this step, and is now like this. */
  default void changed(AuditEvent.GrantChange.Step step, AccessRequest request) {}

  /** Somebody used a grant, or tried to. */
  default void used(GrantUse use) {}
}
