package dev.percept.methods.metric.attribution;

import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Tensor;
import java.util.List;

/** A metric that runs the attribution method again. */
public interface RerunMetric extends AttributionMetric {
  /**
   * Measures a method.
   *
   * @param attributor the method that gave the maps
   * @param score what it explained
   * @param inputs n inputs, n x c x height x width
   * @param maps what it gave, n x height x width
   * @return n values
   * @throws IllegalArgumentException if shapes do not fit or a value of the maps is not finite
   */
  <S extends Score> List<Double> of(
      Attributor<? super S> attributor, S score, Tensor inputs, Tensor maps, Run run);
}
