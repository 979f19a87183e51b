package dev.percept.engine.torch;

import dev.percept.core.PerceptException;
import dev.percept.core.Pullback;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.graph.Memory;
import dev.percept.engine.torch.graph.Precision;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A function of libtorch, forward or there and back, from Java's memory to Java's memory: what it
 * takes of native memory is given back before it returns.
 *
 * @param body the function; it is called inside a {@link PointerScope}, with gradients recorded if
 *     they are wanted
 * @param precision in what numbers and where
 * @param out the shape of one output
 * @param failure what to throw when libtorch cannot go back
 */
public record TorchFunction(
    UnaryOperator<org.bytedeco.pytorch.Tensor> body,
    Precision precision,
    Shape out,
    Function<RuntimeException, RuntimeException> failure) {

  /** On the processor in single precision; failures of libtorch are thrown as they are. */
  public TorchFunction(UnaryOperator<org.bytedeco.pytorch.Tensor> body, Shape out) {
    this(body, Precision.SINGLE, out, e -> e);
  }

  /** The values of one piece. */
  @SuppressWarnings("try") // scopes are there to be closed
  public Tensor forward(Tensor piece) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      org.bytedeco.pytorch.Tensor y = body.apply(precision.in(Memory.load(piece)));
      return Memory.read(y, out.batch(piece.rows()));
    }
  }

  /**
   * There and back. The cotangent is asked for between two scopes: what the caller's code makes of
   * native memory, and may want to keep, must not die with ours.
   *
   * @param piece inputs
   * @param cotangent asked for once, with the values
   */
  public Pullback pull(Tensor piece, UnaryOperator<Tensor> cotangent) {
    Recorded recorded = record(piece);
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
  private Recorded record(Tensor piece) {
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor x = precision.in(Memory.load(piece)).set_requires_grad(true);
      org.bytedeco.pytorch.Tensor y = body.apply(x);
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
      org.bytedeco.pytorch.Tensor seed = precision.in(Memory.load(v)).reshape(recorded.y().shape());
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
      throw failure.apply(e);
    }
  }
}
