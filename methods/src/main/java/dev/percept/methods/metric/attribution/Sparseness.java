package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The Gini index of the absolute values of a map (Chalasani et al., 2020, <i>Concise Explanations
 * of Neural Networks using Adversarial Training</i>): 0 where all places matter alike, 1 - 1/places
 * where one alone does. A map that is zero everywhere singles out nothing: 0. A map may be sparse
 * and wrong.
 */
public record Sparseness() implements MapMetric {
  @Override
  public String name() {
    return "sparseness";
  }

  @Override
  public Better better() {
    return Better.HIGHER;
  }

  @Override
  public String settings() {
    return "Gini index";
  }

  @Override
  public List<Double> of(Tensor maps) {
    return Places.each(maps, Sparseness::gini);
  }

  private static double gini(float[] map) {
    double[] sizes = new double[map.length];
    Arrays.setAll(sizes, i -> Math.abs((double) map[i]));
    Arrays.sort(sizes);
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < sizes.length; i++) {
      sum += sizes[i];
      weighted += (2.0 * (i + 1) - sizes.length - 1) * sizes[i];
    }
    return sum == 0 ? 0 : Math.max(0, weighted / (sizes.length * sum));
  }
}
