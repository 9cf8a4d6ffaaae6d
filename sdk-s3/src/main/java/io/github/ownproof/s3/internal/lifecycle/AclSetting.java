package io.github.ownproof.s3.internal.lifecycle;

import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.Grant;

/**
 * The bucket's ACL grants nothing to others. S3 does not switch ACLs off before that.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html">Troubleshooting
 *     Object Ownership</a>
 */
final class AclSetting extends Setting<List<Grant>> {

  AclSetting(OwnBucket bucket) {
    super(bucket, "Access control list");
  }

  /** What it grants to others than the owner. */
  @Override
  List<Grant> read() {
    GetBucketAclResponse acl = bucket().s3().getBucketAcl(r -> r.bucket(bucket().name()));
    String owner = acl.owner() == null ? null : acl.owner().id();
    return acl.grants().stream()
        .filter(
            grant ->
                owner == null || grant.grantee() == null || !owner.equals(grant.grantee().id()))
        .toList();
  }

  @Override
  List<Grant> planned(List<Grant> found) {
    return List.of();
  }

  @Override
  void write(List<Grant> planned) {
    var unused =
        bucket()
            .s3()
            .putBucketAcl(
                r ->
                    r.bucket(bucket().name())
                        .acl(BucketCannedACL.PRIVATE)
                        .overrideConfiguration(bucket().cleared("PutBucketAcl")));
  }

  @Override
  String text(List<Grant> grants) {
    return grants.isEmpty()
        ? "private"
        : grants.stream().map(AclSetting::text).collect(Collectors.joining(", "));
  }

  private static String text(Grant grant) {
    String grantee =
        grant.grantee() == null
            ? "somebody"
            : grant.grantee().uri() == null ? grant.grantee().id() : grant.grantee().uri();
    return grant.permissionAsString() + " to " + grantee;
  }
}
