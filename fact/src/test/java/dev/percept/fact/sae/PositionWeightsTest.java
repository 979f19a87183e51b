package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import org.junit.jupiter.api.Test;

class PositionWeightsTest {
  /** Feature 1 wins; at the four places it is 1, 2, 3 and 4. */
  private static final Tensor INPUT =
      Tensor.of(Shape.of(1, 3, 2, 2), 0, 0, 0, 0, 1, 2, 3, 4, 1, 0, 0, 0);

  @Test
  void aPlaceCountsByWhatItAddsToTheAnswer() {
    PositionWeights weights = PositionWeights.of(new SmallModel());
    assertEquals("estimated", weights.name());
    PositionWeights.Weighted found = weights.of(INPUT);
    assertArrayEquals(new float[] {1, 4, 0, 2}, found.weights().toArray(), 1e-6f);
    assertEquals(Shape.of(1, 4, 3), found.activations().values().shape());
  }

  @Test
  void withoutGradientsAllCountAlikeAndTheResultSaysSo() {
    PositionWeights uniform = PositionWeights.uniform(new SmallModel());
    assertEquals("uniform", uniform.name());
    assertArrayEquals(new float[] {1, 1, 1, 1}, uniform.of(INPUT).weights().toArray());
  }

  @Test
  void rowsAreThoseOfTheDrawnPlacesAndDoNotDependOnBatches() {
    Tensor inputs = Weights.gaussian("inputs", 10, 3, 2, 2);
    SmallModel model = new SmallModel();
    SampledActivations source =
        new SampledActivations(
            model,
            SmallModel.examples(inputs),
            PositionWeights.of(model),
            2,
            4,
            "print",
            Run.of(1));
    assertEquals("estimated", source.source().weighting());
    Tensor together = source.rows(0, 10);
    assertEquals(Shape.of(20, 3), together.shape());
    for (int i = 0; i < 10; i++) {
      assertArrayEquals(
          together.slice(2 * i, 2 * i + 2).toArray(), source.rows(i, i + 1).toArray());
      // Each row is that of some place of its picture, and never that of the place without weight.
      for (int row = 2 * i; row < 2 * i + 2; row++) {
        boolean found = false;
        for (int l : new int[] {0, 1, 3}) {
          boolean same = true;
          for (int j = 0; j < 3; j++) {
            same &= together.get(row, j) == inputs.get((i * 3 + j) * 4 + l);
          }
          found |= same;
        }
        assertTrue(found, "row " + row);
      }
    }
  }
}
