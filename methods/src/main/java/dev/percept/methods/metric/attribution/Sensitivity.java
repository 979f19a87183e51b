package dev.percept.methods.metric.attribution;

import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How far a map moves when the picture hardly does (Yeh et al., 2019, <i>On the (In)fidelity and
 * Sensitivity of Explanations</i>; the mean is the average sensitivity of Bhatt et al., 2020): the
 * distance of the map of a perturbed picture from that of the picture, divided by the length of the
 * latter so that methods of different scale can be compared. Random methods draw the same numbers
 * each time, so what is measured comes from the picture. A method that ignores the model is most
 * stable of all.
 *
 * @param over the mean over perturbations (average stability) or the largest (sensitivity-max)
 * @param radius each value moves by at most this share of its picture's range (largest less
 *     smallest value), uniformly; more than 0 and at most 1
 * @param samples how many perturbations a picture, at least 1
 */
public record Sensitivity(Over over, double radius, int samples) implements RerunMetric {
  /** What is kept of the distances of one picture. */
  public enum Over {
    MEAN,
    MAX
  }

  public Sensitivity {
    if (!(radius > 0 && radius <= 1)) {
      throw new IllegalArgumentException(
          "sensitivity radius: more than 0 and at most 1, found " + radius);
    }
    if (samples < 1) {
      throw new IllegalArgumentException("sensitivity samples: at least 1, found " + samples);
    }
  }

  @Override
  public String name() {
    return over == Over.MEAN ? "average-stability" : "sensitivity-max";
  }

  @Override
  public Better better() {
    return Better.LOWER;
  }

  @Override
  public String settings() {
    return samples + " perturbations within " + 100 * radius + " % of the picture's range";
  }

  @Override
  public <S extends Score> List<Double> of(
      Attributor<? super S> attributor, S score, Tensor inputs, Tensor maps, Run run) {
    return of(distances(attributor, score, inputs, maps, run));
  }

  /** The metric of distances that {@link #distances} measured; the means and largest share them. */
  public List<Double> of(List<List<Double>> distances) {
    return distances.stream()
        .map(
            d ->
                over == Over.MEAN
                    ? d.stream().mapToDouble(v -> v).average().orElseThrow()
                    : d.stream().mapToDouble(v -> v).max().orElseThrow())
        .toList();
  }

  /**
   * Distances of the maps of perturbed inputs.
   *
   * @return n lists of {@code samples} relative distances; where a map is zero everywhere, 0 if it
   *     stays so, else 1
   */
  public <S extends Score> List<List<Double>> distances(
      Attributor<? super S> attributor, S score, Tensor inputs, Tensor maps, Run run) {
    Places.check(maps, inputs, score.inputShape());
    List<List<Double>> distances = new ArrayList<>();
    for (int i = 0; i < inputs.rows(); i++) {
      distances.add(new ArrayList<>());
    }
    RandomGenerator random = run.random("sensitivity.perturbations");
    float[] ranges = ranges(inputs);
    for (int s = 0; s < samples; s++) {
      run.throwIfCancelled();
      Tensor moved = perturb(inputs, ranges, random);
      Tensor others = Places.of(attributor.attribute(score, moved, run), score.inputShape());
      for (int i = 0; i < inputs.rows(); i++) {
        distances.get(i).add(distance(maps.row(i), others.row(i)));
      }
    }
    return distances;
  }

  private static float[] ranges(Tensor inputs) {
    float[] ranges = new float[inputs.rows()];
    for (int i = 0; i < ranges.length; i++) {
      float[] sorted = inputs.row(i).toArray();
      Arrays.sort(sorted);
      ranges[i] = sorted[sorted.length - 1] - sorted[0];
    }
    return ranges;
  }

  /** Every input moves in the same direction, each by its own range. */
  private Tensor perturb(Tensor inputs, float[] ranges, RandomGenerator random) {
    Shape shape = inputs.shape();
    int each = shape.example().size();
    float[] moved = inputs.toArray();
    for (int at = 0; at < each; at++) {
      double direction = radius * (2 * random.nextDouble() - 1);
      for (int i = 0; i < ranges.length; i++) {
        moved[i * each + at] += (float) (direction * ranges[i]);
      }
    }
    return Tensor.wrap(shape, moved);
  }

  private static double distance(Tensor map, Tensor other) {
    double apart = 0;
    double length = 0;
    for (int at = 0; at < map.shape().size(); at++) {
      double d = (double) map.get(at) - other.get(at);
      apart += d * d;
      length += (double) map.get(at) * map.get(at);
    }
    if (length == 0) {
      return apart == 0 ? 0 : 1;
    }
    return Math.sqrt(apart / length);
  }
}
