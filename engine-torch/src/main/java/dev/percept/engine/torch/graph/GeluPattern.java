package dev.percept.engine.torch.graph;

import dev.percept.onnx.proto.NodeProto;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds {@code x/2 (1 + erf(x/√2))} and its approximation by tanh, in any order of products. */
final class GeluPattern {
  /** Constants are written in float32, at times rounded more. */
  private static final double NEAR = 1e-4;

  private static final double ROOT_HALF = Math.sqrt(0.5);

  private final Rewriting graph;
  private final Folding known;

  GeluPattern(Rewriting graph, Folding known) {
    this.graph = graph;
    this.known = known;
  }

  /** Replaces the pattern around {@code erf}, if it is one. */
  void exact(NodeProto erf) {
    NodeProto mul = graph.inner(erf.getInput(0), "Mul");
    NodeProto div = graph.inner(erf.getInput(0), "Div");
    NodeProto inside = mul != null ? mul : div;
    if (inside == null) {
      return;
    }
    int at = is(inside.getInput(1), mul != null ? ROOT_HALF : 1 / ROOT_HALF) ? 1 : 0;
    boolean fits =
        mul != null
            ? is(inside.getInput(at), ROOT_HALF)
            : at == 1 && is(inside.getInput(1), 1 / ROOT_HALF);
    if (fits) {
      tail(erf, List.of(inside, erf), inside.getInput(1 - at), "none");
    }
  }

  /** Replaces the pattern around {@code tanh}, if it is one. */
  void byTanh(NodeProto tanh) {
    NodeProto outer = graph.inner(tanh.getInput(0), "Mul");
    int at = outer != null && is(outer.getInput(1), Math.sqrt(2 / Math.PI)) ? 1 : 0;
    if (outer == null || !is(outer.getInput(at), Math.sqrt(2 / Math.PI))) {
      return;
    }
    NodeProto sum = graph.inner(outer.getInput(1 - at), "Add");
    if (sum == null) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      String x = sum.getInput(i);
      NodeProto term = graph.inner(sum.getInput(1 - i), "Mul");
      int c = term != null && is(term.getInput(1), 0.044715) ? 1 : 0;
      NodeProto cube =
          term != null && is(term.getInput(c), 0.044715)
              ? graph.inner(term.getInput(1 - c), "Pow")
              : null;
      if (term != null && cube != null && cube.getInput(0).equals(x) && is(cube.getInput(1), 3)) {
        tail(tanh, List.of(cube, term, sum, outer, tanh), x, "tanh");
        return;
      }
    }
  }

  /** From the bell to the end: plus one, times x, times a half, in any order. */
  private void tail(NodeProto bell, List<NodeProto> before, String x, String approximate) {
    NodeProto plus = graph.next(bell, "Add");
    String one = plus == null ? null : Rewriting.other(plus, bell.getOutput(0));
    if (plus == null || one == null || !is(one, 1)) {
      return;
    }
    NodeProto first = graph.next(plus, "Mul");
    String factor = first == null ? null : Rewriting.other(first, plus.getOutput(0));
    if (first == null || factor == null) {
      return;
    }
    NodeProto half = graph.inner(factor, "Mul");
    if (half != null && isHalfOf(half, x)) {
      replace(before, List.of(half, plus, first), x, approximate);
      return;
    }
    NodeProto second = graph.next(first, "Mul");
    String last = second == null ? null : Rewriting.other(second, first.getOutput(0));
    boolean fits =
        last != null
            && ((factor.equals(x) && is(last, 0.5)) || (is(factor, 0.5) && last.equals(x)));
    if (second != null && fits) {
      replace(before, List.of(plus, first, second), x, approximate);
    }
  }

  private boolean isHalfOf(NodeProto half, String x) {
    @Nullable String other = Rewriting.other(half, x);
    return other != null && is(other, 0.5);
  }

  private void replace(
      List<NodeProto> before, List<NodeProto> after, String x, String approximate) {
    List<NodeProto> all = new java.util.ArrayList<>(before);
    all.addAll(after);
    graph.replace(all, Fused.GELU, Map.of("approximate", approximate), List.of(x));
  }

  private boolean is(String value, double number) {
    return Math.abs(known.scalar(value) - number) <= NEAR * number;
  }
}
