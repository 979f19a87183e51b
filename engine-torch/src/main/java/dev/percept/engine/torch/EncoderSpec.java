package dev.percept.engine.torch;

/**
 * A transformer encoder: blocks of multi-head attention and a two-layer network with GELU, each
 * with a shortcut and a layer normalisation.
 *
 * <p>Source: Vaswani et al., Attention Is All You Need, NeurIPS 2017.
 *
 * @param width d, features of a token
 * @param layers number of blocks
 * @param heads attention heads; they share the width
 * @param hidden features between the two layers of a block's network
 * @param norm where the normalisation stands
 */
public record EncoderSpec(int width, int layers, int heads, int hidden, Norm norm) {
  /** Where the normalisation stands. */
  public enum Norm {
    /** In front of attention and network, and once more at the end: vision transformers. */
    BEFORE,
    /** Behind each sum: BERT. */
    AFTER
  }

  /** What is added to a variance before its root is taken. */
  public static final float EPSILON = 1e-6f;

  public EncoderSpec {
    atLeastOne("width", width);
    atLeastOne("layers", layers);
    atLeastOne("heads", heads);
    atLeastOne("hidden", hidden);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "heads: a divisor of the width " + width + ", found " + heads);
    }
  }

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, found " + value);
    }
  }
}
