package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.AccountId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Asks AWS whose credentials these are. */
interface SignerLookup {

  /** Why it can never answer in this process; null if it can. */
  @Nullable String missing();

  /** The account that signs with {@code identity}, on the word of AWS. */
  AccountId ask(AwsCredentialsIdentity identity, String region, Attempt attempt) throws Unanswered;
}
