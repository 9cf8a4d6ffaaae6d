/** The main job: every call to a private bucket carries its owner. */
@NullMarked
package io.github.ownproof.examples.quickstart;

import org.jspecify.annotations.NullMarked;
