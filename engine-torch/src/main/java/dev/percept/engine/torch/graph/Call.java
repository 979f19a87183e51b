package dev.percept.engine.torch.graph;

import dev.percept.core.RectifierRule;
import dev.percept.onnx.Attributes;
import dev.percept.onnx.proto.NodeProto;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.jspecify.annotations.Nullable;

/** A node with the values that it reads, while it is executed. */
final class Call {
  private final NodeProto node;
  private final int opset;
  private final Precision precision;
  private final RectifierRule rule;
  private final @Nullable Tensor[] inputs;
  private final IntFunction<Kept> hosts;
  private final IntPredicate fixed;

  /**
   * @param inputs by position; null where the node leaves one out
   * @param hosts the same in memory of the host, where sizes are read
   * @param fixed whether an input follows from weights and shapes: reading it costs nothing
   */
  Call(
      NodeProto node,
      int opset,
      Precision precision,
      RectifierRule rule,
      @Nullable Tensor[] inputs,
      IntFunction<Kept> hosts,
      IntPredicate fixed) {
    this.node = node;
    this.opset = opset;
    this.precision = precision;
    this.rule = rule;
    this.inputs = inputs;
    this.hosts = hosts;
    this.fixed = fixed;
  }

  int opset() {
    return opset;
  }

  Precision precision() {
    return precision;
  }

  RectifierRule rule() {
    return rule;
  }

  /** The number of inputs, absent ones included. */
  int size() {
    return inputs.length;
  }

  /** The number of outputs that the node names. */
  int outputs() {
    return node.getOutputCount();
  }

  boolean has(int index) {
    return index < inputs.length && inputs[index] != null;
  }

  /** Whether an input follows from weights and shapes alone. */
  boolean isFixed(int index) {
    return fixed.test(index);
  }

  /** The first input. */
  Tensor x() {
    return tensor(0);
  }

  Tensor tensor(int index) {
    Tensor t = index < inputs.length ? inputs[index] : null;
    if (t == null) {
      throw new IllegalArgumentException(label() + " lacks its input " + index);
    }
    return t;
  }

  /** An input that may be absent, as libtorch takes it. */
  TensorOptional optional(int index) {
    return has(index) ? new TensorOptional(tensor(index)) : new TensorOptional();
  }

  /** Sizes, axes or positions: the values of an integer input, row-major. */
  long[] longs(int index) {
    return hosts.apply(index).longs();
  }

  /** The values of a numeric input, row-major. */
  double[] doubles(int index) {
    return hosts.apply(index).doubles();
  }

  /** The value of an input that has one. */
  double scalar(int index) {
    double[] values = doubles(index);
    if (values.length != 1) {
      throw new IllegalArgumentException(
          label() + ": input " + index + " must be one number, found " + values.length);
    }
    return values[0];
  }

  boolean hasAttribute(String name) {
    return Attributes.has(node, name);
  }

  long integer(String name, long absent) {
    return Attributes.integer(node, name, absent);
  }

  double number(String name, double absent) {
    // Attributes are float32; the nearest double of 0.1f is not 0.1, and the model means the first.
    return Attributes.has(node, name) ? Attributes.number(node, name, 0) : absent;
  }

  String text(String name, String absent) {
    return Attributes.text(node, name, absent);
  }

  long @Nullable [] integers(String name) {
    return Attributes.integers(node, name);
  }

  /** Axes given as an attribute (old operator sets) or as an input; null where by neither. */
  long @Nullable [] integers(String attribute, int input) {
    return has(input) ? longs(input) : integers(attribute);
  }

  NodeProto node() {
    return node;
  }

  /** How messages name the node. */
  String label() {
    return node.getOpType()
        + " '"
        + (node.getName().isEmpty() ? node.getOutput(0) : node.getName())
        + "'";
  }
}
