package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.LoadedBundle;
import dev.percept.bundle.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // a null fails the test
class SelectionTest {
  @TempDir static Path folder;
  private static LoadedBundle bundle;
  private static Bundle.ClassPart part;

  @BeforeAll
  static void make() {
    bundle =
        SyntheticBundle.write(
            folder.resolve("b"), SyntheticBundle.Spec.plain().concepts(4).pictures(30, 16));
    part = bundle.bundle().classes().get(0);
  }

  @Test
  void everythingIsShownWhereThereIsRoom() {
    Selection all = Selection.of(bundle, part, Selection.CLASS_BYTES);
    assertEquals(16, all.pictures().size());
    assertEquals(part.concepts().get(0).excerpts(), all.excerpts(part.concepts().get(0)));
    assertNull(new ClassBuilder(bundle, 0, Selection.CLASS_BYTES).build().omitted());
  }

  @Test
  void lessRoomMeansFewerPicturesThenFewerCrops() {
    int last = 16;
    int crops = Integer.MAX_VALUE;
    for (long budget : List.of(180_000L, 120_000L, 80_000L, 50_000L, 10_000L)) {
      Selection some = Selection.of(bundle, part, budget);
      int perCard = some.excerpts(part.concepts().get(0)).size();
      assertTrue(some.pictures().size() <= last || perCard < crops, "budget " + budget);
      assertTrue(perCard <= crops, "budget " + budget);
      last = some.pictures().size();
      crops = perCard;
      // The images and maps of the page are within the budget, counted on the page itself.
      PageModel.ClassView view = new ClassBuilder(bundle, 0, budget).build();
      long bytes = 0;
      for (PageModel.PictureView p : view.pictures()) {
        bytes += p.src().length() + p.maps().stream().mapToInt(String::length).sum();
      }
      for (PageModel.ConceptView c : view.concepts()) {
        bytes += c.where().length();
        bytes += c.crops().stream().mapToInt(x -> x.src() == null ? 0 : x.src().length()).sum();
      }
      if (budget > 60_000) {
        assertTrue(bytes <= budget, bytes + " of " + budget);
      }
      assertNotNull(view.omitted());
    }
    // However small the budget, a page has a picture and a crop of each kind.
    assertEquals(1, Selection.of(bundle, part, 1).pictures().size());
    assertEquals(5, Selection.of(bundle, part, 1).excerpts(part.concepts().get(0)).size());
  }

  @Test
  void cropsOfShownPicturesAreNotEmbeddedTwice() {
    PageModel.ClassView view = new ClassBuilder(bundle, 0, Selection.CLASS_BYTES).build();
    int cut = 0;
    for (PageModel.ConceptView c : view.concepts()) {
      for (PageModel.CropView x : c.crops()) {
        assertTrue((x.src() == null) != (x.p() == null));
        if (x.p() != null) {
          cut++;
          assertEquals(x.name(), view.pictures().get(x.p()).name());
        }
      }
    }
    assertTrue(cut > 0);
  }

  @Test
  void thePageSharesItsBudgetAmongItsClasses() {
    assertEquals(Selection.CLASS_BYTES, Selection.budget(bundle.bundle()));
    LoadedBundle twelve =
        SyntheticBundle.write(
            folder.resolve("twelve"),
            SyntheticBundle.Spec.plain()
                .labels("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")
                .concepts(2)
                .pictures(4, 2)
                .map(32, 2));
    assertEquals(Selection.PAGE_BYTES / 12, Selection.budget(twelve.bundle()));
    assertEquals(
        12,
        ReportPageTest.data(
                new String(
                    ReportPage.render(twelve, Names.NONE), java.nio.charset.StandardCharsets.UTF_8))
            .at("/classes")
            .size());
  }

  @Test
  void theSixMostImportantHaveHuesOfTheirOwn() {
    assertEquals(Map.of(0, 0, 1, 1, 2, 2), ClassBuilder.hues(List.of(2, 0, 1)));
    assertEquals(
        Map.of(9, 1, 0, 0, 7, 2, 3, 3, 12, 4, 5, 5),
        ClassBuilder.hues(List.of(9, 0, 7, 3, 12, 5, 1, 2)));
  }
}
