/**
 * Support access instead of impersonation: an engineer stays who they are, and receives exactly the
 * reads a case needs, for as long as it needs them, when the customer's own administrator agrees.
 *
 * <p>{@link io.github.ownproof.auth.grant.SupportAccess} is the desk: requests, approvals, grants,
 * revocation, and what the customer sees of it. {@link
 * io.github.ownproof.auth.grant.SupportAccessChecker} stands in a service that opted in, and is the
 * only thing that understands a grant: a service without one sees the engineer as the engineer,
 * with no access to any customer. There is no way to ask for an "effective user".
 *
 * <table>
 *   <caption>Where to find what</caption>
 *   <tr><th>what</th><th>types</th></tr>
 *   <tr><td>the application tells</td><td>{@link CustomerAccess} (with {@link AccessRecord} and
 *       {@link SupportPolicy}), {@link SupportStaff}, {@link ReadOnlyPermissions}</td></tr>
 *   <tr><td>the engineer asks</td><td>{@link AccessRequestDraft}, {@link CustomerId}, {@link
 *       AccessScope}, {@link Resources}</td></tr>
 *   <tr><td>what becomes of it</td><td>{@link AccessRequest}, {@link GrantId}, {@link AccessState},
 *       {@link Approval}, {@link SupportGrant}</td></tr>
 *   <tr><td>answers</td><td>{@link SupportOutcome} of a step, {@link SupportDecision} about a read,
 *       {@link SupportRefusal}, {@link SupportAccessRefusedException}; {@link
 *       InvalidSupportAccessException} for what cannot be asked or set at all</td></tr>
 *   <tr><td>what people are shown</td><td>{@link SupportBanner}, {@link GrantUse}, {@link
 *       SupportListener}</td></tr>
 *   <tr><td>where it is kept</td><td>{@link GrantStore}, which is {@link GrantLiveness} and {@link
 *       GrantUses}; {@link RevocationEpochs}; {@link GrantStoreException}</td></tr>
 *   <tr><td>the desk's key</td><td>{@link GrantSigner}</td></tr>
 * </table>
 *
 * <p>Instants and durations are in whole seconds. Nothing here takes or gives null unless it says
 * so ({@code @Nullable}). What is not a builder is thread-safe.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.auth.grant;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
