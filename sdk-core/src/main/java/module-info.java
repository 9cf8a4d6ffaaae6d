/** Who am I, what happened, what went wrong: what the Ownproof modules share. */
module io.github.ownproof.core {
  requires org.slf4j;
  requires transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.github.ownproof.core;
  exports io.github.ownproof.core.audit;
  exports io.github.ownproof.core.reliability;
  exports io.github.ownproof.core.telemetry;
}
