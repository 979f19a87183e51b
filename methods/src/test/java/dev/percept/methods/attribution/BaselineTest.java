package dev.percept.methods.attribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final Shape SHAPE = Shape.of(2, 5, 7);
  private static final Tensor X = Toys.inputs(3, SHAPE, 1);
  private static final Run RUN = Run.of(1);

  @Test
  void meanIsOfEachChannelOfEachPicture() {
    Tensor found = new Baseline.Mean().of(X, RUN);
    for (int plane = 0; plane < 6; plane++) {
      double sum = 0;
      for (int p = 0; p < 35; p++) {
        sum += X.get(plane * 35 + p);
      }
      for (int p = 0; p < 35; p++) {
        assertEquals(sum / 35, found.get(plane * 35 + p), 1e-6);
      }
    }
  }

  @Test
  void colourIsOfEachChannel() {
    Tensor found = new Baseline.Colour(List.of(0.5f, -2f)).of(X, RUN);
    assertEquals(0.5f, found.get(34));
    assertEquals(-2f, found.get(35));
    assertEquals(0.5f, found.get(70));
    assertThrows(IllegalArgumentException.class, () -> new Baseline.Colour(List.of(1f)).of(X, RUN));
    assertThrows(IllegalArgumentException.class, () -> new Baseline.Colour(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Baseline.Colour(List.of(Float.NaN)));
  }

  @Test
  void noiseIsInTheRangeOfItsChannelAndTheSameForAllPictures() {
    Tensor found = new Baseline.Noise().of(X, RUN);
    for (int plane = 0; plane < 6; plane++) {
      float[] values = new float[35];
      X.copyTo(plane * 35, values, 0, 35);
      Arrays.sort(values);
      float shift = found.get(plane * 35) - values[0];
      float share = shift / (values[34] - values[0]);
      for (int p = 0; p < 35; p++) {
        float v = found.get(plane * 35 + p);
        assertTrue(v >= values[0] && v <= values[34]);
      }
      float first = X.get(0); // Of use only to see that pictures differ.
      assertFalse(Float.isNaN(first));
      float[] other = new float[35];
      int twin = (plane + 2) % 6;
      X.copyTo(twin * 35, other, 0, 35);
      Arrays.sort(other);
      assertEquals(share, (found.get(twin * 35) - other[0]) / (other[34] - other[0]), 1e-5);
    }
    assertFalse(Arrays.equals(found.toArray(), new Baseline.Noise().of(X, Run.of(2)).toArray()));
  }

  @Test
  void blurKeepsWhatIsEvenAndSpreadsAPoint() {
    Tensor even = Tensor.of(Shape.of(1, 1, 3, 3), 2, 2, 2, 2, 2, 2, 2, 2, 2);
    assertArrayEquals(even.toArray(), new Baseline.Blur(4).of(even, RUN).toArray(), 1e-6f);
    float[] point = new float[41 * 41];
    point[20 * 41 + 20] = 1;
    Tensor dot = Tensor.wrap(Shape.of(1, 1, 41, 41), point);
    Tensor found = new Baseline.Blur(2).of(dot, RUN);
    double norm = 0;
    for (int d = -6; d <= 6; d++) {
      norm += Math.exp(-d * d / 8.0);
    }
    assertEquals(1 / (norm * norm), found.get(20 * 41 + 20), 1e-7);
    assertEquals(Math.exp(-(9 + 1) / 8.0) / (norm * norm), found.get(23 * 41 + 19), 1e-7);
    assertThrows(IllegalArgumentException.class, () -> new Baseline.Blur(0));
  }

  @Test
  void aPictureDoesNotDependOnTheOthers() {
    for (Baseline b :
        List.of(
            new Baseline.Zero(),
            new Baseline.Mean(),
            new Baseline.Blur(1.5),
            new Baseline.Noise())) {
      float[] all = b.of(X, RUN).row(2).toArray();
      assertArrayEquals(all, b.of(X.slice(2, 3), RUN).toArray(), 0f);
      assertFalse(b.words().isBlank());
    }
  }
}
