package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeOfMapsTest {
  private static Tensor map(float... values) {
    return Tensor.of(Shape.of(1, 1, values.length), values);
  }

  private static double gini(float... values) {
    return new Sparseness().of(map(values)).get(0);
  }

  private static double entropy(float... values) {
    return new Complexity().of(map(values)).get(0);
  }

  @Test
  void giniOfKnownMaps() {
    assertEquals(0.75, gini(0, 0, 5, 0), 1e-12);
    assertEquals(0, gini(2, 2, -2, 2), 1e-12);
    // 1 ... n: (n - 1) / (3n) ... by hand for 1, 2, 3, 4: (-3 - 2 + 3 + 12) / 40.
    assertEquals(0.25, gini(4, -1, 3, 2), 1e-12);
    assertEquals(0, gini(0, 0));
  }

  @Test
  void entropyOfKnownMaps() {
    assertEquals(0, entropy(0, 0, -5, 0), 1e-12);
    assertEquals(Math.log(4), entropy(2, 2, -2, 2), 1e-12);
    assertEquals(1.5 * Math.log(2), entropy(2, 1, 1), 1e-12);
    assertEquals(Math.log(3), entropy(0, 0, 0), 1e-12);
  }

  @Test
  void wherePlacesAreDoesNotMatter() {
    List<Float> values = Arrays.asList(0.5f, -2f, 7f, 0f, 1f, 1f, 3f, 0.25f);
    Tensor before = map(floats(values));
    Collections.shuffle(values, new java.util.Random(1));
    Tensor after = map(floats(values));
    assertEquals(new Sparseness().of(before).get(0), new Sparseness().of(after).get(0), 1e-12);
    assertEquals(new Complexity().of(before).get(0), new Complexity().of(after).get(0), 1e-12);
  }

  @Test
  void aHigherContrastIsSparserAndSimpler() {
    float[] map = {1, 2, 3, 4, 5, 6};
    float[] sharper = {1, 4, 9, 16, 25, 36};
    assertEquals(1, Double.compare(gini(sharper), gini(map)));
    assertEquals(-1, Double.compare(entropy(sharper), entropy(map)));
  }

  private static float[] floats(List<Float> values) {
    float[] out = new float[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.get(i);
    }
    return out;
  }
}
