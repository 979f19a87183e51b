package dev.percept.onnx;

import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tensors of a graph were learnt, layer by layer: a convolution or matrix product with its
 * bias, and the normalisations that follow it.
 */
final class WeightLayers {
  private static final Set<String> KERNELS = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul");
  private static final Set<String> NORMS =
      Set.of(
          "BatchNormalization",
          "InstanceNormalization",
          "LayerNormalization",
          "GroupNormalization");
  // What stands between a stored weight and the layer that reads it.
  private static final Set<String> VIEWS =
      Set.of("Identity", "Transpose", "Reshape", "Cast", "Squeeze", "Unsqueeze");

  private final Graph graph;
  private final Map<String, List<String>> layers = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>();
  private final Map<Integer, String> layerOf = new HashMap<>();

  private WeightLayers(Graph graph) {
    this.graph = graph;
  }

  /**
   * Layers in the order of computation, each with the names of its tensors: initializers, or
   * outputs of Constant nodes. A tensor that two layers share belongs to the first.
   */
  static Map<String, List<String>> of(Graph graph) {
    WeightLayers found = new WeightLayers(graph);
    for (int at = 0; at < graph.nodes().size(); at++) {
      found.look(at, graph.nodes().get(at));
    }
    found.layers.values().removeIf(List::isEmpty);
    return found.layers;
  }

  private void look(int at, NodeProto node) {
    String type = node.getOpType();
    if (KERNELS.contains(type)) {
      List<String> weights = weights(node, 0);
      if (weights.stream().anyMatch(w -> rank(w) >= 2)) {
        layerOf.put(at, Graph.label(node));
        add(Graph.label(node), weights);
        return;
      }
    }
    String before = before(node);
    if (before != null) {
      layerOf.put(at, before);
      if (NORMS.contains(type)) {
        add(before, weights(node, 1));
      } else if (type.equals("Add") && readsMatMul(node)) {
        add(before, weights(node, 0));
      }
    }
  }

  private void add(String layer, List<String> weights) {
    List<String> of = layers.computeIfAbsent(layer, k -> new ArrayList<>());
    weights.stream().filter(taken::add).forEach(of::add);
  }

  /** The layer that the first computed input of a node comes from. */
  private @Nullable String before(NodeProto node) {
    for (String in : node.getInputList()) {
      String layer = layerOf.get(graph.producer(in));
      if (layer != null) {
        return layer;
      }
    }
    return null;
  }

  private boolean readsMatMul(NodeProto node) {
    return node.getInputList().stream()
        .map(graph::maker)
        .anyMatch(maker -> maker != null && maker.getOpType().equals("MatMul"));
  }

  /** The floating-point tensors with more than one value that a node reads. */
  private List<String> weights(NodeProto node, int from) {
    List<String> weights = new ArrayList<>();
    for (int i = from; i < node.getInputCount(); i++) {
      String stored = stored(node.getInput(i));
      TensorProto tensor = graph.constant(stored);
      if (tensor != null && TensorData.type(tensor).isFloating() && TensorData.count(tensor) > 1) {
        weights.add(stored);
      }
    }
    return weights;
  }

  private String stored(String tensor) {
    NodeProto maker = graph.maker(tensor);
    return maker != null && VIEWS.contains(maker.getOpType()) && maker.getInputCount() > 0
        ? stored(maker.getInput(0))
        : tensor;
  }

  private int rank(String tensor) {
    TensorProto constant = graph.constant(tensor);
    return constant == null ? 0 : constant.getDimsCount();
  }
}
