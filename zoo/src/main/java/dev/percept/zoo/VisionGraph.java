package dev.percept.zoo;

import dev.percept.engine.torch.TransformerSpec;
import dev.percept.engine.torch.TransformerWeights;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a trained vision transformer as ONNX, laid out as timm's exports are. */
final class VisionGraph {
  private VisionGraph() {}

  static void write(TransformerWeights weights, List<String> labels, String command, Path file) {
    TransformerSpec spec = weights.spec();
    TransformerSpec.Patches patches = (TransformerSpec.Patches) spec.source();
    int d = spec.encoder().width();
    OnnxBuilder builder =
        new OnnxBuilder(EncoderGraph.OPSET)
            .metadata("labels", String.join(",", labels))
            .metadata("preprocess", "unit")
            .metadata("made-by", command);
    EncoderGraph graph = new EncoderGraph(builder, weights);
    Value input =
        builder.input(
            "input", OnnxBuilder.DYNAMIC, patches.channels(), patches.side(), patches.side());
    Value x =
        input
            .op(
                "Conv",
                "patches",
                Map.of(
                    "kernel_shape",
                    new long[] {patches.patch(), patches.patch()},
                    "strides",
                    new long[] {patches.patch(), patches.patch()}),
                graph.weight("patches.weight"),
                graph.weight("patches.bias"))
            .reshape("patches.flat", 0, d, -1)
            .transpose("patches.sequence", 0, 2, 1);
    if (spec.hasClassToken()) {
      x = classTokens(builder, graph, input, d).concat("tokens", 1, x);
    }
    x = x.add("embedded", graph.weight("positions"));
    for (int i = 0; i < spec.encoder().layers(); i++) {
      x = graph.blockOfPatches(x, i);
    }
    x = graph.norm(x, "norm");
    x = spec.hasClassToken() ? graph.first(x, "class") : x.reduceMean("pooled", false, 1);
    graph.affine(x, "logits", "head").output(spec.classes()).writeTo(file);
  }

  /** As many class tokens as there are pictures. */
  private static Value classTokens(OnnxBuilder builder, EncoderGraph graph, Value input, int d) {
    Value n =
        input
            .op("Shape", "input.shape", Map.of())
            .op("Gather", "n", Map.of("axis", 0L), builder.constant("n.index", 0));
    Value shape = n.op("Concat", "class.shape", Map.of("axis", 0L), builder.constant("one", 1, d));
    return graph.weight("class.token").op("Expand", "class.tokens", Map.of(), shape);
  }
}
