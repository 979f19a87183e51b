package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where words become numbers.
 *
 * @param tensor the rows of the table that the tokens have chosen
 * @param vocabulary the number of rows
 * @param width d, the length of a row
 */
public record WordEmbedding(String tensor, int vocabulary, int width) {
  /** The tensor from which {@link TextAdapter} makes identities. */
  private static final String IDS = "percept.row" + dev.percept.core.TextModel.IDS;

  private static final Set<String> FILLED = Set.of("percept.words", "percept.filled");

  /** The embedding of words; null where tokens choose no row of a table. */
  public static @Nullable WordEmbedding find(Graph graph) {
    Set<String> ids = new HashSet<>(Set.of(IDS));
    Map<String, TensorProto> known = new HashMap<>(graph.initializers());
    for (NodeProto node : graph.nodes()) {
      TensorProto value = Graph.constant(node, known);
      if (value != null) {
        known.put(node.getOutput(0), value);
      }
      boolean same =
          node.getInputCount() > 0
              && Graph.HANDS_ON.contains(node.getOpType())
              && ids.contains(node.getInput(0));
      if (same || FILLED.contains(node.getOutput(0))) {
        ids.add(node.getOutput(0));
      }
      if (node.getOpType().equals("Gather") && ids.contains(node.getInput(1))) {
        TensorProto table = known.get(node.getInput(0));
        if (table != null
            && TensorData.type(table).isFloating()
            && TensorData.dims(table).length == 2) {
          long[] dims = TensorData.dims(table);
          return new WordEmbedding(node.getOutput(0), (int) dims[0], (int) dims[1]);
        }
      }
    }
    return null;
  }
}
