package dev.percept.zoo;

import dev.percept.engine.torch.ResidualWeights;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.List;

/** Writes a trained residual network as ONNX. */
final class ResidualGraph {
  /** The tensor before global average pooling. */
  static final String FEATURES = "features";

  private static final int OPSET = 17;

  private ResidualGraph() {}

  static void write(ResidualWeights weights, List<String> labels, String command, Path file) {
    OnnxBuilder builder =
        new OnnxBuilder(OPSET)
            .metadata("labels", String.join(",", labels))
            .metadata("preprocess", "unit")
            .metadata("made-by", command);
    Value x = builder.input("input", OnnxBuilder.DYNAMIC, 3, Creatures.SIDE, Creatures.SIDE);
    x = conv(x, "stem.conv", weights.stem()).relu("stem");
    int last = weights.blocks().size();
    for (int i = 0; i < last; i++) {
      ResidualWeights.Block block = weights.blocks().get(i);
      String name = "block" + (i + 1);
      Value y = conv(x, name + ".conv1", block.first()).relu(name + ".relu1");
      y = conv(y, name + ".conv2", block.second());
      ResidualWeights.Conv shortcut = block.shortcut();
      Value side = shortcut == null ? x : conv(x, name + ".shortcut", shortcut);
      x = y.add(name + ".sum", side).relu(i + 1 == last ? FEATURES : name);
    }
    x.globalAveragePool("pool")
        .flatten("pooled")
        .gemm("logits", weights.head(), weights.headBias())
        .output(labels.size());
    builder.writeTo(file);
  }

  private static Value conv(Value x, String name, ResidualWeights.Conv conv) {
    return x.conv(name, conv.kernel(), conv.bias(), conv.stride(), conv.padding());
  }
}
