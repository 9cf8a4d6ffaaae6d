/**
 * What Ownproof Auth keeps in private buckets: support grants, their uses, and audit lines.
 *
 * <h2>The layout of {@link S3GrantStore}</h2>
 *
 * <p>Each key begins with the prefix of the store, if it has one. Times are UTC with nine digits
 * after the second, so that keys sort by them.
 *
 * <table>
 *   <caption>Objects</caption>
 *   <tr><th>key</th><th>what</th><th>written</th></tr>
 *   <tr><td>{@code grants/<id>.json}</td><td>a request in its last version</td>
 *       <td>first with {@code If-None-Match: *}, then with {@code If-Match}</td></tr>
 *   <tr><td>{@code customers/<customer>/<requested at>-<id>}</td><td>empty: the customer has that
 *       request</td><td>before the request, so that no request is missing; an entry whose request
 *       was never written is passed over</td></tr>
 *   <tr><td>{@code uses/<customer>/<time>-<id>-<random>.json}</td><td>one use of a grant</td>
 *       <td>once: no two writers ever meet</td></tr>
 * </table>
 *
 * <p>Documents are ASCII JSON with {@code "schema":1} and exactly one form: a member more, less, or
 * twice is refused. A request's document also names its last 256 writes, by random names: who wrote
 * one and lost the answer finds it there, and no two versions are ever the same bytes.
 *
 * <p>Nothing is removed here. A lifecycle rule of the bucket may end what is older than customers
 * are to see; a grant whose document is gone is not live.
 *
 * <h2>The layout of {@link S3ObjectLockTrail}</h2>
 *
 * <p>One object for each line of the chain: {@code trail/<number in 20 digits>.json}, from 1 on,
 * with the line and its line feed. Of each key the first version counts, the one that is locked.
 * {@code aws s3 cp --recursive} and {@code cat} in the order of names make one file of it, which
 * {@link io.github.ownproof.core.audit.HashChainedTrail} verifies as well.
 *
 * <h2>Permissions</h2>
 *
 * <p>Whoever can write these objects can forge a grant: give each program no more than it needs.
 *
 * <ul>
 *   <li>the desk: {@code s3:GetObject} and {@code s3:PutObject} on {@code grants/*}, {@code
 *       customers/*} and {@code uses/*}; {@code s3:ListBucket} on the bucket, without which S3
 *       answers 403 in place of 404
 *   <li>a service that checks grants: {@code s3:GetObject} on {@code grants/*}, {@code
 *       s3:PutObject} on {@code uses/*}, and {@code s3:ListBucket}
 *   <li>whoever records in a trail: {@code s3:PutObject}, {@code s3:PutObjectRetention}, {@code
 *       s3:GetObject} and {@code s3:GetObjectVersion} on its keys, and {@code
 *       s3:ListBucketVersions} on the bucket; whoever verifies it, the last three
 *   <li>where the bucket's key is in KMS: {@code kms:GenerateDataKey} to write and {@code
 *       kms:Decrypt} to read
 * </ul>
 *
 * <p>Nobody needs {@code s3:DeleteObject} or {@code s3:BypassGovernanceRetention}.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.auth.s3;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
