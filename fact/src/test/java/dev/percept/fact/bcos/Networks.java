package dev.percept.fact.bcos;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Small networks with random weights. */
final class Networks {
  private Networks() {}

  /** Two stages, 8 x 8 pictures; every kind of layer that ResNets have. */
  static BcosSpec small() {
    List<ResNetSpec.Stage> stages =
        List.of(new ResNetSpec.Stage(2, 8, 1), new ResNetSpec.Stage(1, 12, 2));
    ResNetSpec body = new ResNetSpec(8, 3, 1, false, ResNetSpec.Block.BASIC, stages);
    return BcosSpec.of(body, 8, 8, 4);
  }

  /** Pooling, bottlenecks with groups, MaxOut, an odd exponent, pictures that are not square. */
  static BcosSpec unusual() {
    List<ResNetSpec.Stage> stages =
        List.of(new ResNetSpec.Stage(1, 8, 1), new ResNetSpec.Stage(2, 16, 2));
    ResNetSpec body = new ResNetSpec(6, 5, 2, true, ResNetSpec.Block.BOTTLENECK, stages, 2, 32);
    return BcosSpec.of(body, 19, 26, 3).withB(1.5).withMaxOut(2).withLogits(0.25, 0.5);
  }

  /** A start whose normalisations do something: after training gains and variances differ. */
  static Map<String, Tensor> weights(BcosSpec spec, long seed) {
    Run run = Run.of(seed);
    RandomGenerator random = run.random("norms");
    Map<String, Tensor> weights = new LinkedHashMap<>(BcosStart.of(spec, run));
    weights.replaceAll(
        (name, t) -> {
          if (t.shape().rank() != 1 || name.endsWith("running_mean")) {
            return t;
          }
          float[] values = new float[t.shape().size()];
          for (int i = 0; i < values.length; i++) {
            // Variances of B-cos layers are far below 1.
            values[i] =
                (name.endsWith("running_var") ? 0.05f : 1) * (0.5f + (float) random.nextDouble());
          }
          return Tensor.wrap(t.shape(), values);
        });
    return weights;
  }

  static BcosNetwork open(BcosSpec spec) {
    return BcosNetwork.of(spec, weights(spec, 11), 1);
  }
}
