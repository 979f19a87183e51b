package dev.percept.engine.torch;

import dev.percept.core.Dictionary;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.graph.Memory;
import dev.percept.engine.torch.graph.Precision;
import dev.percept.engine.torch.graph.Program;
import dev.percept.onnx.SubGraphs;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One piece through one part, forward or there and back.
 *
 * @param program the part
 * @param precision in what numbers and where
 * @param input the name of what goes in
 * @param out the shape of one output
 */
record Pass(Program program, Precision precision, String input, Shape out) {

  Tensor forward(Tensor piece, @Nullable Dictionary dictionary) {
    Map<String, Tensor> others = new HashMap<>();
    if (dictionary != null) {
      Tensor offset = dictionary.offset();
      others.put(SubGraphs.ATOMS, dictionary.atoms());
      others.put(
          SubGraphs.OFFSET,
          offset == null ? Tensor.zeros(Shape.of(dictionary.features())) : offset);
    }
    return function(others, RectifierRule.EXACT).forward(piece);
  }

  /** There and back. */
  Pullback pull(Tensor piece, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    return pull(piece, Map.of(), cotangent, rule);
  }

  /**
   * There and back, with more inputs, to which no gradient goes.
   *
   * @param others by name
   */
  Pullback pull(
      Tensor piece,
      Map<String, Tensor> others,
      UnaryOperator<Tensor> cotangent,
      RectifierRule rule) {
    return function(others, rule).pull(piece, cotangent);
  }

  private TorchFunction function(Map<String, Tensor> others, RectifierRule rule) {
    return new TorchFunction(
        x -> {
          Map<String, org.bytedeco.pytorch.Tensor> inputs = new HashMap<>();
          others.forEach((name, values) -> inputs.put(name, precision.in(Memory.load(values))));
          inputs.put(input, x);
          return program.run(inputs, rule).get(0);
        },
        precision,
        out,
        program::failure);
  }
}
