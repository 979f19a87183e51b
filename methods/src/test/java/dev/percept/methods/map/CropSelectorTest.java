package dev.percept.methods.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CropSelectorTest {
  private static final Tensor AXIS = Tensor.of(Shape.of(1, 101), unit(101, 0));

  /** n crops of n pictures; crop i has code n - i, and looks like nothing else. */
  private static Crops distinct(int n) {
    float[] codes = new float[n];
    float[] activations = new float[n * 101];
    List<CropBox> boxes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      codes[i] = n - i;
      activations[i * 101 + 1 + i] = 1;
      boxes.add(new CropBox(i, 0, 0, 10, 10));
    }
    return new Crops(codes, activations, boxes);
  }

  @SuppressWarnings("ArrayRecordComponent") // A fixture that tests change.
  private record Crops(float[] codes, float[] activations, List<CropBox> boxes) {
    ConceptCrops select(CropSelector selector) {
      int n = codes.length;
      return selector
          .select(
              Tensor.of(Shape.of(n, 1), codes),
              Tensor.of(Shape.of(n, 101), activations),
              AXIS,
              boxes)
          .get(0);
    }
  }

  @Test
  void cropsComeFromTheQuantilesOfTheActiveOnes() {
    Crops crops = distinct(100);
    // The last 20 do not show the concept at all.
    for (int i = 80; i < 100; i++) {
      crops.codes[i] = 0;
    }
    ConceptCrops chosen = crops.select(CropSelector.of(2));
    assertEquals(List.of(0, 1), chosen.levels().get(0).crops());
    assertEquals(1, chosen.levels().get(0).quantile());
    assertEquals(List.of(8, 7), chosen.levels().get(1).crops());
    assertEquals(List.of(20, 19), chosen.levels().get(2).crops());
    assertEquals(List.of(40, 39), chosen.levels().get(3).crops());
  }

  @Test
  void overlappingBoxesOfOnePictureAreShownOnce() {
    Crops crops = distinct(4);
    crops.boxes.set(1, new CropBox(0, 5, 0, 10, 10));
    crops.boxes.set(2, new CropBox(0, 9, 0, 10, 10));
    assertEquals(List.of(0, 2, 3), crops.select(top(4)).levels().get(0).crops());
  }

  @Test
  void theSamePictureUnderAnotherNameIsShownOnce() {
    Crops crops = distinct(3);
    crops.activations[101 + 2] = 0;
    crops.activations[101 + 1] = 7;
    assertEquals(List.of(0, 2), crops.select(top(3)).levels().get(0).crops());
  }

  @Test
  void noCropIsShownAtTwoLevels() {
    ConceptCrops chosen = distinct(5).select(CropSelector.of(3));
    List<Integer> all = new ArrayList<>();
    chosen.levels().forEach(level -> all.addAll(level.crops()));
    assertEquals(5, all.size());
    assertEquals(5, all.stream().distinct().count());
  }

  @Test
  void counterExamplesLookRightAndHaveNoCode() {
    Crops crops = distinct(6);
    crops.codes[3] = 0;
    crops.codes[4] = 0.1f;
    crops.codes[5] = 0;
    crops.activations[3 * 101] = 0.5f;
    crops.activations[4 * 101] = 3;
    // Crop 5 does not look like the concept; crop 0 does, and has its code.
    crops.activations[0] = 9;
    assertEquals(List.of(4, 3), crops.select(top(1)).counterExamples());
  }

  @Test
  void aDeadConceptHasNoCrops() {
    Crops crops = distinct(4);
    Arrays.fill(crops.codes, 0);
    ConceptCrops chosen = crops.select(CropSelector.of(2));
    assertTrue(chosen.levels().stream().allMatch(level -> level.crops().isEmpty()));
  }

  @Test
  void overlapIsTheShareOfTheSmallerBox() {
    CropBox large = new CropBox(0, 0, 0, 10, 10);
    assertEquals(1, large.overlap(new CropBox(0, 2, 2, 2, 2)));
    assertEquals(0.25, large.overlap(new CropBox(0, 5, 5, 10, 10)));
    assertEquals(0, large.overlap(new CropBox(0, 10, 0, 10, 10)));
    assertEquals(0, large.overlap(new CropBox(1, 0, 0, 10, 10)));
    assertThrows(IllegalArgumentException.class, () -> new CropBox(0, 0, 0, 0, 1));
  }

  @Test
  void unfitArgumentsAreRefused() {
    Crops crops = distinct(3);
    crops.boxes.remove(0);
    assertThrows(IllegalArgumentException.class, () -> crops.select(top(1)));
    assertThrows(
        IllegalArgumentException.class, () -> new CropSelector(List.of(1.5), 1, 1, 0.25, 0.98));
    assertThrows(
        IllegalArgumentException.class, () -> new CropSelector(List.of(1.), 0, 1, 0.25, 0.98));
    assertThrows(
        IllegalArgumentException.class, () -> new CropSelector(List.of(1.), 1, 1, 2, 0.98));
  }

  private static CropSelector top(int count) {
    return new CropSelector(List.of(1.0), count, 2, 0.25, 0.98);
  }

  private static float[] unit(int size, int at) {
    float[] values = new float[size];
    values[at] = 1;
    return values;
  }
}
