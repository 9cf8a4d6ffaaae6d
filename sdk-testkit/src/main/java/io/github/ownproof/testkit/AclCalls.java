package io.github.ownproof.testkit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The calls that read and write an ACL, and the ACL a new object is given. */
final class AclCalls {

  private AclCalls() {}

  static void answer(Exchange exchange, Bucket bucket, byte[] body) throws IOException {
    S3Call call = exchange.call();
    if (call.method().equals("GET")) {
      exchange.answer(
          200, "application/xml", bucket.acls().get(call.key()).document(bucket.owner()));
      return;
    }
    String canned = call.header("x-amz-acl");
    if (call.headers().keySet().stream().anyMatch(name -> name.startsWith("x-amz-grant-"))) {
      throw Refusal.notModelled("x-amz-grant headers");
    }
    if (bucket.ownerEnforced() && !"bucket-owner-full-control".equals(canned)) {
      throw notSupported();
    }
    Acl acl = canned == null ? Acl.parse(Xml.parse(body), bucket.owner()) : Acl.canned(canned);
    put(bucket, call.key(), acl);
    exchange.answerEmpty(200);
  }

  /** The ACL an upload asks for, checked before anything is stored; null if it asks for none. */
  static @Nullable Acl asked(S3Call call, Bucket bucket) {
    String canned = call.header("x-amz-acl");
    if (canned == null) {
      return null;
    }
    if (bucket.ownerEnforced() && !canned.equals("bucket-owner-full-control")) {
      throw notSupported();
    }
    Acl acl = Acl.canned(canned);
    checkBlocked(bucket, acl);
    return acl;
  }

  private static void put(Bucket bucket, @Nullable String key, Acl acl) {
    checkBlocked(bucket, acl);
    bucket.acls().put(key, acl);
  }

  private static void checkBlocked(Bucket bucket, Acl acl) {
    if (acl.isPublic() && bucket.blocks("BlockPublicAcls")) {
      throw Refusal.accessDenied(
          "because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public"
              + " Access.");
    }
  }

  private static Refusal notSupported() {
    return new Refusal(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
}
