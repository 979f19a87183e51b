package dev.percept.methods.compare;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.ConceptOrder;
import dev.percept.methods.metric.MaskedLogits;
import dev.percept.methods.metric.attribution.Correlation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the score of one picture loses when several concepts go together (Bhatt, Weller and Moura,
 * IJCAI 2020).
 *
 * @param subsets concepts of each subset
 * @param drops what the score loses without them
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one comparison, never compared.
record SubsetDrops(int[][] subsets, double[] drops) {

  static SubsetDrops of(
      MaskedLogits example,
      int target,
      ImportanceComparison.Options options,
      RandomGenerator random) {
    int r = example.concepts();
    int size = (int) Math.max(1, Math.min(r - 1, Math.round(options.share() * r)));
    int[][] subsets = new int[options.subsets()][];
    float[] masks = new float[(subsets.length + 1) * r];
    Arrays.fill(masks, 1);
    for (int i = 0; i < subsets.length; i++) {
      subsets[i] = Arrays.copyOf(ConceptOrder.random(r, random), size);
      for (int k : subsets[i]) {
        masks[(i + 1) * r + k] = 0;
      }
    }
    double[] f =
        ImportanceComparison.column(
            example.logits(Tensor.wrap(Shape.of(subsets.length + 1, r), masks)), target);
    double[] drops = new double[subsets.length];
    for (int i = 0; i < drops.length; i++) {
      drops[i] = f[0] - f[i + 1];
    }
    return new SubsetDrops(subsets, drops);
  }

  /** For each list of r values, how their sums over the subsets go with the drops. */
  List<Double> fidelity(List<double[]> values) {
    List<Double> found = new ArrayList<>();
    for (double[] of : values) {
      double[] sums = new double[subsets.length];
      for (int i = 0; i < sums.length; i++) {
        for (int k : subsets[i]) {
          sums[i] += of[k];
        }
      }
      found.add(Correlation.pearson(sums, drops));
    }
    return found;
  }
}
