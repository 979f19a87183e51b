package dev.percept.engine.torch.graph;

import dev.percept.onnx.Attributes;
import dev.percept.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Replaces patterns of nodes by operators of libtorch that do the same in one pass: fewer passes
 * over memory forward, and derivatives written by hand backward.
 */
final class Fusion {
  private final Rewriting graph;
  private final Folding known;
  private final Statics statics;

  Fusion(List<NodeProto> nodes, Folding known, Statics statics, List<String> outputs) {
    this.graph = new Rewriting(nodes, outputs);
    this.known = known;
    this.statics = statics;
    // What does nothing would hide patterns.
    graph.all("Identity").forEach(graph::bypass);
    graph.all("Dropout").forEach(graph::bypass);
    graph.all("Softmax").forEach(this::attention);
    graph.all("Erf").forEach(n -> new GeluPattern(graph, known).exact(n));
    graph.all("Tanh").forEach(n -> new GeluPattern(graph, known).byTanh(n));
    graph.all("Sqrt").forEach(this::layerNorm);
    graph.all("Sigmoid").forEach(this::silu);
    graph.all("Add").forEach(this::linear);
  }

  List<NodeProto> nodes() {
    return graph.nodes();
  }

  /** Softmax(q k / s + mask) v, the factor being anywhere before the softmax. */
  private void attention(NodeProto softmax) {
    NodeProto product = graph.next(softmax, "MatMul");
    if (product == null || !product.getInput(0).equals(softmax.getOutput(0))) {
      return;
    }
    List<NodeProto> old = new ArrayList<>(List.of(softmax, product));
    StringBuilder factors = new StringBuilder();
    List<String> values = new ArrayList<>();
    String at = softmax.getInput(0);
    String mask = "";
    NodeProto sum = graph.inner(at, "Add");
    if (sum != null) {
      boolean first = leadsToProduct(sum.getInput(0));
      if (first == leadsToProduct(sum.getInput(1))) {
        return;
      }
      at = sum.getInput(first ? 0 : 1);
      mask = sum.getInput(first ? 1 : 0);
      old.add(0, sum);
    }
    at = peel(at, 's', old, factors, values);
    NodeProto scores = graph.inner(at, "MatMul");
    if (scores == null) {
      return;
    }
    old.add(0, scores);
    String q = peel(scores.getInput(0), 'q', old, factors, values);
    String k = peel(scores.getInput(1), 'k', old, factors, values);
    List<String> in = new ArrayList<>(List.of(q, k, product.getInput(1), mask));
    in.addAll(values);
    Map<String, Object> attributes = new TreeMap<>(Map.of("factors", factors.toString()));
    if (Attributes.has(softmax, "axis")) {
      attributes.put("axis", Attributes.integer(softmax, "axis", -1));
    }
    graph.replace(old, Fused.ATTENTION, attributes, in);
  }

  private boolean leadsToProduct(String value) {
    String at = peel(value, 's', new ArrayList<>(), new StringBuilder(), new ArrayList<>());
    return graph.inner(at, "MatMul") != null;
  }

  /** Goes back over factors that do not depend on data, noting them; returns what they scale. */
  private String peel(
      String from, char place, List<NodeProto> old, StringBuilder factors, List<String> values) {
    String at = from;
    while (true) {
      NodeProto mul = graph.inner(at, "Mul");
      NodeProto div = graph.inner(at, "Div");
      NodeProto node = mul != null ? mul : div;
      if (node == null) {
        return at;
      }
      int factor = statics.isStatic(node.getInput(1)) ? 1 : 0;
      boolean fits =
          statics.isStatic(node.getInput(factor))
              && !statics.isStatic(node.getInput(1 - factor))
              && (div == null || factor == 1);
      if (!fits) {
        return at;
      }
      old.add(0, node);
      factors.append(div == null ? place : Character.toUpperCase(place));
      values.add(node.getInput(factor));
      at = node.getInput(1 - factor);
    }
  }

  /** x / sqrt(mean(x^2) + epsilon) of x less its mean, scaled and shifted. */
  private void layerNorm(NodeProto root) {
    NodeProto inside = graph.inner(root.getInput(0), "Add");
    NodeProto quotient = graph.next(root, "Div");
    if (inside == null || quotient == null) {
      return;
    }
    int at = Double.isNaN(known.scalar(inside.getInput(1))) ? 1 : 0;
    double epsilon = known.scalar(inside.getInput(1 - at));
    NodeProto variance = graph.inner(inside.getInput(at), "ReduceMean");
    NodeProto square = variance == null ? null : squareOf(variance.getInput(0));
    String centred = square == null ? "" : square.getInput(0);
    NodeProto difference = graph.maker(centred, "Sub");
    int reads = square != null && square.getOpType().equals("Mul") ? 3 : 2;
    if (Double.isNaN(epsilon)
        || variance == null
        || square == null
        || difference == null
        || graph.readers(centred) != reads
        || !quotient.getInput(0).equals(centred)) {
      return;
    }
    NodeProto mean = graph.inner(difference.getInput(1), "ReduceMean");
    NodeProto scaled = graph.next(quotient, "Mul");
    NodeProto shifted = scaled == null ? null : graph.next(scaled, "Add");
    if (mean == null
        || shifted == null
        || scaled == null
        || !mean.getInput(0).equals(difference.getInput(0))
        || !overLastAxis(mean)
        || !overLastAxis(variance)) {
      return;
    }
    String gain = Rewriting.other(scaled, quotient.getOutput(0));
    String shift = Rewriting.other(shifted, scaled.getOutput(0));
    if (gain == null || shift == null || known.rank(gain) != 1 || known.rank(shift) != 1) {
      return;
    }
    graph.replace(
        List.of(mean, difference, square, variance, inside, root, quotient, scaled, shifted),
        Fused.LAYER_NORM,
        Map.of("epsilon", (float) epsilon),
        List.of(mean.getInput(0), gain, shift));
  }

  private @Nullable NodeProto squareOf(String value) {
    NodeProto power = graph.inner(value, "Pow");
    if (power != null && known.scalar(power.getInput(1)) == 2) {
      return power;
    }
    NodeProto product = graph.inner(value, "Mul");
    return product != null && product.getInput(0).equals(product.getInput(1)) ? product : null;
  }

  private boolean overLastAxis(NodeProto mean) {
    long[] axes = Attributes.integers(mean, "axes");
    boolean last =
        axes != null
            ? axes.length == 1 && axes[0] == -1
            : mean.getInputCount() > 1 && known.scalar(mean.getInput(1)) == -1;
    return last && Attributes.integer(mean, "keepdims", 1) == 1;
  }

  /** x sigmoid(x). */
  private void silu(NodeProto sigmoid) {
    NodeProto product = graph.next(sigmoid, "Mul");
    String x = product == null ? null : Rewriting.other(product, sigmoid.getOutput(0));
    if (product != null && sigmoid.getInput(0).equals(x)) {
      graph.replace(List.of(sigmoid, product), Fused.SILU, Map.of(), List.of(x));
    }
  }

  /** x W + b for a weight matrix and a weight vector. */
  private void linear(NodeProto sum) {
    for (int i = 0; i < 2; i++) {
      NodeProto product = graph.inner(sum.getInput(i), "MatMul");
      String bias = sum.getInput(1 - i);
      if (product != null
          && known.isKnown(bias)
          && known.rank(bias) == 1
          && known.rank(product.getInput(1)) == 2
          && !known.isKnown(product.getInput(0))) {
        graph.replace(
            List.of(product, sum),
            Fused.LINEAR,
            Map.of(),
            List.of(product.getInput(0), product.getInput(1), bias));
        return;
      }
    }
  }
}
