package dev.percept.report;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A Chromium that notes whatever a page complains about or asks for. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  private Browser(Path executable) {
    // Nothing is fetched: the browser is the one of this machine.
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of("--no-sandbox", "--disable-gpu", "--force-color-profile=srgb")));
  }

  /** The browser of this machine, or the test is skipped. */
  static Browser start() {
    Optional<Path> executable = find();
    Assumptions.assumeTrue(
        executable.isPresent(),
        "no Chromium found: set PERCEPT_CHROMIUM to one, or install it, to test the page in it");
    return new Browser(executable.orElseThrow());
  }

  private static Optional<Path> find() {
    @Nullable String named = System.getenv("PERCEPT_CHROMIUM");
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    }
    @Nullable String path = System.getenv("PATH");
    return Stream.of((path == null ? "" : path).split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a page in a window of its own. */
  Page open(Path file, String hash, int width, int height, boolean dark) {
    BrowserContext context =
        browser.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setAcceptDownloads(true)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
    Page page = context.newPage();
    page.setDefaultTimeout(8_000);
    page.onConsoleMessage(
        m -> {
          if (m.type().equals("error") || m.type().equals("warning")) {
            complaints.add(m.text());
          }
        });
    page.onPageError(complaints::add);
    page.onDialog(
        d -> {
          complaints.add("a dialog opened: " + d.message());
          d.dismiss();
        });
    page.onRequest(
        r -> {
          if (!r.url().startsWith("data:") && !r.url().startsWith("blob:")) {
            requests.add(r.url());
          }
        });
    page.navigate(file.toUri() + hash);
    return page;
  }

  /** Errors and warnings of the console, violations of the policy among them, and dialogs. */
  List<String> complaints() {
    return complaints;
  }

  /** Addresses that were asked for, the page's own among them. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
