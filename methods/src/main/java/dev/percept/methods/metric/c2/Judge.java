package dev.percept.methods.metric.c2;

import dev.percept.core.Grid;
import dev.percept.core.Tensor;

/**
 * Who says whether two regions look alike: feature maps of the pictures on which concepts are
 * marked. It should be trained without labels (DINOv2): a judge that was trained to tell the same
 * classes apart finds whatever goes with a class consistent. Safe for use from several threads.
 */
public interface Judge {
  /** How many pictures there are. */
  int pictures();

  /** The places of a feature map; nothing but places. */
  Grid grid();

  /** d, the number of features at a place. */
  int features();

  /**
   * Feature maps of pictures {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @return m x L x d
   */
  Tensor look(int from, int to);
}
