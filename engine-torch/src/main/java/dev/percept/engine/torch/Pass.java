package dev.percept.engine.torch;

import dev.percept.core.Dictionary;
import dev.percept.core.PerceptException;
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
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
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

  @SuppressWarnings("try") // scopes are there to be closed
  Tensor forward(Tensor piece, @Nullable Dictionary dictionary) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Map<String, org.bytedeco.pytorch.Tensor> inputs = new HashMap<>();
      inputs.put(input, load(piece));
      if (dictionary != null) {
        Tensor offset = dictionary.offset();
        inputs.put(SubGraphs.ATOMS, load(dictionary.atoms()));
        inputs.put(
            SubGraphs.OFFSET,
            load(offset == null ? Tensor.zeros(Shape.of(dictionary.features())) : offset));
      }
      org.bytedeco.pytorch.Tensor y = program.run(inputs, RectifierRule.EXACT).get(0);
      return Memory.read(y, out.batch(piece.rows()));
    }
  }

  /**
   * There and back. The cotangent is asked for between two scopes: what the caller's code makes of
   * native memory, and may want to keep, must not die with ours.
   */
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
    Recorded recorded = record(piece, others, rule);
    try {
      Tensor v = cotangent.apply(recorded.values());
      return new Pullback(recorded.values(), back(recorded, v, piece.shape()));
    } finally {
      recorded.x().releaseReference();
      recorded.y().releaseReference();
    }
  }

  /** The ends of what libtorch has recorded. */
  private record Recorded(
      org.bytedeco.pytorch.Tensor x, org.bytedeco.pytorch.Tensor y, Tensor values) {}

  @SuppressWarnings("try") // scopes are there to be closed
  private Recorded record(Tensor piece, Map<String, Tensor> others, RectifierRule rule) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, org.bytedeco.pytorch.Tensor> inputs = new HashMap<>();
      others.forEach((name, values) -> inputs.put(name, load(values)));
      org.bytedeco.pytorch.Tensor x = load(piece).set_requires_grad(true);
      inputs.put(input, x);
      org.bytedeco.pytorch.Tensor y = program.run(inputs, rule).get(0);
      Tensor values = Memory.read(y, out.batch(piece.rows()));
      x.retainReference();
      y.retainReference();
      return new Recorded(x, y, values);
    }
  }

  @SuppressWarnings("try") // scopes are there to be closed
  private Tensor back(Recorded recorded, Tensor v, Shape shape) {
    if (!recorded.y().requires_grad()) {
      return Tensor.zeros(shape); // what comes out does not depend on what went in
    }
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor seed = load(v).reshape(recorded.y().shape());
      TensorVector gradients =
          torch.grad(
              new TensorVector(recorded.y()),
              new TensorVector(recorded.x()),
              new TensorVector(seed),
              new BoolOptional(),
              false,
              true);
      org.bytedeco.pytorch.Tensor g = gradients.get(0);
      return g.defined() ? Memory.read(g, shape) : Tensor.zeros(shape);
    } catch (PerceptException e) {
      throw e;
    } catch (RuntimeException e) {
      throw program.failure(e);
    }
  }

  private org.bytedeco.pytorch.Tensor load(Tensor values) {
    return precision.in(Memory.load(values));
  }
}
