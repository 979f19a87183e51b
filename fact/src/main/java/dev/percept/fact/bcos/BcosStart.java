package dev.percept.fact.bcos;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * Weights before training, as the public B-cos v2 starts: He's normal distribution by fan-out for
 * convolutions, uniform by fan-in for linear layers, normalisations that change nothing.
 */
public final class BcosStart {
  private BcosStart() {}

  /** Weights for {@code spec}; the same seed gives the same on every machine. */
  public static Map<String, Tensor> of(BcosSpec spec, Run run) {
    RandomGenerator random = run.random("bcos.start");
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Parameter p : spec.plan().parameters()) {
      weights.put(p.name(), values(p, random));
    }
    return weights;
  }

  private static Tensor values(Parameter p, RandomGenerator random) {
    Shape shape = p.shape();
    return switch (p.kind()) {
      case FILTERS -> {
        double deviation = Math.sqrt(2.0 / shape.dim(0) / shape.dim(2) / shape.dim(3));
        yield filled(shape, () -> random.nextGaussian() * deviation);
      }
      case ROWS, LINEAR -> {
        double bound = 1 / Math.sqrt(shape.dim(1));
        yield filled(shape, () -> (2 * random.nextDouble() - 1) * bound);
      }
      case GAIN, RUNNING_VARIANCE -> filled(shape, () -> 1);
      case RUNNING_MEAN -> Tensor.zeros(shape);
    };
  }

  private static Tensor filled(Shape shape, DoubleSupplier next) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) next.getAsDouble();
    }
    return Tensor.wrap(shape, values);
  }
}
