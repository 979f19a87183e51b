package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.LoadedBundle;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // a null fails the test
class MapsAndTreeTest {
  @TempDir Path folder;

  private LoadedBundle bundle() {
    return SyntheticBundle.write(
        folder.resolve("b"),
        SyntheticBundle.Spec.plain().concepts(4).pictures(30, 16).withMapsAndTree());
  }

  @Test
  void aMapIsScaledToTheStrengthOfItsConceptAndLosesWhatLowersIt() {
    Tensor maps = Tensor.of(Shape.of(1, 2, 1, 3), 2, -8, 1, 0, 0, 0);
    MethodMaps page = new MethodMaps(maps);
    assertArrayEquals(new byte[] {127, 0, 64}, decode(page.picture(0, 0, 127 / 255.)));
    assertArrayEquals(new byte[3], decode(page.picture(0, 1, 1)), "a map of zeros stays empty");
  }

  @Test
  void fineMapsAreAveraged() {
    float[] values = new float[56 * 56];
    values[0] = 4;
    values[57] = 4;
    values[2] = 4;
    MethodMaps page = new MethodMaps(Tensor.wrap(Shape.of(1, 1, 56, 56), values));
    byte[] bytes = decode(page.picture(0, 0, 1));
    assertEquals(28 * 28, bytes.length);
    assertEquals(255, bytes[0] & 0xff);
    assertEquals(128, bytes[1] & 0xff);
    assertEquals(0, bytes[2]);
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  @Test
  void mapsAndTreesAreCountedInTheSizeOfThePage() {
    LoadedBundle bundle = bundle();
    Bundle.ClassPart part = bundle.bundle().classes().get(0);
    for (long budget : List.of(Selection.CLASS_BYTES, 180_000L, 120_000L)) {
      PageModel.ClassView view = new ClassBuilder(bundle, 0, budget).build();
      long bytes = 0;
      for (PageModel.PictureView p : view.pictures()) {
        bytes += p.src().length() + p.maps().stream().mapToInt(String::length).sum();
        bytes += p.also().stream().flatMap(List::stream).mapToInt(String::length).sum();
      }
      for (PageModel.ConceptView c : view.concepts()) {
        bytes += c.where().length() + own(c.crops());
      }
      for (TreeView.Node node : view.tree().roots()) {
        bytes += own(node);
      }
      assertTrue(bytes <= budget, bytes + " of " + budget);
    }
    assertEquals(List.of(0, 1), part.maps().get(0).pictures());
    PageModel.ClassView view = new ClassBuilder(bundle, 0, Selection.CLASS_BYTES).build();
    assertEquals(4, view.pictures().get(1).also().get(1).size());
    assertEquals(0, view.pictures().get(2).also().get(1).size());
  }

  private static long own(TreeView.Node node) {
    return own(node.crops()) + node.children().stream().mapToLong(MapsAndTreeTest::own).sum();
  }

  private static long own(List<PageModel.CropView> crops) {
    return crops.stream().mapToInt(x -> x.src() == null ? 0 : x.src().length()).sum();
  }

  @Test
  void aTreeSaysWhatWasTakenApartAndWhatWasNot() {
    LoadedBundle bundle = bundle();
    TreeView tree = new ClassBuilder(bundle, 0, Selection.CLASS_BYTES).build().tree();
    assertEquals(List.of(0, 3), tree.whole());
    assertEquals(List.of("1", "2"), tree.roots().stream().map(TreeView.Node::name).toList());
    TreeView.Node one = tree.roots().get(0);
    assertNull(one.outcome());
    assertTrue(one.say().startsWith("Taken apart at mid, on the 3 crops"), one.say());
    assertTrue(one.say().contains("93"), one.say());
    assertEquals("1.0", one.children().get(0).name());
    assertTrue(one.children().get(0).say().startsWith("Taken apart at early"));
    assertEquals(4, one.children().get(1).crops().size());
    assertTrue(tree.roots().get(1).outcome().contains("too few"));
    assertEquals(.3, tree.scale());
  }
}
