package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
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

/** The page of faithful explanations in a real browser. */
@Tag("browser")
@NullUnmarked // a null fails the test
class FactBrowserTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    SyntheticFact.Spec plain = SyntheticFact.Spec.plain();
    SyntheticFact.write(folder.resolve("plain"), plain);
    SyntheticFact.write(
        folder.resolve("hostile"),
        new SyntheticFact.Spec(List.of("bird", HOSTILE, "fish"), 4, 2, true));
    SyntheticFact.write(
        folder.resolve("least"), new SyntheticFact.Spec(List.of("bird"), 3, 1, false));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /** No error, no violation of the policy, no dialog, nothing fetched but the page itself. */
  @AfterEach
  void nothingToComplainOf() {
    assertEquals(List.of(), browser.complaints());
    String own = folder.toUri().toString();
    for (String url : browser.requests()) {
      assertTrue(url.startsWith(own) && url.endsWith(".html"), url);
    }
  }

  private static Page open(String name, String hash, int width, boolean dark) {
    return browser.open(folder.resolve(name + "/report.html"), hash, width, 900, dark);
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace('\u2212', '-').replace("+", "").strip());
  }

  @Test
  void whatStandsInTheBarsAddsUpToTheScore() {
    try (Page page = open("plain", "#class=3&p=0", 1280, false)) {
      List<String> values = page.locator("#wf .w .n").allInnerTexts();
      int n = values.size();
      double sum = 0;
      for (String value : values.subList(0, n - 3)) {
        sum += number(value);
      }
      // Shown in hundredths that are chosen so that they add up exactly.
      assertEquals(number(values.get(n - 3)), sum, 1e-9, "concepts and other");
      assertEquals(number(values.get(n - 1)), sum + number(values.get(n - 2)), 1e-9, "and bias");
      assertTrue(
          page.innerText("#wfT").contains(values.get(n - 1).strip()), page.innerText("#wfT"));
    }
  }

  @Test
  void selectingAConceptMovesThePageAndTheAddress() {
    try (Page page = open("plain", "#class=3", 1280, false)) {
      page.locator("#rows [role=radio]").nth(1).click();
      String second = page.getAttribute("#rows [role=radio] >> nth=1", "data-c");
      assertTrue(page.url().contains("c=" + second), page.url());
      assertTrue(page.innerText("#card header").contains("Concept " + second));
      page.keyboard().press("ArrowDown");
      String third = page.getAttribute("#rows [role=radio] >> nth=2", "data-c");
      assertTrue(page.innerText("#card header").contains("Concept " + third));
      page.focus("#big");
      String before = page.innerText("#bigN");
      page.keyboard().press("ArrowRight");
      assertNotEquals(before, page.innerText("#bigN"));
      page.locator("#wf button").nth(1).click();
      assertEquals(1, page.locator("#wf .sel").count());
      assertEquals(
          "true",
          String.valueOf(page.evaluate("document.activeElement.closest('#wf') !== null")),
          "the focus stays on what was clicked");
    }
  }

  @Test
  void aMistakeShowsTheStickerAndWhatHappensWithoutIt() {
    // The last picture of bird carries the sticker of fish and is taken for one.
    try (Page page = open("plain", "#class=0", 1280, false)) {
      page.click("#thumbs [aria-label$='the network says fish, it is bird']");
      String say = page.innerText("#twoSay");
      assertTrue(say.contains("The network says “fish”; it is “bird”."), say);
      assertTrue(say.contains("concept 12"), say);
      assertTrue(
          say.contains("Without it the network says “bird” (measured), which is right."), say);
      List<String> heads = page.locator("#twoRows h3").allInnerTexts();
      assertTrue(heads.contains("For “fish” rather than “bird”"), heads.toString());
      // Differences of all lines, as they are shown, are the difference of the scores.
      List<String> values = page.locator("#twoRows .tw:not(.h) .d").allInnerTexts();
      double sum = values.subList(0, values.size() - 1).stream().mapToDouble(v -> number(v)).sum();
      // Each is rounded to a hundredth by itself.
      assertEquals(number(values.get(values.size() - 1)), sum, .005 * values.size() + 1e-9);
      page.click("#twoSay .u");
      assertTrue(page.innerText("#card header").contains("Concept 12"));
    }
  }

  @Test
  void aConceptOpensDownToTheFirstLayer() {
    try (Page page = open("plain", "#class=3", 1280, false)) {
      assertEquals(3, page.locator("#built [data-open]").count());
      assertEquals(3, page.locator("#built .links path").count());
      String before = page.innerText("#built .deep .note");
      page.locator("#built [data-open]").nth(1).click();
      assertNotEquals(before, page.innerText("#built .deep .note"));
      page.keyboard().press("ArrowUp");
      assertEquals(before, page.innerText("#built .deep .note"));
    }
    try (Page page = open("least", "", 1280, false)) {
      assertFalse(page.isVisible("#built"));
      assertFalse(page.isVisible("#curves"));
      assertFalse(page.isVisible("#alike"));
    }
  }

  @Test
  void curvesWithAndWithoutWhatIsAlwaysOn() {
    try (Page page = open("plain", "", 1280, false)) {
      String before = page.getAttribute("#charts svg[role=img] >> nth=0", "aria-label");
      assertTrue(before.contains("exact contributions: area"), before);
      page.click("#always label >> nth=1");
      assertNotEquals(before, page.getAttribute("#charts svg[role=img] >> nth=0", "aria-label"));
      assertEquals(6, page.locator("#areas tbody tr").count());
      assertEquals(5, page.locator("#alikeRows tbody tr").count());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plain, 1280, false",
    "plain, 390, true",
    "hostile, 360, false",
    "hostile, 900, true",
    "least, 390, false",
    "least, 1280, true"
  })
  void fitsAndIsReadable(String name, int width, boolean dark) {
    try (Page page = open(name, "", width, dark)) {
      page.waitForFunction("[...document.images].every(i => i.complete)");
      assertEquals(
          width, ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue());
      assertEquals(List.of(), TextsBrowserTest.violations(page));
      page.click("#theme");
      assertEquals(List.of(), TextsBrowserTest.violations(page));
      assertEquals(0, page.locator("img[src=x]").count());
    }
  }

  @Test
  void printingShowsThePageWithoutItsControls() {
    try (Page page = open("plain", "", 1280, false)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertFalse(page.isVisible("#theme"));
      assertTrue(page.isVisible("#headline"));
      assertTrue(page.isVisible("#wf"));
    }
  }
}
