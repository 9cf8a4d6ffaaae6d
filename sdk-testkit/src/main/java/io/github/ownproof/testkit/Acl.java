package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What an access control list grants beyond the owner's full control. Immutable. */
record Acl(List<Grant> grants) {

  static final Acl PRIVATE = new Acl(List.of());
  private static final String GROUPS = "http://acs.amazonaws.com/groups/global/";
  private static final String EVERYONE = GROUPS + "AllUsers";
  private static final String SIGNED_IN = GROUPS + "AuthenticatedUsers";

  /**
   * @param grantee a group's URI or a canonical user id
   * @param permission READ, WRITE, READ_ACP, WRITE_ACP or FULL_CONTROL
   */
  record Grant(String grantee, String permission) {

    boolean isGroup() {
      return grantee.startsWith("http://");
    }
  }

  Acl {
    grants = List.copyOf(grants);
  }

  static Acl canned(String name) {
    return switch (name) {
      case "private", "bucket-owner-read", "bucket-owner-full-control" -> PRIVATE;
      case "public-read" -> new Acl(List.of(new Grant(EVERYONE, "READ")));
      case "public-read-write" ->
          new Acl(List.of(new Grant(EVERYONE, "READ"), new Grant(EVERYONE, "WRITE")));
      case "authenticated-read" -> new Acl(List.of(new Grant(SIGNED_IN, "READ")));
      default -> throw Refusal.invalidArgument("Unknown canned ACL " + name);
    };
  }

  /** The grants in an AccessControlPolicy, without the owner's own. */
  static Acl parse(Element root, AccountId owner) {
    String self = Owners.canonicalId(owner.value());
    List<Grant> grants = new ArrayList<>();
    for (Element grant : Xml.all(root, "Grant")) {
      String uri = Xml.text(grant, "URI");
      String id = Xml.text(grant, "ID");
      String permission = Xml.text(grant, "Permission");
      String grantee = uri == null ? id : uri;
      if (grantee == null || permission == null) {
        throw Refusal.malformedXml();
      }
      if (!grantee.equals(self)) {
        grants.add(new Grant(grantee, permission));
      }
    }
    return new Acl(grants);
  }

  boolean isPublic() {
    return grants.stream().anyMatch(Grant::isGroup);
  }

  boolean allows(@Nullable AccountId caller, String permission) {
    return grants.stream()
        .anyMatch(
            grant ->
                (grant.permission().equals(permission) || grant.permission().equals("FULL_CONTROL"))
                    && isGrantee(grant.grantee(), caller));
  }

  private static boolean isGrantee(String grantee, @Nullable AccountId caller) {
    if (grantee.equals(EVERYONE)) {
      return true;
    }
    return caller != null
        && (grantee.equals(SIGNED_IN) || grantee.equals(Owners.canonicalId(caller.value())));
  }

  String document(AccountId owner) {
    String self = Owners.canonicalId(owner.value());
    StringBuilder list = new StringBuilder(grant("CanonicalUser", "ID", self, "FULL_CONTROL"));
    for (Grant grant : grants) {
      list.append(
          grant.isGroup()
              ? grant("Group", "URI", grant.grantee(), grant.permission())
              : grant("CanonicalUser", "ID", grant.grantee(), grant.permission()));
    }
    return Xml.document(
        "AccessControlPolicy",
        "<Owner>"
            + Xml.element("ID", self)
            + "</Owner><AccessControlList>"
            + list
            + "</AccessControlList>");
  }

  private static String grant(String type, String element, String grantee, String permission) {
    return "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\""
        + type
        + "\">"
        + Xml.element(element, grantee)
        + "</Grantee>"
        + Xml.element("Permission", permission)
        + "</Grant>";
  }
}
