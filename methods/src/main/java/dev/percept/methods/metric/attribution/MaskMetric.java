package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;
import java.util.List;

/**
 * A metric against masks of where the thing is. It measures agreement with a person, not with the
 * model: a model that decides by the background is rightly explained outside the mask.
 */
public interface MaskMetric extends AttributionMetric {
  /**
   * Measures maps.
   *
   * @param maps n x height x width
   * @param masks n x height x width; above 0 is inside
   * @return n values from 0 to 1
   * @throws IllegalArgumentException if shapes do not fit, a value is not finite, or a mask is
   *     empty
   */
  List<Double> of(Tensor maps, Tensor masks);
}
