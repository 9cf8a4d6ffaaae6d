/** Support access: an engineer asks, the customer decides, and sees every use. */
@NullMarked
package io.github.ownproof.examples.supportdesk;

import org.jspecify.annotations.NullMarked;
