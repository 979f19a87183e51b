package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.percept.bundle.Bundle;
import dev.percept.bundle.ClassComparison;
import dev.percept.bundle.Sweep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of two classes and of a sweep in a real browser. */
@Tag("browser")
@NullUnmarked // a null fails the test
class ClassesAndSweepBrowserTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";
  private static final List<String> QUADRANTS =
      List.of(
          "discriminating-used", "shared-used", "discriminating-unused", "negligible", "undecided");

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    PageFile.write(folder.resolve("pictures.html"), ClassComparisonPage.render(of("pictures")));
    PageFile.write(folder.resolve("texts.html"), ClassComparisonPage.render(of("texts")));
    PageFile.write(folder.resolve("sweep.html"), SweepPage.render(sweep()));
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

  private static ClassComparison of(String modality) {
    String content =
        modality.equals("texts")
            ? HOSTILE
            : Base64.getEncoder().encodeToString(Scenes.jpeg(Scenes.draw(32, 1, List.of())));
    ClassComparison.Excerpt excerpt = new ClassComparison.Excerpt(content, 1, HOSTILE);
    List<ClassComparison.OfConcept> concepts = new ArrayList<>();
    for (int k = 0; k < QUADRANTS.size(); k++) {
      String q = QUADRANTS.get(k);
      concepts.add(
          new ClassComparison.OfConcept(
              k,
              new ClassComparison.Difference(1, .5, .5 - .2 * k, .1 - .2 * k, .9, 1, "undecided"),
              new ClassComparison.Use(.4, .3, .5, 1, "yes"),
              new ClassComparison.Use(.1 * k, 0, .5, -1, "undecided"),
              q,
              q,
              q,
              "undecided",
              List.of(excerpt, excerpt),
              k == 2 ? List.of() : List.of(excerpt)));
    }
    Bundle.Label a = new Bundle.Label(0, "kite");
    Bundle.Label b = new Bundle.Label(1, HOSTILE);
    return new ClassComparison(
        ClassComparison.SCHEMA,
        modality,
        Map.of("class", "kite," + HOSTILE),
        0,
        "m.onnx",
        "9c1f4e0a",
        "l",
        "nmf",
        "jansen",
        new ClassComparison.Side(a, 40, 90, .9, .1, .5, 0, "f"),
        new ClassComparison.Side(b, 30, 80, .9, .1, .5, 0, "g"),
        new ClassComparison.Confusion(
            List.of(a, b), List.of(List.of(29, 10, 1), List.of(5, 25, 0))),
        new ClassComparison.Thresholds(.5, .6, .6, .25, .25, 10),
        new ClassComparison.Overlap(
            new ClassComparison.Part(.6, .55, .7),
            new ClassComparison.Part(.2, .1, .3),
            .2,
            "overlapping"),
        false,
        concepts,
        List.of(HOSTILE),
        Map.of("percept", "0.1.0"));
  }

  private static Sweep sweep() {
    List<Sweep.Side> sides = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      List<Sweep.Point> points = new ArrayList<>();
      for (int concepts : new int[] {5, 10}) {
        for (int patch : new int[] {16, 32, 64}) {
          Map<String, Sweep.Value> figures = new TreeMap<>();
          for (String figure : Sweep.FIGURES) {
            double v = .3 + .002 * patch + .01 * concepts - .1 * side;
            figures.put(figure, new Sweep.Value(v, v - .1, v + .1, patch == 64 ? Double.NaN : .2));
          }
          points.add(
              new Sweep.Point(
                  "layer" + side, 16, 20, patch, concepts, 900, "affine-exact", true, figures));
        }
      }
      sides.add(
          new Sweep.Side(
              side == 0 ? "net.onnx" : HOSTILE,
              "9c1f4e0a",
              "unit",
              224,
              224,
              side == 0 ? List.of() : List.of(16),
              side == 0 ? "none" : "convolution",
              new Bundle.Label(3, HOSTILE),
              "f",
              20,
              "nmf",
              points));
    }
    return new Sweep(
        Sweep.SCHEMA,
        Map.of("class", HOSTILE),
        0,
        sides,
        List.of(HOSTILE),
        Map.of("percept", "0.1.0"));
  }

  @ParameterizedTest
  @CsvSource({"pictures, 1280, false", "texts, 390, true"})
  void twoClasses(String name, int width, boolean dark) {
    try (Page page = browser.open(folder.resolve(name + ".html"), "", width, 900, dark)) {
      assertEquals(2, page.locator("#planes svg").count());
      assertEquals(5, page.locator("#cards .pair").count());
      assertEquals(2, page.locator("#confusionBody tr").count());
      // Concept 2 has nothing in the second class.
      assertEquals(name.equals("texts") ? 0 : 5 * 2 + 4, page.locator("img").count());
      assertTrue(page.innerText("#ask").contains(HOSTILE));
      fitsAndIsReadable(page, width);
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "390, true"})
  void aSweep(int width, boolean dark) {
    try (Page page = browser.open(folder.resolve("sweep.html"), "", width, 900, dark)) {
      assertEquals(9, page.locator("#charts svg").count(), "all figures but one");
      assertEquals(12, page.locator("#tableBody tr").count());
      assertEquals(0, page.locator("img").count());
      String before = page.getAttribute("#charts svg >> nth=0", "aria-label");
      page.click("#choices [data-v='5']");
      String after = page.getAttribute("#charts svg >> nth=0", "aria-label");
      assertTrue(!before.equals(after), "other points in front: " + after);
      page.keyboard().press("ArrowRight");
      assertEquals(before, page.getAttribute("#charts svg >> nth=0", "aria-label"));
      fitsAndIsReadable(page, width);
    }
  }

  private static void fitsAndIsReadable(Page page, int width) {
    assertEquals(
        width, ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue());
    assertEquals(List.of(), TextsBrowserTest.violations(page));
    page.click("#theme");
    assertEquals(List.of(), TextsBrowserTest.violations(page));
  }
}
