package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.percept.bundle.Bundle;
import dev.percept.bundle.LoadedBundle;
import dev.percept.bundle.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clicks through the page in a real browser. */
@Tag("browser")
@NullUnmarked // a null fails the test
class PageBrowserTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  @TempDir static Path folder;
  private static Browser browser;
  private static LoadedBundle many;
  private static LoadedBundle sampled;
  private static LoadedBundle least;
  private static LoadedBundle extended;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    SyntheticBundle.Spec plain = SyntheticBundle.Spec.plain();
    many =
        SyntheticBundle.write(
            folder.resolve("many"),
            plain
                .labels("kite", "garbage truck", HOSTILE)
                .concepts(8)
                .byData()
                .pictures(24, 10)
                .map(112, 7)
                .warned(HOSTILE));
    sampled =
        SyntheticBundle.write(
            folder.resolve("sampled"),
            plain.concepts(30).pictures(12, 6).map(96, 32).sampled(false).biased(-9));
    extended =
        SyntheticBundle.write(
            folder.resolve("extended"),
            plain.concepts(4).pictures(8, 4).map(96, 7).withMapsAndTree());
    least =
        SyntheticBundle.write(folder.resolve("least"), plain.concepts(1).pictures(3, 2).map(32, 1));
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
    Set<String> files = Set.of("many", "sampled", "least", "named", "extended");
    for (String url : browser.requests()) {
      assertTrue(
          url.startsWith("file:") && files.stream().anyMatch(f -> url.contains("/" + f)), url);
    }
  }

  @Test
  void oneSelectionEverywhere() {
    try (Page page = open(many, "")) {
      assertEquals("0", selected(page, "#chips"));
      page.click("#chips [data-c='2']");
      assertEquals("2", selected(page, "#rows"));
      assertEquals("2", page.getAttribute(".card.sel", "data-card"));
      assertEquals("concept 2", page.innerText("#big .tag .nm"));
      page.click("#rows [data-c='5']");
      assertEquals("5", selected(page, "#chips"));
      assertEquals("5", page.getAttribute(".w.sel", "data-row"));
      page.click("#headline .u");
      assertEquals("0", selected(page, "#chips"));
      page.click(".card[data-card='4'] .go");
      assertEquals("4", selected(page, "#chips"));
      assertEquals("big", page.evaluate("document.activeElement.id"));
      // Six hues; the others share the grey and keep their number.
      assertEquals(2, page.locator("#chips .chip.kx").count());
    }
  }

  @Test
  void keysMoveEverySelection() {
    try (Page page = open(many, "")) {
      page.focus("#chips [aria-checked=true]");
      page.keyboard().press("ArrowRight");
      assertEquals(order(page).get(1), selected(page, "#chips"));
      assertEquals(order(page).get(1), page.evaluate("document.activeElement.dataset.c"));
      page.keyboard().press("End");
      assertEquals(order(page).get(7), selected(page, "#rows"));
      page.keyboard().press("ArrowRight");
      assertEquals(order(page).get(0), selected(page, "#rows"));
      assertEquals(1, page.locator("#rows [tabindex='0']").count(), "one tab stop");
      page.focus("#big");
      String first = selected(page, "#thumbs");
      page.keyboard().press("ArrowRight");
      assertNotEquals(first, selected(page, "#thumbs"));
      page.keyboard().press("ArrowLeft");
      assertEquals(first, selected(page, "#thumbs"));
      page.keyboard().press("ArrowDown");
      assertEquals(order(page).get(1), selected(page, "#chips"));
      // A switch is a button: space flips it.
      page.focus(".sw >> nth=0");
      page.keyboard().press("Space");
      assertEquals("false", page.getAttribute(".sw >> nth=0", "aria-checked"));
      String outline =
          (String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
      assertEquals("solid", outline, "focus can be seen");
    }
  }

  @Test
  void theBarsAddUpAndTheProbabilityFollows() {
    try (Page page = open(many, "#class=700&c=0&p=3")) {
      Bundle.PicturePart picture = many.bundle().classes().get(0).pictures().get(3);
      assertEquals(picture.probability(), shownProbability(page), .00051);
      assertAddsUp(page, picture.logit(), Set.of());
      page.click(".sw[data-sw='0']");
      assertAddsUp(page, without(picture, 0, Set.of(0)), Set.of(0));
      assertEquals(probability(picture, Set.of(0)), shownProbability(page), .00051);
      // What the page computes for one concept is what was measured for it.
      assertEquals(picture.without().get(0).probability(), shownProbability(page), .00051);
      page.click(".sw[data-sw='3']");
      assertEquals(probability(picture, Set.of(0, 3)), shownProbability(page), .00051);
      assertTrue(page.innerText("#pN").contains("the other 995 classes are held still"));
      assertTrue(page.url().endsWith("p=3&off=0,3"), page.url());
      // Switches stay when the picture changes.
      page.click("#thumbs [data-p='5']");
      Bundle.PicturePart other = many.bundle().classes().get(0).pictures().get(5);
      assertEquals(probability(other, Set.of(0, 3)), shownProbability(page), .00051);
      page.click("#allOn");
      assertEquals(other.probability(), shownProbability(page), .00051);
    }
  }

  @Test
  void theOverlayFollowsItsControls() {
    try (Page page = open(many, "#c=0")) {
      double wide = covered(page, "0.15");
      double narrow = covered(page, "0.6");
      assertTrue(wide > narrow && narrow > 0, wide + " > " + narrow);
      assertEquals(3, page.locator("#big svg path").count());
      page.check("input[name=overlay][value=heat]");
      assertTrue(page.isVisible("#big canvas"));
      assertFalse(page.isVisible("#thr"));
      Object painted =
          page.evaluate(
              "(() => {const c = document.querySelector('#big canvas');"
                  + "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 === 3 && v > 100).length})()");
      assertTrue(((Number) painted).intValue() > 10, "pixels of the heat map: " + painted);
      page.check("input[name=overlay][value=off]");
      assertFalse(page.isVisible("#big canvas"));
      assertEquals(0, page.locator("#big svg path").count());
    }
  }

  @Test
  void oneChoiceOfMapForTheWholePage() {
    Bundle.ClassPart part = extended.bundle().classes().get(0);
    Maps codes = new Maps(extended.codes(part, "codes"));
    int strong = 0;
    for (int k = 1; k < 4; k++) {
      strong = codes.strongest(0, k) > codes.strongest(0, strong) ? k : strong;
    }
    try (Page page = open(extended, "#c=" + strong + "&p=0&map=rise")) {
      assertTrue(page.isChecked("#kind input[value='2']"));
      String note = page.innerText("#kindN");
      assertTrue(note.contains("90 masks; baseline: zero; 90 passes forward a map"), note);
      assertTrue(note.contains("Only what raises the code is drawn"), note);
      // The map is in the upper left quarter of a quarter; codes are somewhere else.
      double corner = covered(page, "0.15");
      assertTrue(corner > 1 && corner < 12, "percent covered: " + corner);
      page.focus("#kind input[value='2']");
      page.keyboard().press("ArrowLeft");
      assertTrue(page.isChecked("#kind input[value='1']"));
      assertTrue(page.url().contains("map=saliency"), page.url());
      assertEquals(100, covered(page, "0.15"), 1, "the same everywhere");
      page.check("#kind input[value='0']");
      assertFalse(page.url().contains("map="), page.url());
      assertTrue(page.innerText("#kindN").contains("7 × 7 places"));
      // A picture that has no such map says so and shows codes.
      page.check("#kind input[value='2']");
      page.click("#thumbs [data-p='3']");
      assertTrue(page.innerText("#kindN").contains("No map by rise"));
      assertTrue(page.url().contains("map=rise"), page.url());
      page.click("#thumbs [data-p='1']");
      assertTrue(page.innerText("#kindN").contains("90 masks"));
    }
    try (Page page = open(many, "#map=saliency")) {
      assertFalse(page.isVisible("#kind"), "nothing to choose from");
    }
  }

  @Test
  void aTreeOpensWithTheKeyboard() {
    try (Page page = open(extended, "")) {
      assertEquals(2, page.locator("#treeList > article").count());
      assertTrue(page.innerText("#treeWhole").endsWith("concept 0, concept 3."));
      assertTrue(page.innerText("#treeLead").contains("0.15"));
      // The first tree is open, its second level is not.
      assertTrue(page.isVisible("#treeList .leaf >> nth=0"));
      assertEquals(4, page.locator("#treeList .leaf").count());
      assertFalse(page.isVisible("#treeList .leaf .leaf >> nth=0"));
      page.focus("#treeList .leaf summary");
      page.keyboard().press("Enter");
      assertTrue(page.isVisible("#treeList .leaf .leaf >> nth=0"));
      assertTrue(page.innerText("#treeList .leaf .leaf >> nth=0").contains("1.0.0"));
      assertTrue(page.innerText("#treeList article >> nth=1").contains("too few"));
      page.click("#treeList article [data-name='2']");
      assertEquals("2", selected(page, "#chips"));
    }
    try (Page page = open(many, "")) {
      assertFalse(page.isVisible("#tree"));
    }
  }

  @Test
  void curvesShowProbabilityOrScore() {
    try (Page page = open(many, "")) {
      String probability = page.innerText("#charts figure >> nth=0");
      page.check("input[name=scale][value=logit]");
      assertNotEquals(probability, page.innerText("#charts figure >> nth=0"));
    }
  }

  @Test
  void howManyConceptsIsShownWhereItWasChosen() {
    try (Page page = open(many, "")) {
      assertEquals(3, page.locator("#charts figure").count());
      String kite = page.innerText("#charts figure >> nth=2");
      assertTrue(kite.contains("How many concepts?") && kite.contains("8: of the numbers"), kite);
      assertEquals("chosen: 8", page.textContent("#charts svg text:has-text('chosen')"));
      assertEquals(8, page.locator("#chips [data-c]").count());
      page.click("#eachList [data-view='2']");
      assertTrue(page.innerText("#charts figure >> nth=2").contains("6: of the numbers"));
      assertEquals(6, page.locator("#chips [data-c]").count());
    }
    try (Page page = open(least, "")) {
      assertEquals(2, page.locator("#charts figure").count());
    }
  }

  @Test
  void classesSwitchAndTheAddressKeepsTheView() {
    try (Page page = open(many, "")) {
      page.click("#eachList [data-view='2']");
      assertTrue(page.innerText("#headline").contains("“" + HOSTILE + "”"));
      assertTrue(page.innerText("#ask").contains(HOSTILE));
      assertEquals("true", page.getAttribute("#eachList [data-view='2']", "aria-current"));
      page.click("#chips [data-c='3']");
      assertTrue(page.url().contains("#class=702&c=3"), page.url());
      page.reload();
      assertTrue(page.innerText("#headline").contains(HOSTILE));
      assertEquals("3", selected(page, "#chips"));
      page.click("#eachBtn");
      assertFalse(page.isVisible("#each"));
      // An address that names what is not there shows what is.
      page.evaluate("location.hash = '#class=9999&c=77&p=-4&off=99,x'");
      page.waitForFunction("document.getElementById('ask').textContent.includes('kite')");
      assertEquals("0", selected(page, "#chips"));
    }
  }

  @Test
  void namesAreTypedSavedAndGivenBack() {
    Path saved = folder.resolve("names.json");
    try (Page page = open(many, "")) {
      assertTrue(page.isDisabled("#save"));
      page.fill(".card[data-card='0'] input", "striped <b>canopy</b>");
      assertEquals("striped <b>canopy</b>", page.innerText("#headline .u >> nth=0"));
      assertTrue(page.getAttribute("#rows [data-c='0']", "aria-label").startsWith("striped <b>"));
      assertEquals("true", page.getAttribute("#chips [data-c='0']", "aria-checked"));
      assertTrue(page.innerText("#eachList [data-view='0'] .small").startsWith("striped <b>"));
      page.click(".sw[data-sw='0']");
      assertTrue(page.innerText("#pN").startsWith("Without striped <b>canopy</b> the model"));
      page.click("#eachList [data-view='1']");
      page.fill(".card[data-card='1'] input", "wheel");
      Download download = page.waitForDownload(() -> page.click("#save"));
      assertEquals("names.json", download.suggestedFilename());
      download.saveAs(saved);
    }
    Names names = Names.read(saved);
    assertEquals(
        Map.of(700, Map.of(0, "striped <b>canopy</b>"), 701, Map.of(1, "wheel")), names.byClass());
    Path named = folder.resolve("named.html");
    ReportPage.write(many, names, named);
    try (Page page = browser.open(named, "#class=701", 1280, 900, false)) {
      assertEquals("wheel", page.inputValue(".card[data-card='1'] input"));
      assertEquals(Optional.of("wheel"), names.name(701, 1));
      page.fill(".card[data-card='1'] input", "");
      assertEquals("concept 1", page.innerText("#rows [data-c='1'] .nm"));
    }
  }

  @Test
  void lightAndDarkFollowTheSystemAndTheReader() {
    try (Page page = browser.open(file(many), "", 1280, 900, true)) {
      String dark = paper(page);
      page.click("#theme");
      String light = paper(page);
      assertNotEquals(dark, light);
      page.click("#theme");
      assertEquals(dark, paper(page));
    }
  }

  @Test
  void aSampledExplanationSaysWhatItDoesNotKnow() {
    try (Page page = open(sampled, "#c=0&p=0")) {
      assertTrue(page.isVisible("#unsettled"));
      assertTrue(page.innerText("#importanceLead").contains("which was sampled"));
      assertEquals(30, page.locator("#rows .ei").count());
      // Measured removals: one at a time.
      Bundle.PicturePart picture = sampled.bundle().classes().get(0).pictures().get(0);
      page.click(".sw[data-sw='1']");
      page.click(".sw[data-sw='2']");
      assertEquals(1, page.locator(".sw[aria-checked=false]").count());
      assertEquals(picture.without().get(2).probability(), shownProbability(page), .00051);
      assertTrue(page.innerText("#pN").contains("Only one concept at a time"));
      assertTrue(
          page.innerText("#caution").contains("only 0 %")
              || page.innerText("#caution").contains("in only"),
          page.innerText("#caution"));
    }
  }

  @Test
  void theLeastBundleMakesAPage() {
    try (Page page = open(least, "")) {
      assertEquals(1, page.locator("#rows [role=radio]").count());
      assertEquals(5, page.locator(".check").count());
      assertFalse(page.isVisible("#over"), "no map, no overlay");
      assertEquals(0, page.locator(".where").count());
      assertTrue(page.innerText("#picturesLead").contains("one place only"));
      assertTrue(page.isVisible("#wf"));
    }
  }

  private Page open(LoadedBundle bundle, String hash) {
    return browser.open(file(bundle), hash, 1280, 900, false);
  }

  private static Path file(LoadedBundle bundle) {
    return bundle.folder().resolve("report.html");
  }

  private static String selected(Page page, String box) {
    Locator on = page.locator(box + " [role=radio][aria-checked=true]");
    assertEquals(1, on.count(), box);
    String concept = on.getAttribute("data-c");
    return concept == null ? on.getAttribute("data-p") : concept;
  }

  private static List<String> order(Page page) {
    return page.locator("#rows [role=radio]").all().stream()
        .map(r -> r.getAttribute("data-c"))
        .toList();
  }

  private static String paper(Page page) {
    return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
  }

  private static double covered(Page page, String threshold) {
    page.fill("#th", threshold);
    String text = page.innerText("#thN").replace('\u00a0', ' ');
    return text.contains(" %") ? Double.parseDouble(text.replaceAll("[<>]|%.*", "").strip()) : 0;
  }

  private static double shownProbability(Page page) {
    String text = page.innerText("#pOut").replaceAll("[\u00a0%]", "").strip();
    // At the ends the page says "< 0.1 %" or "> 99.9 %".
    if (text.startsWith("<")) {
      return .0005;
    }
    return text.startsWith(">") ? .9995 : Double.parseDouble(text) / 100;
  }

  /**
   * The numbers that stand beside the bars, added as a reader would, are the score that stands
   * below.
   */
  private static void assertAddsUp(Page page, double logit, Set<Integer> off) {
    long sum = 0;
    for (Locator row : page.locator(".w:not(.sum)").all()) {
      String id = row.getAttribute("data-row");
      if (id == null || !off.contains(Integer.parseInt(id))) {
        sum += hundredths(row.locator(".n").innerText());
      }
    }
    long score = hundredths(page.innerText(".w.sum .n"));
    assertEquals(score, sum);
    // Each of the ten shown numbers is less than a hundredth from its value.
    assertEquals(logit, score / 100., off.isEmpty() ? .0051 : .0151);
  }

  private static long hundredths(String text) {
    return Math.round(Double.parseDouble(text.replace('\u2212', '-').replace("+", "")) * 100);
  }

  private static double without(Bundle.PicturePart picture, int score, Set<Integer> off) {
    Bundle.Score s = picture.scores().get(score);
    double logit = s.start() + s.other();
    for (int k = 0; k < s.contributions().size(); k++) {
      logit += off.contains(k) ? 0 : s.contributions().get(k);
    }
    return logit;
  }

  private static double probability(Bundle.PicturePart picture, Set<Integer> off) {
    double all = Math.exp(picture.restLogSumExp());
    for (int j = 0; j < picture.scores().size(); j++) {
      all += Math.exp(without(picture, j, off));
    }
    return Math.exp(without(picture, 0, off)) / all;
  }
}
