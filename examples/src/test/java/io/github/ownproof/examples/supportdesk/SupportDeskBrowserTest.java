package io.github.ownproof.examples.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story in three real browsers, in which no script runs. */
class SupportDeskBrowserTest {

  @Test
  void wholeStory_threeBrowsersWithoutScripts(@TempDir Path profiles) throws Exception {
    Optional<Chromium.Installed> installed = Chromium.installed();
    assumeTrue(installed.isPresent(), "no browser to play the story in");
    try (Demo demo = Demo.start(0);
        Chromium erin = Chromium.start(installed.get(), profiles.resolve("erin"));
        Chromium ada = Chromium.start(installed.get(), profiles.resolve("ada"));
        Chromium cleo = Chromium.start(installed.get(), profiles.resolve("cleo"))) {
      noScriptRunsIn(erin);
      request(demo, erin);
      watch(demo, cleo);
      approve(demo, ada, erin);
      use(erin, cleo);
      revoke(demo, ada, erin, cleo);
      onSmallScreens(demo, erin, ada, cleo);
    }
  }

  private static void noScriptRunsIn(Chromium browser) {
    String page = "<title>off</title><script>document.title='on'</script>";
    browser.open(
        URI.create(
            "data:text/html;base64,"
                + Base64.getEncoder().encodeToString(page.getBytes(StandardCharsets.UTF_8))));
    assertThat(browser.title()).isEqualTo("off");
  }

  private static void request(Demo demo, Chromium erin) throws Exception {
    erin.open(demo.origin()).shows("Help without a master key").screenshot("01-start");
    erin.follow("Sign in").shows("Who are you?").screenshot("02-provider");
    erin.press("Sign in as Erin").shows("You have not asked for anything yet.");
    erin.screenshot("03-no-requests").follow("Ask for access");
    erin.choose("Customer", "acme")
        .type("Ticket", "CASE-4711")
        .type("Orders, with spaces between", "orders/1001 orders/1002")
        .choose("For how long", "1 hour")
        .type("Why", "The parcel is stuck at customs")
        .screenshot("04-form")
        .press("Ask the customer");
    erin.shows("Request on CASE-4711").shows("Pending").screenshot("05-pending");
  }

  private static void watch(Demo demo, Chromium cleo) throws Exception {
    cleo.open(demo.origin()).follow("Sign in").press("Sign in as Cleo");
    cleo.shows("Support access to your data").shows("Pending").shows("Nobody has access.");
    cleo.screenshot("06-transparency-pending");
  }

  private static void approve(Demo demo, Chromium ada, Chromium erin) throws Exception {
    ada.open(demo.origin()).follow("Sign in").press("Sign in as Ada");
    ada.shows("Waiting for your answer").screenshot("07-inbox");
    ada.follow("CASE-4711").shows("Do you agree?").screenshot("08-decision");
    ada.tick("orders/1002").choose("For how long, at most", "15 minutes");
    ada.press("Approve what is chosen").shows("One more step").screenshot("09-step-up");
    ada.follow("Sign in with a security key").press("Sign in as Ada with a security key");
    ada.shows("Do you agree?").tick("orders/1002").choose("For how long, at most", "15 minutes");
    ada.screenshot("10-narrowed").press("Approve what is chosen");
    ada.shows("Granted").screenshot("11-granted");
    // Her page looks again by itself.
    erin.shows("Granted").screenshot("12-erin-granted");
  }

  private static void use(Chromium erin, Chromium cleo) throws Exception {
    erin.press("Read orders/1001").shows("40 anvils");
    assertThat(erin.html()).contains("Support access to acme, read only, on CASE-4711");
    erin.screenshot("13-order-read").follow("Back to the request");
    erin.press("Try to change orders/1001").shows("METHOD").screenshot("14-change-refused");
    erin.follow("Back to the request").press("Try to read orders/2001, a neighbour's");
    erin.shows("RESOURCE").screenshot("15-neighbour-refused").follow("Back to the request");
    erin.press("Try the invoice of orders/1001").shows("NO_CUSTOMER");
    erin.screenshot("16-invoice-refused").follow("Back to the request");
    // Her page has been open all the time.
    cleo.shows("GET orders/1001").shows("PUT orders/1001").shows("GET orders/2001");
    cleo.screenshot("17-transparency-uses");
  }

  private static void revoke(Demo demo, Chromium ada, Chromium erin, Chromium cleo)
      throws Exception {
    erin.shows("Granted");
    ada.open(demo.origin()).press("Revoke").shows("Ada took it back").screenshot("18-revoked");
    erin.press("Read orders/1001").shows("REVOKED").screenshot("19-read-refused");
    assertThat(erin.html()).doesNotContain("anvils");
    cleo.shows("REVOKED").shows("Nobody has access.").screenshot("20-transparency-revoked");
    erin.follow("Back to the request").shows("Revoked");
  }

  private static void onSmallScreens(Demo demo, Chromium erin, Chromium ada, Chromium cleo)
      throws Exception {
    erin.width(400).open(demo.origin()).screenshot("21-small-requests");
    erin.open(demo.origin().resolve("/requests/new")).screenshot("22-small-form");
    cleo.width(400).open(demo.origin()).screenshot("23-small-transparency");
    ada.width(400).open(demo.origin()).screenshot("24-small-inbox");
  }
}
