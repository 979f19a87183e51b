package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import dev.percept.bundle.AttributionFolder;
import dev.percept.bundle.AttributionMaps;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps side by side, drawn by Chromium. */
@Tag("browser")
class AttributionBrowserTest {
  private static final String EVIL = "</script><img src=x onerror=alert(1)>";

  private static Path page(Path dir) throws IOException {
    Path picture = dir.resolve("0000.jpg");
    ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "jpg", picture.toFile());
    AttributionMaps maps =
        new AttributionMaps(
            AttributionMaps.SCHEMA,
            "net.onnx",
            "0123456789abcdef",
            "features",
            0,
            Map.of("baseline", "zero"),
            Map.of("percept", "0"),
            List.of(new AttributionMaps.Picture(EVIL, "pictures/0000.jpg", 1, EVIL, 3.25, 2, "x")),
            List.of(
                new AttributionMaps.Method(
                    "signed",
                    "About it.",
                    "2 steps",
                    "zero",
                    true,
                    true,
                    2,
                    2,
                    0.5,
                    List.of(new AttributionMaps.Gap(1.5, 2))),
                new AttributionMaps.Method("plain", EVIL, "", null, false, false, 9, 0, 12, null)),
            List.of("Left out: nothing"));
    Tensor left = Tensor.of(Shape.of(1, 1, 2, 2), 1, -1, 1, -1);
    Tensor right = Tensor.of(Shape.of(1, 1, 2, 2), 0, 1, 0, 1);
    AttributionFolder folder =
        new AttributionFolder(maps, Map.of("signed", left, "plain", right), List.of(picture));
    return Files.write(dir.resolve("report.html"), AttributionPage.render(folder));
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "390, true"})
  void drawsItselfAndNothingElse(int width, boolean dark, @TempDir Path dir) throws IOException {
    Path file = page(dir);
    try (Browser browser = Browser.start();
        Page page = browser.open(file, "", width, 900, dark)) {
      page.waitForFunction("[...document.querySelectorAll('canvas')].every(c => c.width === 224)");
      assertEquals(List.of(file.toUri().toString()), browser.requests());
      assertEquals(
          width, ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue());
      assertTrue(page.textContent("#rows").contains("adds up to 1.50 of 2.00, 25.0"));
      assertTrue(page.textContent("#rows").contains(EVIL), "a label is text");
      List<String> serious =
          new AxeBuilder(page)
              .analyze().getViolations().stream()
                  .filter(r -> r.getImpact().equals("serious") || r.getImpact().equals("critical"))
                  .map(r -> r.getId() + ": " + r.getNodes().get(0).getHtml())
                  .toList();
      assertEquals(List.of(), serious);
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void coloursSayTheSign(@TempDir Path dir) throws IOException {
    try (Browser browser = Browser.start();
        Page page = browser.open(page(dir), "", 1280, 900, false)) {
      for (String under : List.of("1", "0")) {
        page.check("[name=under][value='" + under + "']", new Page.CheckOptions().setForce(true));
        page.waitForFunction(
            "[...document.querySelectorAll('canvas')].every(c => c.width === 224)");
        assertTrue(red(page, 0, 10) > blue(page, 0, 10), "what raises the score is orange");
        assertTrue(red(page, 0, 210) < blue(page, 0, 210), "what lowers it is blue");
        assertEquals(red(page, 1, 10), blue(page, 1, 10), "nothing has no colour");
        assertTrue(red(page, 1, 210) > blue(page, 1, 210));
      }
    }
  }

  private static int red(Page page, int canvas, int x) {
    return pixel(page, canvas, x, 0);
  }

  private static int blue(Page page, int canvas, int x) {
    return pixel(page, canvas, x, 2);
  }

  private static int pixel(Page page, int canvas, int x, int channel) {
    String script =
        "document.querySelectorAll('canvas')["
            + canvas
            + "].getContext('2d').getImageData("
            + x
            + ", 112, 1, 1).data["
            + channel
            + "]";
    return ((Number) page.evaluate(script)).intValue();
  }
}
