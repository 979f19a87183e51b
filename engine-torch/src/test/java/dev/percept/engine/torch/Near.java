package dev.percept.engine.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;

/** Comparison by relative L2. */
public final class Near {
  private Near() {}

  /** {@code |a - b| / |a|}. */
  public static double distance(Tensor a, Tensor b) {
    assertEquals(a.shape(), b.shape());
    double difference = 0;
    double length = 0;
    for (int i = 0; i < a.shape().size(); i++) {
      double d = (double) a.get(i) - b.get(i);
      difference += d * d;
      length += (double) a.get(i) * a.get(i);
    }
    return length == 0 ? Math.sqrt(difference) : Math.sqrt(difference / length);
  }

  public static void assertNear(Tensor expected, Tensor found, double tolerance, String what) {
    double distance = distance(expected, found);
    assertTrue(distance <= tolerance, what + ": relative L2 " + distance);
  }

  /** Uniform values. */
  public static Tensor random(Shape shape, double low, double high) {
    RandomGenerator random = Run.of(11).random("inputs");
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return Tensor.wrap(shape, values);
  }
}
