package dev.percept.engine.torch.graph;

import dev.percept.core.RectifierRule;
import dev.percept.onnx.Attributes;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.proto.AttributeProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the weights alone, worked out once when a part is opened. Everything made here
 * belongs to the scope of the caller.
 */
final class Folding {
  private final Constants constants;
  private final int opset;
  private final Precision host;
  private final Map<String, TensorProto> weights = new HashMap<>();
  private final Map<String, Tensor> values = new HashMap<>();

  Folding(Constants constants, int opset, List<TensorProto> initializers) {
    this.constants = constants;
    this.opset = opset;
    this.host = new Precision(constants.precision().real(), "cpu");
    initializers.forEach(t -> weights.put(t.getName(), t));
  }

  /** Executes the nodes whose inputs are known; the others are returned, in order. */
  List<NodeProto> fold(List<NodeProto> nodes) {
    List<NodeProto> left = new ArrayList<>();
    for (NodeProto node : nodes) {
      if (node.getOpType().equals("Constant") && Operators.isStandard(node)) {
        values.put(node.getOutput(0), constant(node));
      } else if (node.getInputCount() > 0
          && node.getInputList().stream().allMatch(n -> n.isEmpty() || isKnown(n))) {
        run(node);
      } else {
        left.add(node);
      }
    }
    return left;
  }

  boolean isKnown(String name) {
    return values.containsKey(name) || weights.containsKey(name);
  }

  /** A known value, on the host. */
  Tensor value(String name) {
    Tensor folded = values.get(name);
    if (folded != null) {
      return folded;
    }
    TensorProto weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("nothing makes '" + name + "'");
    }
    Tensor loaded = Memory.weight(constants.model(), weight, constants.precision());
    values.put(name, loaded);
    return loaded;
  }

  /** The number of values of a known tensor; -1 where it is not known. */
  long size(String name) {
    TensorProto weight = weights.get(name);
    Tensor folded = values.get(name);
    return folded != null ? folded.numel() : weight != null ? TensorData.count(weight) : -1;
  }

  /** The number of axes of a known tensor; -1 where it is not known. */
  int rank(String name) {
    TensorProto weight = weights.get(name);
    Tensor folded = values.get(name);
    return folded != null ? (int) folded.dim() : weight != null ? weight.getDimsCount() : -1;
  }

  /** The one value of a known tensor; NaN where it is not known or has several. */
  double scalar(String name) {
    return size(name) == 1 ? Memory.doubles(value(name))[0] : Double.NaN;
  }

  private void run(NodeProto node) {
    Operator operator = Operators.find(node);
    if (operator == null) {
      throw new IllegalStateException("not checked: " + Operators.key(node));
    }
    @Nullable Tensor[] inputs = new Tensor[node.getInputCount()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = node.getInput(i).isEmpty() ? null : value(node.getInput(i));
    }
    Call call =
        new Call(
            node,
            opset,
            host,
            RectifierRule.EXACT,
            inputs,
            i -> {
              Tensor t = value(node.getInput(i));
              return new Kept(t, t);
            },
            i -> true);
    Tensor[] made = operator.apply(call);
    for (int i = 0; i < Math.min(made.length, node.getOutputCount()); i++) {
      values.put(node.getOutput(i), made[i]);
    }
  }

  private Tensor constant(NodeProto node) {
    TensorProto tensor = Attributes.tensor(node, "value");
    long[] ints = Attributes.integers(node, "value_ints");
    if (tensor == null && Attributes.has(node, "value_int")) {
      tensor = TensorData.scalar("", Attributes.integer(node, "value_int", 0));
    } else if (tensor == null && Attributes.has(node, "value_float")) {
      tensor = TensorData.scalar("", Attributes.number(node, "value_float", 0));
    } else if (tensor == null && ints != null) {
      tensor = TensorData.of("", ints);
    }
    if (tensor != null) {
      return Memory.weight(constants.model(), tensor, constants.precision());
    }
    AttributeProto floats = Attributes.find(node, "value_floats");
    if (floats == null) {
      throw new IllegalArgumentException("Constant '" + node.getOutput(0) + "' holds no numbers");
    }
    double[] numbers = floats.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray();
    return Memory.of(new long[] {numbers.length}, numbers).to(constants.precision().real());
  }
}
