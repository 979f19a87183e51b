package dev.percept.onnx;

import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The identity that a graph compares tokens with, to tell padding: 1 in RoBERTa's. */
final class PaddingId {
  private PaddingId() {}

  /** The identity; −1 where nothing is compared. */
  static long find(GraphProto graph, String ids) {
    Map<String, TensorProto> constants = new HashMap<>();
    graph.getInitializerList().forEach(t -> constants.put(t.getName(), t));
    Set<String> same = new HashSet<>(Set.of(ids));
    for (NodeProto node : graph.getNodeList()) {
      TensorProto value = Graph.constant(node, constants);
      if (value != null) {
        constants.put(node.getOutput(0), value);
      } else if (node.getInputCount() > 0
          && Graph.HANDS_ON.contains(node.getOpType())
          && same.contains(node.getInput(0))) {
        same.add(node.getOutput(0));
      } else if (node.getOpType().equals("Equal")) {
        for (int i = 0; i < 2; i++) {
          TensorProto with = constants.get(node.getInput(1 - i));
          Known known = with == null ? null : Known.of(with);
          if (same.contains(node.getInput(i)) && known != null && known.size() == 1) {
            return (long) known.get(0);
          }
        }
      }
    }
    return -1;
  }
}
