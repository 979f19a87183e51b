package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Box;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropGridTest {
  /** Numbers of crops that the released deel-ai/Craft makes with patches of 64. */
  @ParameterizedTest
  @CsvSource({"224, 16", "256, 16", "299, 25"})
  void bothLayoutsHaveAsManyCropsAsTheRelease(int side, int crops) {
    assertEquals(crops, CropGrid.of(side, side, 64, CropGrid.Layout.PAPER).size());
    assertEquals(crops, CropGrid.of(side, side, 64, CropGrid.Layout.EVEN).size());
  }

  @Test
  void positionsAt224() {
    assertEquals(List.of(0, 51, 102, 153), columns(224, 64, CropGrid.Layout.PAPER));
    assertEquals(List.of(0, 53, 107, 160), columns(224, 64, CropGrid.Layout.EVEN));
    CropGrid grid = CropGrid.of(224, 224, 64, CropGrid.Layout.EVEN);
    assertEquals(new Box(53, 0, 64, 64), grid.boxes().get(1), "row by row");
    assertEquals(new Box(0, 53, 64, 64), grid.boxes().get(4));
  }

  @Test
  void evenCropsSeeEveryPixelAndTouchBothEdges() {
    for (int side = 2; side <= 130; side++) {
      for (int patch = 2; patch <= side; patch++) {
        List<Integer> at = columns(side, patch, CropGrid.Layout.EVEN);
        assertEquals(0, at.get(0));
        assertEquals(side - patch, at.get(at.size() - 1));
        for (int i = 1; i < at.size(); i++) {
          int step = at.get(i) - at.get(i - 1);
          assertTrue(step >= 1 && step <= patch, side + ", " + patch + ": step " + step);
        }
        int released = columns(side, patch, CropGrid.Layout.PAPER).size();
        assertTrue(at.size() >= released && at.size() <= released + 1, side + ", " + patch);
        if (released * patch >= side) {
          assertEquals(released, at.size(), "no more than needed: " + side + ", " + patch);
        }
      }
    }
  }

  @Test
  void thePaperGridIsTheReleasedRange() {
    for (int side = 2; side <= 130; side++) {
      for (int patch = 2; patch <= side; patch++) {
        List<Integer> at = columns(side, patch, CropGrid.Layout.PAPER);
        // range(0, side - patch + 1, floor(0.8 patch))
        int stride = (int) (0.8 * patch);
        int i = 0;
        for (int x = 0; x < side - patch + 1; x += stride) {
          assertEquals(x, at.get(i++));
        }
        assertEquals(i, at.size());
      }
    }
  }

  @Test
  void theDefaultPatchIsTwoSevenths() {
    assertEquals(64, CropGrid.defaultPatch(224, 224));
    assertEquals(9, CropGrid.defaultPatch(32, 32));
    assertEquals(2, CropGrid.defaultPatch(4, 4));
  }

  @Test
  void aPatchThatDoesNotFitIsRefused() {
    for (int patch : new int[] {-1, 0, 1, 33}) {
      assertEquals(
          "patch: 2 to 32 pixels, found " + patch,
          assertThrows(
                  IllegalArgumentException.class,
                  () -> CropGrid.of(40, 32, patch, CropGrid.Layout.EVEN))
              .getMessage());
    }
    assertEquals(1, CropGrid.of(32, 32, 32, CropGrid.Layout.EVEN).size());
  }

  private static List<Integer> columns(int side, int patch, CropGrid.Layout layout) {
    return CropGrid.of(side, patch, patch, layout).boxes().stream().map(Box::x).toList();
  }
}
