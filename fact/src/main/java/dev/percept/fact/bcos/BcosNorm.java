package dev.percept.fact.bcos;

/**
 * How a B-cos network normalises. None has a bias, and no running mean is subtracted: an input that
 * is nothing then leads to nothing, without which contributions cannot add up. The variance is
 * always that around the mean, also where the mean itself is not taken off.
 *
 * <p>The public ResNets, DenseNets and VGGs of B-cos v2 have {@link #BATCH_UNCENTERED}, its vision
 * transformers {@link #POSITION}, with {@link #LAYER} in a convolutional stem.
 */
public enum BcosNorm {
  /** None. */
  NONE,
  /** By the variance of a channel over the batch and the picture; running statistics afterwards. */
  BATCH_UNCENTERED,
  /** Over the channels of a place, or the values of a token. */
  POSITION,
  /** As {@link #POSITION}, the mean stays. */
  POSITION_UNCENTERED,
  /** Over channels and places of a picture. */
  LAYER,
  /** As {@link #LAYER}, the mean stays. */
  LAYER_UNCENTERED,
  /** Over the places of a channel. */
  INSTANCE,
  /** As {@link #INSTANCE}, the mean stays. */
  INSTANCE_UNCENTERED;

  boolean isCentered() {
    return this == POSITION || this == LAYER || this == INSTANCE;
  }
}
