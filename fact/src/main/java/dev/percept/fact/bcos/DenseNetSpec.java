package dev.percept.fact.bcos;

import java.util.List;

/**
 * The body of a densely connected network: every layer of a block sees all before it. Huang et al.,
 * Densely Connected Convolutional Networks, CVPR 2017.
 *
 * @param stem channels behind the first convolution
 * @param smallStem 3 x 3 without normalisation and pooling, as for pictures of 32 x 32, instead of
 *     7 x 7 with both
 * @param growth channels that a layer adds
 * @param bottleneck how many times as many its 1 x 1 convolution makes; 4 as a rule
 * @param blocks layers of every block; between blocks channels and maps are halved
 */
public record DenseNetSpec(
    int stem, boolean smallStem, int growth, int bottleneck, List<Integer> blocks) {
  public DenseNetSpec {
    atLeastOne("stem", stem);
    atLeastOne("growth", growth);
    atLeastOne("bottleneck", bottleneck);
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("blocks: at least 1, found none");
    }
    blocks.forEach(layers -> atLeastOne("layers of a block", layers));
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, found " + value);
    }
  }

  /** {@code densenet_121}. */
  public static DenseNetSpec of121() {
    return new DenseNetSpec(64, false, 32, 4, List.of(6, 12, 24, 16));
  }
}
