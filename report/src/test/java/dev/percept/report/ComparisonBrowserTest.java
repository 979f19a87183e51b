package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison's page in a real browser. */
@Tag("browser")
@NullUnmarked // a null fails the test
class ComparisonBrowserTest {
  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    ComparisonPage.write(
        SyntheticComparison.of(
            12,
            "</script><img src=x onerror=alert(1)>",
            List.of("jansen", "occlusion", "rise", "hsic", "smoothgrad", "gradient-x-code", "x"),
            false),
        folder.resolve("importance.html"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "390, true"})
  void itShowsEveryEstimatorAndNothingIsWrongWithIt(int width, boolean dark) {
    try (Page page = browser.open(folder.resolve("importance.html"), "", width, 900, dark)) {
      assertEquals(8, page.locator("#marksBody tr").count(), "seven and chance");
      assertEquals(7 * 12, page.locator("#valuesBody .cell").count());
      assertEquals(12, page.locator("#valuesHead img").count());
      assertEquals(
          width, ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue());
      page.click("#front button >> nth=2");
      assertTrue(page.locator("#charts figcaption >> nth=0").textContent().contains("RISE"));
      page.keyboard().press("ArrowRight");
      assertTrue(page.locator("#charts figcaption >> nth=1").textContent().contains("HSIC"));
      page.click("#theme");
      List<String> serious =
          new AxeBuilder(page)
              .analyze().getViolations().stream()
                  .filter(r -> r.getImpact().equals("serious") || r.getImpact().equals("critical"))
                  .map(r -> r.getId() + ": " + r.getHelp() + " " + r.getNodes().get(0).getHtml())
                  .toList();
      assertEquals(List.of(), serious);
    }
    assertEquals(List.of(), browser.complaints());
    String own = folder.resolve("importance.html").toUri().toString();
    assertTrue(browser.requests().stream().allMatch(own::equals), browser.requests().toString());
  }
}
