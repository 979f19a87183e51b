package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.NodeProto;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a model of texts can be cut: behind the place where its head stops looking at tokens. */
final class TextCuts {
  private static final Set<String> SAME_VALUES =
      Set.of("Identity", "Dropout", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze");

  private final OnnxModel model;
  private final TokenAxes tokens;
  private final @Nullable Pooling pooling;

  TextCuts(OnnxModel model, TensorShapes shapes, Logits logits) {
    this.model = model;
    this.tokens = new TokenAxes(model.graph(), shapes);
    this.pooling = new PoolingFinder(model.graph(), shapes, tokens).find(logits.tensor());
    if (tokens.has(logits.tensor())) {
      throw new PerceptException(
          model.name()
              + ": output '"
              + logits.output()
              + "' has one answer a token, not one a text; choose another with --output, or export"
              + " the model with a head that classifies texts");
    }
  }

  /** What the head reads; null where the logits do not depend on the words. */
  @Nullable Pooling pooling() {
    return pooling;
  }

  /** The axes of a tensor that count tokens. */
  Set<Integer> tokenAxes(String tensor) {
    return tokens.of(tensor);
  }

  /** Whether a tensor has a row for every token. */
  boolean hasTokens(String tensor) {
    return tokens.has(tensor);
  }

  /**
   * The last tensor behind the pooling whose values are never negative, else what the last linear
   * layer reads; null where there is none.
   *
   * @param cuts the tensors on the way to the logits, in order
   */
  @Nullable Cut pick(Map<String, Cut> cuts, String logits) {
    String read = lastRead(logits);
    if (hasTokens(read)) {
      return null; // the last layer looks at every place: nothing lies between
    }
    Cut last = null;
    Cut lastNonNegative = null;
    for (Cut cut : cuts.values()) {
      if (cut.clean() && cut.usable() && !hasTokens(cut.tensor())) {
        last = cut;
        lastNonNegative = cut.nonNegative() ? cut : lastNonNegative;
      }
      if (cut.tensor().equals(read)) {
        break;
      }
    }
    Cut chosen = lastNonNegative != null ? lastNonNegative : last;
    return chosen == null ? null : origin(chosen, cuts);
  }

  /** What the last layer with weights reads to make the logits. */
  private String lastRead(String logits) {
    Graph graph = model.graph();
    String at = logits;
    NodeProto node = graph.maker(at);
    while (node != null) {
      List<String> inputs = node.getInputList();
      boolean linear = Set.of("Gemm", "MatMul").contains(node.getOpType());
      if (linear && graph.constant(inputs.get(1)) != null) {
        return inputs.get(0);
      }
      boolean shifts = Set.of("Add", "Sub", "Mul", "Div").contains(node.getOpType());
      if (shifts) {
        List<String> open = inputs.stream().filter(i -> graph.constant(i) == null).toList();
        if (open.size() != 1) {
          return at;
        }
        at = open.get(0);
      } else if (SAME_VALUES.contains(node.getOpType())) {
        at = inputs.get(0);
      } else {
        return at;
      }
      node = graph.maker(at);
    }
    return at;
  }

  /** The tensor whose values {@code cut} hands on: the ReLU rather than the Dropout behind it. */
  private Cut origin(Cut cut, Map<String, Cut> cuts) {
    Cut at = cut;
    while (SAME_VALUES.contains(at.operator())) {
      NodeProto maker = model.graph().maker(at.tensor());
      Cut before = maker == null ? null : cuts.get(maker.getInput(0));
      if (before == null
          || !before.clean()
          || !before.usable()
          || hasTokens(before.tensor())
          || before.features() != at.features()) {
        return at;
      }
      at = before;
    }
    return at;
  }

  /** What to add to a sentence that refuses {@code tensor}: what the head reads instead. */
  String instead(@Nullable Cut auto) {
    String reads = pooling == null ? "" : "; the head reads " + pooling.words();
    return reads
        + (auto == null ? "" : ": cut there or behind it, for example at '" + auto.tensor() + "'");
  }

  /**
   * Refuses a tensor at which a model of texts cannot be cut.
   *
   * @throws PerceptException naming what the head reads
   */
  void refuse(Cut cut, @Nullable Cut auto) {
    if (hasTokens(cut.tensor())) {
      throw new PerceptException(
          "'"
              + cut.tensor()
              + "' has one row for every token ("
              + cut.shape()
              + ")"
              + (cut.clean() ? "" : ", and '" + cut.crossing().get(0) + "' goes around it")
              + instead(auto));
    }
  }
}
