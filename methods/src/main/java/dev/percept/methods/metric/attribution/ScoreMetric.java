package dev.percept.methods.metric.attribution;

import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Tensor;
import java.util.List;

/** A metric that asks the model about changed pictures. */
public interface ScoreMetric extends AttributionMetric {
  /**
   * Measures maps. Inputs are never mixed: each picture's value is what it would be alone.
   *
   * @param score what the maps explain, or another reading of it such as its probability
   * @param inputs n inputs, n x c x height x width
   * @param maps n x height x width
   * @return n values
   * @throws IllegalArgumentException if shapes do not fit or a value of the maps is not finite
   */
  List<Double> of(Score score, Tensor inputs, Tensor maps, Run run);
}
