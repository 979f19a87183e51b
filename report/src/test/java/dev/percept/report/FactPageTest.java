package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.FactExplanation;
import dev.percept.bundle.FactFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactPageTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  private static String text(List<Part> parts) {
    return parts.stream()
        .map(p -> p.c() != null ? "[" + p.c() + "]" : String.valueOf(p.t()))
        .collect(Collectors.joining());
  }

  @Test
  void whatIsWrittenIsTextAndTheSameEachTime(@TempDir Path dir) throws IOException {
    SyntheticFact.Spec spec = new SyntheticFact.Spec(List.of("bird", HOSTILE), 3, 2, true);
    SyntheticFact.write(dir.resolve("a"), spec);
    SyntheticFact.write(dir.resolve("b"), spec);
    byte[] page = Files.readAllBytes(dir.resolve("a/report.html"));
    assertArrayEquals(page, Files.readAllBytes(dir.resolve("b/report.html")));
    String text = new String(page, StandardCharsets.UTF_8);
    assertFalse(text.contains("<img src=x"), "a label is never markup");
    assertTrue(text.contains("default-src 'none'; img-src data:; style-src 'sha256-"));
  }

  @Test
  void theFindingNamesTheConceptsOfTheClassWithTheirShares(@TempDir Path dir) {
    SyntheticFact.write(dir.resolve("a"), SyntheticFact.Spec.plain());
    FactExplanation e = FactFolder.read(dir.resolve("a")).explanation();
    FactModel model = new FactBuilder(FactFolder.read(dir.resolve("a"))).build();
    FactExplanation.OfClass fish = e.classes().get(3);
    FactModel.ClassView view = model.classes().get(3);
    String headline = text(view.headline());
    assertTrue(
        headline.contains(
            Plain.percent(fish.roles().get(0).share())
                + " is ["
                + fish.roles().get(0).concept()
                + "]"),
        headline);
    // Eight pictures are few, and no check is worse than that.
    String caution = text(view.caution());
    assertTrue(caution.contains("eight pictures"), caution);
    // The sticker turns the birds, butterflies and cats that carry it.
    String mistakes = text(view.findings().get(view.findings().size() - 1).text());
    assertTrue(mistakes.contains("right once [12] is taken away"), mistakes);
  }

  @Test
  void conceptsOfAClassDoNotShareAHueAndKeepTheirsEverywhere(@TempDir Path dir) {
    SyntheticFact.write(dir.resolve("a"), SyntheticFact.Spec.plain());
    FactModel model = new FactBuilder(FactFolder.read(dir.resolve("a"))).build();
    FactHues hues = new FactHues(FactFolder.read(dir.resolve("a")).explanation());
    for (FactModel.ClassView view : model.classes()) {
      Set<Integer> seen = new HashSet<>();
      for (FactModel.RoleView role : view.concepts().subList(0, 6)) {
        int hue = hues.of(role.id());
        assertTrue(hue < 0 || seen.add(hue), "concept " + role.id() + " shares hue " + hue);
      }
      assertTrue(seen.size() >= 3, "hues: " + seen);
    }
  }

  @Test
  void theSumOfAClassIsItsMeanScore(@TempDir Path dir) {
    SyntheticFact.write(dir.resolve("a"), SyntheticFact.Spec.plain());
    for (FactModel.ClassView view :
        new FactBuilder(FactFolder.read(dir.resolve("a"))).build().classes()) {
      double sum = view.bias() + view.other();
      for (FactModel.RoleView role : view.concepts()) {
        sum += role.mean();
      }
      assertEquals(view.logit(), sum, 1e-9);
    }
  }

  @Test
  void aPageThatIsFullLeavesMapsOutAndSaysSo(@TempDir Path dir) {
    SyntheticFact.write(dir.resolve("a"), SyntheticFact.Spec.plain());
    FactFolder folder = FactFolder.read(dir.resolve("a"));
    FactImages images = new FactImages(folder, 40_000);
    folder.explanation().pictures().forEach(p -> images.picture(p.file()));
    int before = images.urls().size();
    folder.explanation().concepts().forEach(k -> k.byPresence().forEach(s -> images.map(s.map())));
    assertEquals(folder.explanation().pictures().size(), before, "pictures are never left out");
    assertTrue(images.omitted() > 0);
    long bytes = images.urls().stream().skip(before).mapToLong(String::length).sum();
    assertTrue(bytes <= 40_000, "maps of " + bytes + " bytes");
  }

  @Test
  void aBoxLiesAroundTheStrongPartOfAMap() throws IOException {
    BufferedImage map = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
    for (int y = 60; y < 90; y++) {
      for (int x = 10; x < 40; x++) {
        map.setRGB(x, y, 0xff808080);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(map, "png", png);
    List<Double> box = FactImages.box(png.toByteArray());
    // The smallest window has side 32 and all that hold the square are equal: it is in the middle.
    assertEquals(List.of(.09, .59, .32, .32), box);
    assertEquals(List.of(0., 0., 1., 1.), FactImages.box(new byte[] {1, 2, 3}));
  }
}
