package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on other widths, on paper, and for readers who do not see it or use no mouse. */
@Tag("browser")
@NullUnmarked // a null fails the test
class PageAccessTest {
  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    SyntheticBundle.Spec plain = SyntheticBundle.Spec.plain();
    SyntheticBundle.write(
        folder.resolve("many"),
        plain.labels("kite", "</script>truck").concepts(8).pictures(16, 8).map(112, 7).biased(-3));
    SyntheticBundle.write(
        folder.resolve("sampled"), plain.concepts(30).pictures(8, 4).map(64, 14).sampled(false));
    SyntheticBundle.write(
        folder.resolve("extended"), plain.concepts(4).pictures(8, 4).map(96, 7).withMapsAndTree());
    SyntheticBundle.write(folder.resolve("least"), plain.concepts(1).pictures(3, 2).map(32, 1));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "many, 360",
    "many, 390",
    "many, 768",
    "many, 1280",
    "sampled, 360",
    "least, 390",
    "extended, 360"
  })
  void nothingScrollsSideways(String name, int width) {
    try (Page page = browser.open(folder.resolve(name + "/report.html"), "", width, 800, false)) {
      page.fill(
          ".card input >> nth=0",
          "a-name-of-eighty-letters-without-a-single-space-in-it-".repeat(2).substring(0, 80));
      page.waitForFunction("[...document.images].every(i => i.complete)");
      assertEquals(
          width, ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "many, 1280, false",
    "many, 390, true",
    "least, 1280, true",
    "extended, 1280, false",
    "extended, 390, true"
  })
  void axeFindsNothingSerious(String name, int width, boolean dark) {
    try (Page page =
        browser.open(folder.resolve(name + "/report.html"), "#off=0", width, 900, dark)) {
      page.click(".more summary >> nth=0");
      List<String> serious =
          new AxeBuilder(page)
              .analyze().getViolations().stream()
                  .filter(r -> r.getImpact().equals("serious") || r.getImpact().equals("critical"))
                  .map(
                      (Rule r) ->
                          r.getId() + ": " + r.getHelp() + " " + r.getNodes().get(0).getHtml())
                  .toList();
      assertEquals(List.of(), serious);
    }
  }

  @Test
  void printingShowsThePageWithoutItsControls() {
    try (Page page = browser.open(folder.resolve("many/report.html"), "", 1280, 900, false)) {
      byte[] pdf = page.pdf();
      assertTrue(pdf.length > 50_000, "a PDF with its pictures: " + pdf.length);
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertFalse(page.isVisible("#theme"));
      assertFalse(page.isVisible("#save"));
      assertTrue(page.isVisible("#headline"));
    }
  }
}
