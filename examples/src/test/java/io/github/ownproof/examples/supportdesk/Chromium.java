package io.github.ownproof.examples.supportdesk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** One person's browser: a real one, with an empty profile, in which no script runs. */
final class Chromium implements AutoCloseable {

  /** Where a browser and its driver may be, in pairs; nothing is ever downloaded. */
  private static final List<Installed> PLACES =
      List.of(
          new Installed(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromedriver")),
          new Installed(
              Path.of("/usr/bin/chromium-browser"),
              Path.of("/usr/lib/chromium-browser/chromedriver")),
          new Installed(Path.of("/usr/bin/google-chrome"), Path.of("/usr/bin/chromedriver")));

  /** A browser with its driver. */
  record Installed(Path browser, Path driver) {
    boolean isThere() {
      return Files.isExecutable(browser) && Files.isExecutable(driver);
    }
  }

  /** It warns of parts of DevTools that are not used here. A logger is kept by its holder alone. */
  private static final Logger NOISE = Logger.getLogger("org.openqa.selenium");

  private static final Path SCREENSHOTS = Path.of("target", "support-desk");

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  static Optional<Installed> installed() {
    Optional<Installed> found = PLACES.stream().filter(Installed::isThere).findFirst();
    if (found.isEmpty()) {
      System.out.println("No browser with its driver: looked for " + PLACES);
    }
    return found;
  }

  static Chromium start(Installed installed, Path profile) {
    NOISE.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(installed.browser().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    options.setExperimentalOption(
        "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(installed.driver().toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    // The driver waits for what a page is to show.
    driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(20));
    return new Chromium(driver).width(1100);
  }

  /** As wide as this, in CSS pixels. */
  Chromium width(int pixels) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  Chromium open(URI address) {
    driver.get(address.toString());
    return this;
  }

  /** Waits until the page shows this. */
  Chromium shows(String text) {
    find("//*[text()[contains(normalize-space(.), " + quoted(text) + ")]]");
    return this;
  }

  Chromium follow(String link) {
    find("//a[normalize-space(.)=" + quoted(link) + "]").click();
    return this;
  }

  Chromium press(String button) {
    find("//button[normalize-space(.)=" + quoted(button) + "]").click();
    return this;
  }

  /** Finds a field by its label, as people do. */
  Chromium type(String label, String text) {
    field(label).sendKeys(text);
    return this;
  }

  Chromium choose(String label, String option) {
    field(label)
        .findElement(By.xpath(".//option[normalize-space(.)=" + quoted(option) + "]"))
        .click();
    return this;
  }

  Chromium tick(String label) {
    find("//label[normalize-space(.)=" + quoted(label) + "]/input").click();
    return this;
  }

  private WebElement field(String label) {
    return find("//*[@id=//label[normalize-space(.)=" + quoted(label) + "]/@for]");
  }

  private WebElement find(String xpath) {
    return driver.findElement(By.xpath(xpath));
  }

  private static String quoted(String text) {
    return text.contains("'") ? "\"" + text + "\"" : "'" + text + "'";
  }

  String html() {
    return driver.getPageSource();
  }

  String title() {
    return driver.getTitle();
  }

  URI address() {
    return URI.create(driver.getCurrentUrl());
  }

  /** Keeps the whole page, also what one would have to scroll to. */
  Chromium screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Object image =
        driver
            .executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
            .get("data");
    Files.write(
        SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(image)));
    return this;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
