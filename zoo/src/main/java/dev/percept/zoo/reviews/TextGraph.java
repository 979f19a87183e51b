package dev.percept.zoo.reviews;

import dev.percept.engine.torch.TransformerSpec;
import dev.percept.engine.torch.TransformerWeights;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.Value;
import dev.percept.zoo.EncoderGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Writes a trained text encoder as ONNX, laid out as the exports of Transformers are: {@code
 * input_ids}, {@code attention_mask} and {@code token_type_ids}, int64, N x T with both open.
 */
final class TextGraph {
  private static final int OPEN = OnnxBuilder.DYNAMIC;
  private static final float HIDDEN = -1e4f;

  private final OnnxBuilder builder = new OnnxBuilder(EncoderGraph.OPSET);
  private final EncoderGraph graph;
  private final TransformerSpec spec;

  private TextGraph(TransformerWeights weights) {
    this.graph = new EncoderGraph(builder, weights);
    this.spec = weights.spec();
  }

  static void write(TransformerWeights weights, List<String> labels, String command, Path file) {
    TextGraph text = new TextGraph(weights);
    text.builder.metadata("labels", String.join(",", labels)).metadata("made-by", command);
    text.logits().output(labels.size()).writeTo(file);
  }

  private Value logits() {
    Value ids = builder.input("input_ids", ElementType.INT64, OPEN, OPEN);
    Value mask = builder.input("attention_mask", ElementType.INT64, OPEN, OPEN);
    Value types = builder.input("token_type_ids", ElementType.INT64, OPEN, OPEN);
    Value hidden = hidden(mask);
    Value x =
        graph
            .rows("words", ids)
            .add("words.typed", graph.rows("types", types))
            .add("embedded", positions(ids));
    x = graph.norm(x, "embedding.norm");
    for (int i = 0; i < spec.encoder().layers(); i++) {
      x = graph.blockOfWords(x, i, hidden);
    }
    return graph.affine(
        graph.affine(graph.first(x, "first"), "pooler", "pooler").relu(EmbeddedReviews.LAYER),
        "logits",
        "head");
  }

  /** 0 where there is a token, far below every score where there is padding: N x 1 x 1 x T. */
  private Value hidden(Value mask) {
    Value real =
        mask.op("Unsqueeze", "mask.wide", Map.of(), builder.constant("mask.axes", 1, 2))
            .op("Cast", "mask.real", Map.of("to", 1L));
    return builder
        .op("Sub", "mask.inverse", Map.of(), scalar("mask.one", 1), real)
        .mul("mask.hidden", scalar("mask.lowest", HIDDEN));
  }

  /** The first positions, as many as there are tokens. */
  private Value positions(Value ids) {
    int most = spec.positions();
    Value count =
        ids.op("Shape", "ids.shape", Map.of())
            .op("Gather", "count", Map.of("axis", 0L), builder.constant("count.index", 1));
    Value places =
        builder
            .constant("position_ids", LongStream.range(0, most).toArray())
            .op(
                "Slice",
                "places",
                Map.of(),
                builder.constant("places.from", 0),
                count,
                builder.constant("places.axis", 0));
    return graph.rows("positions", places);
  }

  private Value scalar(String name, float value) {
    return builder.constant(TensorData.scalar(name, value));
  }
}
