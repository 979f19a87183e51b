package dev.percept.fact.bcos;

import dev.percept.core.Shape;

/**
 * A tensor of a state dict.
 *
 * @param name as in the public B-cos v2, for example {@code layer1.0.conv1.linear.weight}
 * @param shape its shape
 * @param kind what it is
 */
record Parameter(String name, Shape shape, Kind kind) {
  /** What a tensor is: how it starts, whether it is learnt. */
  enum Kind {
    /** Filters of a B-cos convolution, used at unit length; He's normal start by fan-out. */
    FILTERS,
    /** Rows of a B-cos linear layer, used at unit length; uniform start by fan-in. */
    ROWS,
    /** A plain linear layer without bias; uniform start by fan-in. */
    LINEAR,
    /** Factors of a normalisation; start at 1. */
    GAIN,
    /** Running mean, which nothing reads, but checkpoints have it; stays 0. */
    RUNNING_MEAN,
    /** Running variance; starts at 1. */
    RUNNING_VARIANCE;

    boolean isLearnt() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }

    boolean isUnit() {
      return this == FILTERS || this == ROWS;
    }
  }
}
