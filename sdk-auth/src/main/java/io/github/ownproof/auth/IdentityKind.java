package io.github.ownproof.auth;

/** What an {@link Identity} stands for. */
public enum IdentityKind {
  /** A person. */
  USER,
  /** A program that has a client registration of its own (RFC 6749 section 4.4). */
  SERVICE,
  /** A run of a program that its platform vouches for, such as a CI job or a pod. */
  WORKLOAD
}
