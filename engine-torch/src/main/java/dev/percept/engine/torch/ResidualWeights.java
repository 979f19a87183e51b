package dev.percept.engine.torch;

import dev.percept.core.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What training has found: plain Java, batch normalisation folded into the convolutions.
 *
 * @param stem the first convolution
 * @param blocks all blocks of all stages, in order
 * @param head linear layer, classes x features
 * @param headBias one value a class
 */
public record ResidualWeights(Conv stem, List<Block> blocks, Tensor head, Tensor headBias) {
  public ResidualWeights {
    blocks = List.copyOf(blocks);
  }

  /**
   * A convolution with padding {@code kernel size / 2}.
   *
   * @param kernel out x in x k x k
   * @param bias one value an output channel
   * @param stride its step
   */
  public record Conv(Tensor kernel, Tensor bias, int stride) {
    /** Zeros around the picture, on each side. */
    public int padding() {
      return kernel.shape().dim(2) / 2;
    }
  }

  /**
   * A basic block: {@code relu(second(relu(first(x))) + shortcut(x))}.
   *
   * @param shortcut 1x1, null where shapes agree and x itself is added
   */
  public record Block(Conv first, Conv second, @Nullable Conv shortcut) {}
}
