/** Tokens: a service that knows its callers by issuer and subject, and by nothing else. */
@NullMarked
package io.github.ownproof.examples.tokengateway;

import org.jspecify.annotations.NullMarked;
