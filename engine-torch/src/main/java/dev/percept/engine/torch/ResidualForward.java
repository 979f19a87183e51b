package dev.percept.engine.torch;

import dev.percept.core.Tensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Runs a trained residual network, to check it before it is written down. */
public final class ResidualForward {
  private ResidualForward() {}

  /**
   * Logits of a batch.
   *
   * @param inputs n x channels x height x width
   * @return n x classes
   */
  @SuppressWarnings("try") // scopes are there to be closed
  public static Tensor logits(ResidualWeights weights, Tensor inputs, int threads) {
    TorchEngine.start(threads);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      org.bytedeco.pytorch.Tensor y = torch.relu(conv(weights.stem(), Tensors.of(inputs)));
      for (ResidualWeights.Block block : weights.blocks()) {
        org.bytedeco.pytorch.Tensor x = y;
        ResidualWeights.Conv shortcut = block.shortcut();
        y = conv(block.second(), torch.relu(conv(block.first(), x)));
        y = torch.relu(y.add(shortcut == null ? x : conv(shortcut, x)));
      }
      return Tensors.toJava(
          torch.linear(
              y.mean(2, 3),
              Tensors.of(weights.head()),
              new TensorOptional(Tensors.of(weights.headBias()))));
    }
  }

  private static org.bytedeco.pytorch.Tensor conv(
      ResidualWeights.Conv conv, org.bytedeco.pytorch.Tensor x) {
    long stride = conv.stride();
    long padding = conv.padding();
    return torch.conv2d(
        x,
        Tensors.of(conv.kernel()),
        new TensorOptional(Tensors.of(conv.bias())),
        new long[] {stride, stride},
        new long[] {padding, padding},
        new long[] {1, 1},
        1);
  }
}
