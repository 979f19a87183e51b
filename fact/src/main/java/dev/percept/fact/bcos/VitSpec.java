package dev.percept.fact.bcos;

import java.util.List;

/**
 * The body of a vision transformer: patches, a fixed embedding of their positions, encoders, the
 * mean over patches. There is no class token.
 *
 * <p>Beyer et al., Better plain ViT baselines for ImageNet-1k, 2022 (arXiv 2205.01580); with a
 * convolutional stem Xiao et al., Early Convolutions Help Transformers See Better, NeurIPS 2021.
 *
 * @param patch height and width of a patch, of the picture or of what the stem makes of it
 * @param stem channels behind each 3 x 3 convolution before the patches, each of which halves the
 *     map where channels grow; none in a plain transformer
 * @param width values of a token, a multiple of 4
 * @param depth number of encoders
 * @param heads of attention
 * @param hidden values between the two layers behind attention
 */
public record VitSpec(int patch, List<Integer> stem, int width, int depth, int heads, int hidden) {
  public VitSpec {
    atLeastOne("patch", patch);
    stem = List.copyOf(stem);
    stem.forEach(channels -> atLeastOne("stem", channels));
    if (width < 8 || width % 4 != 0) {
      throw new IllegalArgumentException("width: a multiple of 4 from 8 on, found " + width);
    }
    atLeastOne("depth", depth);
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException("heads: a divisor of " + width + ", found " + heads);
    }
    atLeastOne("hidden", hidden);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, found " + value);
    }
  }

  /** {@code simple_vit_ti_patch16_224}. */
  public static VitSpec tiny() {
    return new VitSpec(16, List.of(), 192, 12, 3, 768);
  }

  /** {@code simple_vit_s_patch16_224}. */
  public static VitSpec small() {
    return new VitSpec(16, List.of(), 384, 12, 6, 1536);
  }

  /** {@code simple_vit_b_patch16_224}. */
  public static VitSpec base() {
    return new VitSpec(16, List.of(), 768, 12, 12, 3072);
  }

  /** {@code vitc_ti_patch1_14}. */
  public static VitSpec convolutionalTiny() {
    return new VitSpec(1, List.of(24, 48, 96, 192), 192, 11, 3, 768);
  }

  /** {@code vitc_s_patch1_14}. */
  public static VitSpec convolutionalSmall() {
    return new VitSpec(1, List.of(48, 96, 192, 384), 384, 11, 6, 1536);
  }

  /** {@code vitc_b_patch1_14}. */
  public static VitSpec convolutionalBase() {
    return new VitSpec(1, List.of(64, 128, 128, 256, 256, 512), 768, 11, 12, 3072);
  }
}
