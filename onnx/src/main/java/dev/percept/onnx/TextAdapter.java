package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.core.TextModel;
import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.ValueInfoProto;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives a model of texts one input in place of its own: n x 3 x T, the rows of {@link TextModel}.
 * What the model's own inputs take is made of it inside the graph, so that everything behind
 * (shapes, cuts, both engines) knows of one input only.
 */
final class TextAdapter {
  /** The one input. */
  static final String TEXTS = "percept.texts";

  /** Ranges and slices by tensors came with this version. */
  private static final int POSITIONS_FROM = 10;

  private TextAdapter() {}

  static GraphProto adapt(GraphProto graph, TextInputs texts, int opset) {
    Set<String> own =
        texts.inputs().stream().map(TextInputs.Input::name).collect(Collectors.toSet());
    Pieces front = new Pieces(opset);
    long[] axes = texts.axes();
    front.input(Types.info(TEXTS, ElementType.FLOAT, (int) axes[0], TextModel.ROWS, (int) axes[2]));
    String mask = row(front, TextModel.MASK);
    for (TextInputs.Input input : texts.inputs()) {
      String from =
          switch (input.role()) {
            case IDS -> ids(front, mask, texts.padding());
            case MASK -> mask;
            case TYPES -> row(front, TextModel.TYPES);
            case POSITIONS -> positions(front, texts, opset);
          };
      front.castTo(from, input.name(), input.type());
    }
    GraphProto.Builder adapted = front.graph();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!own.contains(input.getName())) {
        adapted.addInput(input);
      }
    }
    return adapted
        .setName(graph.getName())
        .addAllNode(graph.getNodeList())
        .addAllInitializer(graph.getInitializerList())
        .addAllSparseInitializer(graph.getSparseInitializerList())
        .addAllOutput(graph.getOutputList())
        .addAllValueInfo(graph.getValueInfoList())
        .build();
  }

  private static String row(Pieces front, int row) {
    String name = "percept.row" + row;
    front.initializer(TensorData.scalar(name + ".index", (long) row));
    front.node("Gather", name, Map.of("axis", 1), TEXTS, name + ".index");
    return name;
  }

  /** Where the graph tells padding by an identity of its own, that stands there. */
  private static String ids(Pieces front, String mask, long padding) {
    String ids = row(front, TextModel.IDS);
    if (padding <= 0) {
      return ids;
    }
    front.initializer(TensorData.scalar("percept.one", 1f));
    front.initializer(TensorData.scalar("percept.padding", (float) padding));
    front.node("Mul", "percept.words", Map.of(), ids, mask);
    front.node("Sub", "percept.unmasked", Map.of(), "percept.one", mask);
    front.node("Mul", "percept.filling", Map.of(), "percept.unmasked", "percept.padding");
    front.node("Add", "percept.filled", Map.of(), "percept.words", "percept.filling");
    return "percept.filled";
  }

  /** 0, 1, 2, ... (from 2 in RoBERTa's way) for every text. */
  private static String positions(Pieces front, TextInputs texts, int opset) {
    if (opset < POSITIONS_FROM) {
      throw new PerceptException(
          "positions as an input need opset 10 or newer; export the model with opset_version=17");
    }
    int count = texts.positions() > 0 ? texts.positions() : Known.LARGEST;
    long[] all = new long[count];
    for (int i = 0; i < count; i++) {
      all[i] = texts.firstPosition() + i;
    }
    String p = "percept.positions";
    front.initializer(TensorData.of(p + ".all", all));
    for (int i = 0; i < 4; i++) {
      front.initializer(TensorData.of(p + "." + i, i));
    }
    front.node("Shape", p + ".shape", Map.of(), TEXTS);
    front.node("Slice", p + ".n", Map.of(), p + ".shape", p + ".0", p + ".1");
    front.node("Slice", p + ".t", Map.of(), p + ".shape", p + ".2", p + ".3");
    front.node("Concat", p + ".size", Map.of("axis", 0), p + ".n", p + ".t");
    front.node("Slice", p + ".row", Map.of(), p + ".all", p + ".0", p + ".t");
    front.node("Expand", p, Map.of(), p + ".row", p + ".size");
    return p;
  }

  /** Whether a tensor of the adapted graph is none of the model's own. */
  static boolean isOwn(String tensor) {
    return tensor.startsWith("percept.");
  }
}
