/** Photos shared from a private bucket: by link, by CDN, and by a public copy. */
@NullMarked
package io.github.ownproof.examples.photoshare;

import org.jspecify.annotations.NullMarked;
