package dev.percept.fact.bcos;

import java.util.List;

/**
 * The body of a residual network.
 *
 * @param stem channels behind the first convolution
 * @param stemKernel size of its filters, odd
 * @param stemStride its step
 * @param stemPool whether means over 3 x 3 places, two apart, follow it
 * @param block what the stages are made of
 * @param stages from the input to the output: {@code layer1}, {@code layer2} ...
 * @param groups of the 3 x 3 convolution of a bottleneck; 1 unless it is a ResNeXt
 * @param groupWidth channels of a group where a stage has 64; 64 unless it is a ResNeXt or wide
 */
public record ResNetSpec(
    int stem,
    int stemKernel,
    int stemStride,
    boolean stemPool,
    Block block,
    List<Stage> stages,
    int groups,
    int groupWidth) {
  /**
   * What stages are made of. He et al., Deep Residual Learning for Image Recognition, CVPR 2016.
   */
  public enum Block {
    /** Two 3 x 3 convolutions. */
    BASIC(1),
    /** 1 x 1, 3 x 3, 1 x 1; four times as many channels come out. The step is in the middle. */
    BOTTLENECK(4);

    private final int expansion;

    Block(int expansion) {
      this.expansion = expansion;
    }

    /** How many times the channels of a stage come out. */
    public int expansion() {
      return expansion;
    }
  }

  /**
   * A stage.
   *
   * @param blocks how many
   * @param channels of its 3 x 3 convolutions (where groups are 1 and 64 wide)
   * @param stride step of its first block
   */
  public record Stage(int blocks, int channels, int stride) {
    public Stage {
      atLeastOne("blocks", blocks);
      atLeastOne("channels", channels);
      atLeastOne("stride", stride);
    }
  }

  public ResNetSpec {
    atLeastOne("stem", stem);
    if (stemKernel < 1 || stemKernel % 2 == 0) {
      throw new IllegalArgumentException("stem kernel: odd, found " + stemKernel);
    }
    atLeastOne("stem stride", stemStride);
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("stages: at least 1, found none");
    }
    atLeastOne("groups", groups);
    atLeastOne("group width", groupWidth);
    if (block == Block.BASIC && (groups != 1 || groupWidth != 64)) {
      throw new IllegalArgumentException(
          "groups of basic blocks: 1 of width 64, found " + groups + " of width " + groupWidth);
    }
  }

  /** A body whose groups are as usual. */
  public ResNetSpec(
      int stem, int stemKernel, int stemStride, boolean stemPool, Block block, List<Stage> stages) {
    this(stem, stemKernel, stemStride, stemPool, block, stages, 1, 64);
  }

  /** Four stages behind a 7 x 7 stem and pooling, as for pictures of 224 x 224. */
  public static ResNetSpec imageNet(Block block, int... blocks) {
    return new ResNetSpec(64, 7, 2, true, block, doubling(64, blocks));
  }

  /** Three stages behind a 3 x 3 stem, as for pictures of 32 x 32. */
  public static ResNetSpec cifar(int blocks) {
    return new ResNetSpec(16, 3, 1, false, Block.BASIC, doubling(16, blocks, blocks, blocks));
  }

  /** Stages of which each but the first halves the map and doubles the channels. */
  private static List<Stage> doubling(int channels, int... blocks) {
    java.util.ArrayList<Stage> stages = new java.util.ArrayList<>();
    for (int i = 0; i < blocks.length; i++) {
      stages.add(new Stage(blocks[i], channels << i, i == 0 ? 1 : 2));
    }
    return stages;
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, found " + value);
    }
  }
}
