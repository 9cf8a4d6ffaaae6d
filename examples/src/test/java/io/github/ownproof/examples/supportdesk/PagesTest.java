package io.github.ownproof.examples.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.examples.supportdesk.Visitor.Seen;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the pages hold against forged forms, planted sessions and hostile words. */
class PagesTest {

  private static final String HOSTILE = "<script>alert(1)</script> \" ' & <img src=x onerror=y>";

  private static Demo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = Demo.start(0);
  }

  @AfterAll
  static void stop() throws Exception {
    demo.close();
  }

  private static Visitor visitor(Person person) throws Exception {
    Visitor visitor = new Visitor(demo.origin());
    visitor.signIn(person, "pwd");
    return visitor;
  }

  private static Form draft(Visitor erin, String ticket, String why) throws Exception {
    return erin.get("/requests/new")
        .form("/requests/new")
        .with("customer", "acme")
        .with("ticket", ticket)
        .with("resources", "orders/1001")
        .with("permission", Orders.READ)
        .with("minutes", "60")
        .with("justification", why);
  }

  private static GrantId asked(Visitor erin, String ticket, String why) throws Exception {
    Seen page = erin.submit(draft(erin, ticket, why));
    assertThat(page.status()).isEqualTo(200);
    return GrantId.of(page.address().getQuery().replace("id=", ""));
  }

  private static String session(Visitor visitor) {
    return visitor.cookies().getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("desk-session"))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  private static void plant(Visitor visitor, String name, String value) {
    HttpCookie cookie = new HttpCookie(name, value);
    cookie.setDomain(demo.origin().getHost());
    cookie.setPath("/");
    cookie.setVersion(0);
    visitor.cookies().getCookieStore().add(demo.origin(), cookie);
  }

  @Test
  void form_withoutItsToken_doesNothing() throws Exception {
    Visitor erin = visitor(Person.ERIN);
    Form form = draft(erin, "CASE-1", "no token");
    Seen refused = erin.submit(form.without(DeskServlet.FORM_TOKEN));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.html()).contains("This form is not from here");
    assertThat(erin.get("/requests").html()).doesNotContain("CASE-1<");
  }

  @Test
  void form_withAnotherSessionsToken_doesNothing() throws Exception {
    Visitor erin = visitor(Person.ERIN);
    String other =
        visitor(Person.ERIN)
            .get("/requests/new")
            .form("/requests/new")
            .fields()
            .get(DeskServlet.FORM_TOKEN);
    Form form = draft(erin, "CASE-2", "other token").with(DeskServlet.FORM_TOKEN, other);
    assertThat(erin.submit(form).status()).isEqualTo(403);
    assertThat(erin.get("/requests").html()).doesNotContain("CASE-2<");
  }

  @Test
  void everyForm_carriesTheToken() throws Exception {
    Visitor erin = visitor(Person.ERIN);
    GrantId id = asked(erin, "CASE-3", "forms");
    Visitor ada = visitor(Person.ADA);
    for (Seen page :
        List.of(
            erin.get("/requests/new"),
            erin.get("/requests/one?id=" + id),
            ada.get("/inbox"),
            ada.get("/inbox/request?id=" + id))) {
      List<String> forms = List.of(page.html().split("<form ")).subList(1, count(page, "<form "));
      assertThat(forms).isNotEmpty().allMatch(form -> form.contains(DeskServlet.FORM_TOKEN));
    }
  }

  private static int count(Seen page, String part) {
    return page.html().split(part, -1).length;
  }

  /** Such as a name that its owner lets point here. */
  @Test
  void anotherHostName_leadsToOurOwn() throws Exception {
    Visitor stranger = new Visitor(URI.create("http://localhost:" + demo.origin().getPort()));
    Seen page = stranger.get("/inbox");
    assertThat(page.address().getAuthority()).isEqualTo(demo.origin().getAuthority());
    assertThat(page.shows("Help without a master key")).isTrue();
  }

  @Test
  void changes_byGet_areNoPages() throws Exception {
    Visitor ada = visitor(Person.ADA);
    for (String path : List.of("/inbox/approve", "/inbox/deny", "/grants/revoke", "/use/read")) {
      assertThat(ada.get(path).status()).isEqualTo(404);
    }
  }

  @Test
  void plantedSession_isNeverTakenUp() throws Exception {
    Visitor victim = new Visitor(demo.origin());
    plant(victim, "desk-session", "planted-by-somebody-else");
    victim.signIn(Person.ADA, "pwd");
    assertThat(session(victim)).isNotEmpty().isNotEqualTo("planted-by-somebody-else");
    Visitor attacker = new Visitor(demo.origin());
    plant(attacker, "desk-session", "planted-by-somebody-else");
    assertThat(attacker.get("/inbox").status()).isEqualTo(401);
  }

  @Test
  void signingInAgain_endsTheSessionBefore() throws Exception {
    Visitor ada = visitor(Person.ADA);
    String before = session(ada);
    ada.signIn(Person.ADA, Provider.STRONG);
    assertThat(session(ada)).isNotEqualTo(before);
    Visitor thief = new Visitor(demo.origin());
    plant(thief, "desk-session", before);
    assertThat(thief.get("/inbox").status()).isEqualTo(401);
  }

  @Test
  void signingOut_endsTheSession() throws Exception {
    Visitor cleo = visitor(Person.CLEO);
    String before = session(cleo);
    assertThat(cleo.submit(cleo.get("/transparency").form("/sign-out")).shows("Sign in")).isTrue();
    Visitor thief = new Visitor(demo.origin());
    plant(thief, "desk-session", before);
    assertThat(thief.get("/transparency").status()).isEqualTo(401);
  }

  /** Otherwise somebody could have others signed in as themselves, and read what they write. */
  @Test
  void returnFromProvider_inAnotherBrowser_isRefused() throws Exception {
    Visitor attacker = new Visitor(demo.origin());
    Seen provider = attacker.get("/sign-in");
    Visitor victim = new Visitor(demo.origin());
    Seen back = victim.chooseAtProvider(provider, Person.ERIN, "pwd");
    assertThat(back.status()).isEqualTo(400);
    assertThat(session(victim)).isEmpty();
    victim.get("/sign-in");
    Seen withOwnAttempt = victim.chooseAtProvider(attacker.get("/sign-in"), Person.ERIN, "pwd");
    assertThat(withOwnAttempt.status()).isEqualTo(400);
    assertThat(session(victim)).isEmpty();
  }

  @Test
  void sessionCookie_isForNoScriptAndNoOtherSite() throws Exception {
    Visitor cleo = new Visitor(demo.origin());
    Seen back = cleo.chooseAtProvider(cleo.get("/sign-in"), Person.CLEO, "pwd");
    assertThat(back.headers().allValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith("desk-session="))
        .singleElement()
        .asString()
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/");
  }

  @Test
  void hostileWords_areShownAsWords() throws Exception {
    Visitor erin = visitor(Person.ERIN);
    GrantId id = asked(erin, "CASE-6", HOSTILE);
    Visitor ada = visitor(Person.ADA);
    for (Seen page :
        List.of(
            erin.get("/requests/one?id=" + id),
            ada.get("/inbox/request?id=" + id),
            visitor(Person.CLEO).get("/transparency"))) {
      assertThat(page.html())
          .contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot; &#39; &amp; &lt;img")
          .doesNotContain("<script", "<img");
    }
  }

  @Test
  void hostileTicketAndIds_areRefusedAndShownAsWords() throws Exception {
    Visitor erin = visitor(Person.ERIN);
    Form form = draft(erin, "CASE-7", "x");
    for (Form hostile :
        List.of(
            form.with("ticket", "<script>alert(1)</script>"),
            form.with("customer", "<script>"),
            form.with("resources", "<script>"),
            form.with("permission", "<script>"),
            form.with("minutes", "<script>"))) {
      Seen page = erin.submit(hostile);
      assertThat(page.status()).isEqualTo(400);
      assertThat(page.html()).doesNotContain("<script");
    }
    assertThat(erin.get("/requests/one?id=%3Cscript%3E").status()).isEqualTo(404);
    assertThat(erin.get("/%3Cscript%3E").html()).doesNotContain("<script");
  }

  @Test
  void everyAnswer_hasTheSecurityHeadersAndNoToken() throws Exception {
    Visitor erin = visitor(Person.ERIN);
    GrantId id = asked(erin, "CASE-8", "headers");
    Visitor ada = visitor(Person.ADA);
    for (Seen page :
        List.of(
            new Visitor(demo.origin()).get("/"),
            new Visitor(demo.origin()).get("/inbox"),
            erin.get("/style.css"),
            erin.get("/nothing-here"),
            erin.get("/requests"),
            erin.get("/requests/new"),
            erin.get("/requests/one?id=" + id),
            erin.submit(erin.get("/requests/one?id=" + id).form("/grants/revoke").without("id")),
            ada.get("/inbox"),
            ada.get("/inbox/request?id=" + id),
            ada.get("/transparency"))) {
      assertThat(page.headers().map()).as(page.address().toString()).containsAllEntriesOf(HEADERS);
      assertThat(page.headers().firstValue("Server")).isEmpty();
      assertThat(page.html()).doesNotContain("eyJ", "<script", "style=", "onclick");
    }
  }

  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "content-security-policy",
          List.of(
              "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
                  + " frame-ancestors 'none'"),
          "x-content-type-options",
          List.of("nosniff"),
          "referrer-policy",
          List.of("no-referrer"),
          "x-frame-options",
          List.of("DENY"));

  @Test
  void everyPage_hasALanguageATitleAndOneHeadline() throws Exception {
    Visitor ada = visitor(Person.ADA);
    for (Seen page : List.of(ada.get("/inbox"), ada.get("/transparency"), ada.get("/none"))) {
      assertThat(page.html()).startsWith("<!doctype html>").contains("<html lang=\"en\">");
      assertThat(page.html()).containsOnlyOnce("<h1>").containsOnlyOnce("</title>");
    }
  }

  @Test
  void pages_areForThoseTheyAreFor() throws Exception {
    Visitor erin = visitor(Person.ERIN);
    GrantId acmes = asked(erin, "CASE-9", "whose pages");
    Form globex = draft(erin, "CASE-10", "the neighbour's").with("customer", "globex");
    Seen neighbours = erin.submit(globex.with("resources", "orders/2001"));
    String globexQuery = neighbours.address().getQuery();
    Visitor ada = visitor(Person.ADA);
    Visitor cleo = visitor(Person.CLEO);
    assertThat(ada.get("/inbox/request?" + globexQuery).status()).isEqualTo(404);
    assertThat(ada.get("/transparency").html()).doesNotContain("CASE-10<");
    assertThat(ada.get("/requests").status()).isEqualTo(404);
    assertThat(ada.get("/requests/one?id=" + acmes).status()).isEqualTo(404);
    assertThat(cleo.get("/inbox").status()).isEqualTo(404);
    assertThat(cleo.get("/inbox/request?id=" + acmes).status()).isEqualTo(404);
    assertThat(erin.get("/inbox").status()).isEqualTo(404);
    assertThat(erin.get("/transparency").status()).isEqualTo(404);
    assertThat(cleo.get("/transparency").html()).doesNotContain("/grants/revoke");
  }

  /** The pages have no such buttons for her; who makes the requests herself is refused as well. */
  @Test
  void cleo_canNeitherApproveNorRevoke() throws Exception {
    GrantId id = asked(visitor(Person.ERIN), "CASE-11", "not Cleo's to decide");
    Visitor cleo = visitor(Person.CLEO);
    Form form =
        new Form("/inbox/approve", cleo.get("/transparency").form("/sign-out").fields())
            .with("id", id.value())
            .with("exact", "orders/1001")
            .with("permission", Orders.READ)
            .with("minutes", "15");
    assertThat(cleo.submit(form).html())
        .contains("NOT_APPROVER")
        .containsOnlyOnce("Only the customer&#39;s own approvers may do this.");
    for (String path : List.of("/inbox/deny", "/grants/revoke")) {
      Seen refused = cleo.post(URI.create(demo.origin() + path), form.fields());
      assertThat(refused.status()).isEqualTo(403);
    }
    assertThat(demo.desk().find(id).map(AccessRequest::state))
        .containsInstanceOf(AccessState.Pending.class);
  }

  @Test
  void approval_ofNothing_saysWhatToDo() throws Exception {
    GrantId id = asked(visitor(Person.ERIN), "CASE-12", "nothing ticked");
    Visitor ada = visitor(Person.ADA);
    Form form = ada.get("/inbox/request?id=" + id).form("/inbox/approve").without("exact");
    Seen refused = ada.submit(form);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.html())
        .contains("name at least one", "Go back")
        .doesNotContain("INVALID_SUPPORT_ACCESS");
  }

  @Test
  void denial_isShownToTheEngineer() throws Exception {
    Visitor erin = visitor(Person.ERIN);
    GrantId id = asked(erin, "CASE-13", "to be denied");
    Visitor ada = visitor(Person.ADA);
    ada.submit(ada.get("/inbox/request?id=" + id).form("/inbox/deny"));
    assertThat(erin.get("/requests/one?id=" + id).html())
        .containsPattern("Ada said no on \\d+ \\w+ \\d{4}, \\d\\d:\\d\\d:\\d\\d UTC");
  }
}
