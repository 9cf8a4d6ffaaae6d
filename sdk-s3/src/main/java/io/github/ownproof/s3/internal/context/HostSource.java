package io.github.ownproof.s3.internal.context;

/** Something that knows where the program runs. */
interface HostSource {

  /** What it is, for the list of what was tried. */
  String name();

  /**
   * Whether these credentials were handed out by the very place this source describes, so that its
   * account is the signer's.
   */
  boolean handedOut(Signer signer);

  /** What it says. */
  HostFacts ask(Attempt attempt) throws Unanswered;
}
