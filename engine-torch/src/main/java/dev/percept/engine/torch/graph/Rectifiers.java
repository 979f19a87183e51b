package dev.percept.engine.torch.graph;

import dev.percept.core.RectifierRule;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.global.torch;

/**
 * Rectifiers: Relu, and Clip with a lower bound of 0 (ReLU6). They alone obey {@link
 * RectifierRule}; what leaks or is smooth (LeakyRelu, PRelu, Elu, Gelu, SiLU) passes gradients by
 * its derivative under every rule, since the papers that define the rules define them for ReLU.
 */
final class Rectifiers {
  /**
   * Takes the negative part of an arriving gradient away. One for all calls and threads: it has no
   * state, and native code can hold a few callbacks only.
   */
  private static final TensorTensorHook POSITIVE_PART = positivePart();

  private Rectifiers() {}

  @SuppressWarnings("resource") // lives as long as the class
  private static TensorTensorHook positivePart() {
    TensorTensorHook hook =
        new TensorTensorHook() {
          @Override
          public Tensor call(TensorBase gradient) {
            return torch.clamp_min(new Tensor(gradient), new Scalar(0.0));
          }
        };
    // The scope of the call that happens to come first must not free it.
    hook.retainReference();
    return hook;
  }

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("Relu", Operator.of(c -> pass(c, torch.relu(c.x()))));
    all.put("Clip", Operator.of(Rectifiers::clip));
    return all;
  }

  private static Tensor clip(Call c) {
    boolean old = c.opset() < 11;
    Double low = bound(c, old, "min", 1);
    Double high = bound(c, old, "max", 2);
    if (low == null && high == null) {
      return new Tensor(c.x());
    }
    Tensor y = torch.clamp(c.x(), scalar(c, low), scalar(c, high));
    return low != null && low == 0 ? pass(c, y) : y;
  }

  private static @org.jspecify.annotations.Nullable Double bound(
      Call c, boolean old, String name, int input) {
    if (old) {
      return c.hasAttribute(name) ? Double.valueOf(c.number(name, 0)) : null;
    }
    return c.has(input) ? Double.valueOf(c.scalar(input)) : null;
  }

  private static ScalarOptional scalar(Call c, @org.jspecify.annotations.Nullable Double value) {
    if (value == null) {
      return new ScalarOptional();
    }
    return new ScalarOptional(
        c.x().is_floating_point() ? new Scalar(value) : new Scalar(value.longValue()));
  }

  /** Makes {@code y}, the rectified first input, obey the rule on the way back. */
  private static Tensor pass(Call c, Tensor y) {
    if (c.rule() == RectifierRule.EXACT || !y.requires_grad()) {
      return y;
    }
    Tensor out = y;
    if (c.rule() == RectifierRule.DECONVOLUTION) {
      // The value of y with the derivative of the identity.
      out = c.x().add(torch.sub(y, c.x()).detach());
    }
    out.register_hook(POSITIVE_PART);
    return out;
  }
}
