package dev.percept.engine.torch;

import dev.percept.core.Tensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/** Runs a trained transformer, to check it before it is written down. */
public final class TransformerForward {
  private TransformerForward() {}

  /**
   * Logits of pictures.
   *
   * @param inputs n x channels x side x side
   * @return n x classes
   */
  @SuppressWarnings("try") // scopes are there to be closed
  public static Tensor pictures(TransformerWeights weights, Tensor inputs, int threads) {
    TorchEngine.startForSmallProducts(threads);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      TransformerNet net = new TransformerNet(weights, false);
      return Tensors.toJava(net.ofPictures(Tensors.of(inputs)).logits());
    }
  }

  /**
   * Logits of texts.
   *
   * @param tokens identities, special tokens included, one array a text
   * @return n x classes
   */
  @SuppressWarnings("try") // scopes are there to be closed
  public static Tensor texts(TransformerWeights weights, int[][] tokens, int threads) {
    TorchEngine.startForSmallProducts(threads);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      TransformerNet net = new TransformerNet(weights, false);
      PaddedTokens padded = PaddedTokens.of(tokens);
      return Tensors.toJava(net.ofTokens(padded.ids(), padded.types(), padded.mask()).logits());
    }
  }
}
