package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.core.audit.ChainVerification;
import io.github.ownproof.core.audit.HashChainedTrail;
import io.github.ownproof.examples.Surprise;
import io.github.ownproof.examples.supportdesk.ServiceClient.Reply;
import io.github.ownproof.examples.supportdesk.Visitor.Seen;
import java.nio.file.Files;
import java.util.List;

/** The whole story over HTTP, without a browser; everything that is not as it should be throws. */
final class Story {

  private static final String ORDER = "orders/1001";
  private static final String OTHER = "orders/1002";
  private static final String NEIGHBOURS = "orders/2001";

  private final Demo demo;
  private final Visitor erin;
  private final Visitor ada;
  private final Visitor cleo;
  private int step;
  private int read;
  private int refused;

  Story(Demo demo) {
    this.demo = demo;
    this.erin = new Visitor(demo.origin());
    this.ada = new Visitor(demo.origin());
    this.cleo = new Visitor(demo.origin());
  }

  void play() throws Exception {
    GrantId id = request();
    beforeApproval(id);
    approval(id);
    use(id);
    stolen(id);
    transparency();
    revocation(id);
    audit();
    Surprise.summary(
        "support-desk: "
            + read
            + " order read, "
            + refused
            + " attempts refused, an audit trail of "
            + demo.audit().head().count()
            + " lines that holds");
  }

  private GrantId request() throws Exception {
    say("Erin, the engineer, asks for two of acme's orders");
    erin.signIn(Person.ERIN, "pwd");
    Form form =
        erin.get("/requests/new")
            .form("/requests/new")
            .with("customer", "acme")
            .with("ticket", "CASE-4711")
            .with("resources", ORDER + " " + OTHER)
            .with("minutes", "60")
            .with("justification", "The parcel is stuck at customs");
    refusedPage(
        "to change them", erin.submit(form.with("permission", Orders.WRITE)), 403, "NOT_READ_ONLY");
    Seen asked = erin.submit(form.with("permission", Orders.READ));
    expect(asked, 200, "Pending");
    tell("asked; " + asked.address().getPath() + " says Pending");
    return GrantId.of(asked.address().getQuery().replace("id=", ""));
  }

  private void beforeApproval(GrantId id) throws Exception {
    say("Before the customer agrees, nothing works");
    Seen page = erin.get("/requests/one?id=" + id);
    Form attempt =
        new Form("/use/read", page.form("/grants/revoke").fields()).with("resource", ORDER);
    refusedPage("reading at once", erin.submit(attempt), 409, "PENDING");
    Form selfApproval =
        new Form("/inbox/approve", attempt.fields())
            .with("exact", ORDER)
            .with("permission", Orders.READ)
            .with("minutes", "30");
    refusedPage("approving it herself", erin.submit(selfApproval), 403, "SELF_APPROVAL");
  }

  private void approval(GrantId id) throws Exception {
    say("Ada, acme's administrator, agrees to one order, for 15 minutes");
    Seen inbox = ada.signIn(Person.ADA, "pwd");
    expect(inbox, 200, "CASE-4711");
    Seen asked = ada.get("/inbox/request?id=" + id);
    expect(asked, 200, "look at " + ORDER + " and " + OTHER);
    Form approval = narrowed(asked);
    Seen oneMoreStep = ada.submit(approval);
    expect(oneMoreStep, 401, "One more step");
    Surprise.unless(
        oneMoreStep
            .headers()
            .firstValue("WWW-Authenticate")
            .filter(challenge -> challenge.contains("acr_values=\"" + Provider.STRONG + "\""))
            .isPresent(),
        "the answer should name the sign-in it takes");
    refused++;
    tell("a password is not enough: " + oneMoreStep.brief());
    Seen again = ada.signIn(ada.get("/sign-in?id=" + id), Person.ADA, Provider.STRONG);
    Seen granted = ada.submit(narrowed(again));
    expect(granted, 200, "Granted");
    tell("signed in with a security key: Granted");
  }

  /** The second order is not ticked any more, and the time is shorter. */
  private static Form narrowed(Seen page) {
    return page.form("/inbox/approve").with("exact", ORDER).with("minutes", "15");
  }

  private void use(GrantId id) throws Exception {
    say("Erin reads the order, and nothing else");
    Seen order = use(id, "/use/read", ORDER);
    expect(order, 200, "40 anvils");
    expect(order, 200, "Support access to acme, read only, on CASE-4711");
    read++;
    tell(ORDER + ": 40 anvils, below a banner that says support access");
    refusedPage("changing it", use(id, "/use/change", ORDER), 403, "METHOD");
    refusedPage("the one Ada left out", use(id, "/use/read", OTHER), 403, "RESOURCE");
    refusedPage("the neighbour's", use(id, "/use/read", NEIGHBOURS), 403, "RESOURCE");
    refusedPage("its invoice", use(id, "/use/unaware", "invoices/1001"), 403, "NO_CUSTOMER");
  }

  private Seen use(GrantId id, String path, String resource) throws Exception {
    Seen page = erin.get("/requests/one?id=" + id);
    return erin.submit(page.form(path).with("resource", resource));
  }

  private void stolen(GrantId id) throws Exception {
    say("Somebody gets hold of the grant");
    String erinsToken = demo.provider().accessToken(Person.ERIN);
    String grant = demo.desk().issue(id, demo.accessTokens().verify(erinsToken));
    ServiceClient.Service support = demo.services().orders("/support/");
    refusedReply("the grant alone", support.call("GET", ORDER, "", List.of(grant)), 401, "");
    refusedReply(
        "as if it were a login", support.call("GET", ORDER, grant, List.of(grant)), 401, "");
    String evansToken = demo.provider().accessToken(Person.EVAN);
    refusedReply(
        "with another engineer's token",
        support.call("GET", ORDER, evansToken, List.of(grant)),
        403,
        "OTHER_ENGINEER");
    refusedReply(
        "at the customers' own address",
        demo.services().orders("/").call("GET", ORDER, erinsToken, List.of(grant)),
        403,
        "NOT_YOURS");
    String adasToken = demo.provider().accessToken(Person.ADA);
    ServiceClient.Service customers = demo.services().orders("/");
    int own = customers.call("GET", ORDER, adasToken, List.of()).status();
    int neighbours = customers.call("GET", NEIGHBOURS, adasToken, List.of()).status();
    Surprise.unless(own == 200, "customers see their own orders: " + own);
    Surprise.unless(neighbours == 403, "customers see no other's orders: " + neighbours);
  }

  private void transparency() throws Exception {
    say("Cleo, at acme, sees all of it");
    Seen page = cleo.signIn(Person.CLEO, "pwd");
    expect(page, 200, "Support access to your data");
    for (String seen :
        List.of(
            "GET " + ORDER,
            "PUT " + ORDER,
            "GET " + OTHER,
            "GET " + NEIGHBOURS,
            "OTHER_ENGINEER",
            "The parcel is stuck at customs")) {
      expect(page, 200, seen);
      tell(seen);
    }
    Seen globex = ada.get("/transparency");
    Surprise.unless(!globex.shows("globex"), "acme's page should not know of globex");
  }

  private void revocation(GrantId id) throws Exception {
    say("Ada takes it back");
    Seen erinsPage = erin.get("/requests/one?id=" + id);
    expect(erinsPage, 200, "Granted");
    Form next = erinsPage.form("/use/read").with("resource", ORDER);
    Seen revoked = ada.submit(ada.get("/inbox").form("/grants/revoke"));
    expect(revoked, 200, "Revoked");
    refusedPage("the very next read", erin.submit(next), 403, "REVOKED");
    expect(cleo.get("/transparency"), 200, "REVOKED");
    expect(cleo.get("/transparency"), 200, "Nobody has access.");
  }

  private void audit() throws Exception {
    say("The audit trail");
    ChainVerification found = HashChainedTrail.verify(demo.auditFile(), demo.audit().head());
    tell(found.explanation());
    Surprise.unless(found instanceof ChainVerification.Intact, "the chain does not hold");
    String lines = Files.readString(demo.auditFile());
    for (String kept :
        List.of(
            "NOT_READ_ONLY",
            "PENDING",
            "SELF_APPROVAL",
            "STEP_UP",
            "METHOD",
            "RESOURCE",
            "OTHER_ENGINEER",
            "REVOKED")) {
      Surprise.unless(lines.contains(kept), "the trail lacks the refusal " + kept);
    }
    // Every compact token begins with this: the Base64 of what its header begins with.
    Surprise.unless(!lines.contains("eyJ"), "there is a token in the trail");
  }

  private void refusedPage(String what, Seen page, int status, String reason) {
    expect(page, status, reason);
    told(what, status, reason);
  }

  private void refusedReply(String what, Reply reply, int status, String reason) {
    Surprise.unless(
        reply.status() == status && reply.text("refused").equals(reason),
        what + " should be refused: " + reply.status() + " " + reply.text("refused"));
    told(what, status, reason);
  }

  private void told(String what, int status, String reason) {
    refused++;
    tell("%-30s refused: %d %s".formatted(what, status, reason).stripTrailing());
  }

  private static void expect(Seen page, int status, String text) {
    Surprise.unless(
        page.status() == status && page.shows(text),
        "expected " + status + " and \"" + text + "\": " + page.brief());
  }

  private void say(String headline) {
    step++;
    System.out.printf("%n%d. %s%n", step, headline);
  }

  private static void tell(String line) {
    System.out.println("   " + line);
  }
}
