package dev.percept.engine.torch;

import dev.percept.onnx.Value;
import java.util.function.BiFunction;

/**
 * An operator in a model of its own.
 *
 * @param opset of the model
 * @param picture the axes of an input: 3 x 7 x 6 for a picture, else a vector of 8
 * @param middle around which the inputs lie
 * @param smooth whether it has a derivative that is not zero
 */
record OperatorCase(
    String name,
    int opset,
    boolean picture,
    double middle,
    boolean smooth,
    BiFunction<Weights, Value, Value> graph) {

  static OperatorCase of(String name, int opset, BiFunction<Weights, Value, Value> graph) {
    return new OperatorCase(name, opset, true, 0, true, graph);
  }

  OperatorCase around(double value) {
    return new OperatorCase(name, opset, picture, value, smooth, graph);
  }

  OperatorCase flat() {
    return new OperatorCase(name, opset, picture, middle, false, graph);
  }

  int[] dims() {
    return picture ? new int[] {3, 7, 6} : new int[] {8};
  }

  @Override
  public String toString() {
    return name + " " + opset;
  }
}
