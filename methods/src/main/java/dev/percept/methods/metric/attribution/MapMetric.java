package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;
import java.util.List;

/** A metric of the map alone: how it looks, not whether it is right. */
public interface MapMetric extends AttributionMetric {
  /**
   * Measures maps.
   *
   * @param maps n x height x width
   * @return n values
   * @throws IllegalArgumentException if a value is not finite or there are no maps
   */
  List<Double> of(Tensor maps);
}
