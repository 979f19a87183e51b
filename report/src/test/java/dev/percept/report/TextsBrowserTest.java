package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of texts in a real browser. */
@Tag("browser")
@NullUnmarked // a null fails the test
class TextsBrowserTest {
  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    SyntheticTexts.write(
        folder.resolve("texts"), "negative", "</script><img src=x onerror=alert(1)>");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Whatever a test did: no error, no violation of the policy, no dialog, nothing fetched. */
  @AfterEach
  void nothingToComplainOf() {
    assertEquals(List.of(), browser.complaints());
    String own = folder.resolve("texts/report.html").toUri().toString();
    assertTrue(
        browser.requests().stream().allMatch(u -> u.startsWith(own)),
        browser.requests().toString());
  }

  private Page open(int width, boolean dark) {
    return browser.open(folder.resolve("texts/report.html"), "", width, 900, dark);
  }

  /** The tinted words of the text in front, with what is said of each. */
  private static List<?> tinted(Page page) {
    return (List<?>)
        page.evaluate(
            "[...document.querySelectorAll('#big .tk.on')]"
                + ".map(e => e.textContent + ' ' + e.className + ' ' + e.title)");
  }

  private static List<?> colours(Page page) {
    return (List<?>)
        page.evaluate(
            "[...new Set([...document.querySelectorAll('#big .tk.on')]"
                + ".map(e => getComputedStyle(e).borderBottomColor))]");
  }

  @Test
  void choosingAConceptColoursOtherWords() {
    try (Page page = open(1280, false)) {
      page.click("#chips [data-c='0']");
      List<?> first = tinted(page);
      List<?> colour = colours(page);
      assertFalse(first.isEmpty());
      assertEquals(1, colour.size(), "one concept, one hue: " + colour);
      page.click("#chips [data-c='2']");
      assertNotEquals(first, tinted(page));
      assertNotEquals(colour, colours(page));
      // A word of another concept leads there.
      page.click("#big .tk[data-c='0'] >> nth=0");
      assertEquals(first, tinted(page));
      page.focus("#big");
      page.keyboard().press("ArrowRight");
      assertNotEquals(first, tinted(page), "another text");
    }
  }

  @Test
  void theWayOfWordsChangesTheTint() {
    try (Page page = open(1280, false)) {
      page.click("#chips [data-c='1']");
      List<?> left = tinted(page);
      assertTrue(left.stream().allMatch(t -> t.toString().endsWith("0.90")), left.toString());
      assertEquals(0, page.locator("#big .tk.less").count());
      page.click("#ways label >> nth=1");
      List<?> alone = tinted(page);
      assertNotEquals(left, alone);
      assertTrue(page.locator("#big .tk.less").count() > 0, "words that speak against it");
      assertEquals("What the word says alone.", page.textContent("#waysN"));
      page.focus("#ways input >> nth=1");
      page.keyboard().press("ArrowLeft");
      assertEquals(left, tinted(page), "and by keys");
    }
  }

  @Test
  void textFromOutsideStaysText() {
    try (Page page = open(1280, false)) {
      page.click("#thumbs [data-p='1']");
      assertTrue(
          page.innerText("#big").contains("</script><img src=x onerror=alert(1)>"),
          page.innerText("#big"));
      assertEquals(0, page.locator("img").count(), "no text became a picture");
      assertTrue(page.innerText(".card .words >> nth=0").contains("</script><b>cold"));
      page.click("#each [data-view='1']");
      assertTrue(page.innerText("#ask").contains("</script><img"));
      assertEquals(0, page.locator("img").count());
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "390, true"})
  void axeFindsNothing(int width, boolean dark) {
    try (Page page = open(width, dark)) {
      page.click(".more summary >> nth=0");
      assertEquals(
          width, ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue());
      assertEquals(List.of(), violations(page));
      page.click("#ways label >> nth=1");
      assertEquals(List.of(), violations(page));
    }
  }

  static List<String> violations(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .map(r -> r.getId() + ": " + r.getHelp() + " " + r.getNodes().get(0).getHtml())
            .toList();
  }
}
