/** What processes share through Valkey or Redis: revocation epochs. */
module io.github.ownproof.auth.valkey {
  requires transitive io.github.ownproof.auth;
  // Named after its jar; it declares no name of its own.
  requires transitive valkey.java;
  // An automatic module brings none that is not: without it no JedisPooled compiles or runs.
  requires transitive org.apache.commons.pool2;
  requires com.github.benmanes.caffeine;
  requires static com.google.errorprone.annotations;

  exports io.github.ownproof.auth.valkey;
}
