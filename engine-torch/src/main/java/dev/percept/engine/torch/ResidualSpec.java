package dev.percept.engine.torch;

import java.util.List;

/**
 * A small residual network: a 3x3 stem, stages of basic blocks (two convolutions and a shortcut),
 * global average pooling, one linear layer. Every convolution is followed by batch normalisation;
 * every sum by a ReLU, so the last feature map is never negative.
 *
 * <p>Source: He et al., Deep Residual Learning for Image Recognition, CVPR 2016.
 *
 * @param inputChannels channels of a picture
 * @param stem channels after the stem
 * @param stemStride step of the stem
 * @param stages from the input to the output
 * @param classes number of logits
 * @param attributes number of questions "how much of this cell is ...?" that training asks besides
 *     the class, at every location of the last map; the trained network does not have them. 0 for
 *     none
 */
public record ResidualSpec(
    int inputChannels, int stem, int stemStride, List<Stage> stages, int classes, int attributes) {

  /**
   * A stage of blocks.
   *
   * @param channels of its output
   * @param blocks how many blocks, at least one
   * @param stride step of its first convolution, which is 3x3
   * @param reach size of the second convolution of each block: 3, or 1 to see less far
   */
  public record Stage(int channels, int blocks, int stride, int reach) {
    public Stage {
      if (reach != 1 && reach != 3) {
        throw new IllegalArgumentException("reach: 1 or 3, found " + reach);
      }
      atLeastOne("channels", channels);
      atLeastOne("blocks", blocks);
      atLeastOne("stride", stride);
    }
  }

  public ResidualSpec {
    atLeastOne("input channels", inputChannels);
    atLeastOne("stem", stem);
    atLeastOne("stem stride", stemStride);
    if (classes < 2) {
      throw new IllegalArgumentException("classes: at least 2, found " + classes);
    }
    if (attributes < 0) {
      throw new IllegalArgumentException("attributes: at least 0, found " + attributes);
    }
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("stages: at least 1, found none");
    }
  }

  /** The number of features of the last map. */
  public int features() {
    return stages.get(stages.size() - 1).channels();
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, found " + value);
    }
  }
}
