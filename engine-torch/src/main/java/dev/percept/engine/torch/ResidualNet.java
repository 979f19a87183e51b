package dev.percept.engine.torch;

import dev.percept.core.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A residual network while it is trained. To be made and used inside one PointerScope. */
final class ResidualNet {
  private final ConvNorm stem;
  private final List<Block> blocks = new ArrayList<>();
  private final Tensor head;
  private final Tensor headBias;
  private final Tensor attributes;
  private final Tensor attributesBias;

  ResidualNet(ResidualSpec spec, RandomGenerator random) {
    stem = new ConvNorm(spec.inputChannels(), spec.stem(), 3, spec.stemStride(), random);
    int in = spec.stem();
    for (ResidualSpec.Stage stage : spec.stages()) {
      for (int b = 0; b < stage.blocks(); b++) {
        blocks.add(new Block(in, stage, b == 0 ? stage.stride() : 1, random));
        in = stage.channels();
      }
    }
    head = linear(spec.classes(), in, random);
    headBias = torch.zeros(spec.classes()).set_requires_grad(true);
    attributes = linear(Math.max(1, spec.attributes()), in, random);
    attributesBias = torch.zeros(Math.max(1, spec.attributes())).set_requires_grad(true);
  }

  private static Tensor linear(int out, int in, RandomGenerator random) {
    float[] start = new float[out * in];
    double bound = 1 / Math.sqrt(in);
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return Tensors.of(Shape.of(out, in), start).set_requires_grad(true);
  }

  private static final class Block {
    private final ConvNorm first;
    private final ConvNorm second;
    private final @Nullable ConvNorm shortcut;

    Block(int in, ResidualSpec.Stage stage, int stride, RandomGenerator random) {
      int out = stage.channels();
      first = new ConvNorm(in, out, 3, stride, random);
      second = new ConvNorm(out, out, stage.reach(), 1, random);
      shortcut = in == out && stride == 1 ? null : new ConvNorm(in, out, 1, stride, random);
    }

    Tensor forward(Tensor x, double momentum) {
      Tensor y = second.forward(torch.relu(first.forward(x, momentum)), momentum);
      return torch.relu(y.add(shortcut == null ? x : shortcut.forward(x, momentum)));
    }
  }

  TensorVector parameters() {
    TensorVector all = new TensorVector();
    stem.parameters(all);
    for (Block block : blocks) {
      block.first.parameters(all);
      block.second.parameters(all);
      if (block.shortcut != null) {
        block.shortcut.parameters(all);
      }
    }
    all.push_back(head);
    all.push_back(headBias);
    all.push_back(attributes);
    all.push_back(attributesBias);
    return all;
  }

  /**
   * The last map in training mode: normalised by this batch.
   *
   * @param momentum share of this batch in the running statistics
   */
  Tensor features(Tensor x, double momentum) {
    Tensor y = torch.relu(stem.forward(x, momentum));
    for (Block block : blocks) {
      y = block.forward(y, momentum);
    }
    return y;
  }

  /** Logits of classes, n x classes. */
  Tensor classes(Tensor features) {
    return torch.linear(features.mean(2, 3), head, new TensorOptional(headBias));
  }

  /** Logits of attributes at every location, n x height x width x attributes. */
  Tensor attributes(Tensor features) {
    return torch.linear(
        features.permute(0, 2, 3, 1), attributes, new TensorOptional(attributesBias));
  }

  /** The weights as they are now, copied. */
  ResidualWeights weights() {
    List<ResidualWeights.Block> folded = new ArrayList<>();
    for (Block block : blocks) {
      folded.add(
          new ResidualWeights.Block(
              block.first.fold(),
              block.second.fold(),
              block.shortcut == null ? null : block.shortcut.fold()));
    }
    return new ResidualWeights(stem.fold(), folded, Tensors.toJava(head), Tensors.toJava(headBias));
  }
}
