package dev.percept.engine.torch;

import java.util.List;

/**
 * A small residual network: a 3x3 stem, stages of basic blocks (two 3x3 convolutions and a
 * shortcut), global average pooling, one linear layer. Every convolution is followed by batch
 * normalisation; every sum by a ReLU, so the last feature map is never negative.
 *
 * <p>Source: He et al., Deep Residual Learning for Image Recognition, CVPR 2016.
 *
 * @param inputChannels channels of a picture
 * @param stem channels after the stem
 * @param stemStride step of the stem
 * @param stages from the input to the output
 * @param classes number of logits
 */
public record ResidualSpec(
    int inputChannels, int stem, int stemStride, List<Stage> stages, int classes) {

  /**
   * A stage of blocks.
   *
   * @param channels of its output
   * @param blocks how many blocks, at least one
   * @param stride step of its first convolution
   */
  public record Stage(int channels, int blocks, int stride) {
    public Stage {
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
