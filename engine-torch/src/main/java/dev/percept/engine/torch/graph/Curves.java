package dev.percept.engine.torch.graph;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Activation functions other than rectifiers, and softmax. */
final class Curves {
  private static final float SELU_ALPHA = 1.6732632f;
  private static final float SELU_GAMMA = 1.050701f;

  private Curves() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("Sigmoid", Operator.of(c -> torch.sigmoid(c.x())));
    all.put("Tanh", Operator.of(c -> torch.tanh(c.x())));
    all.put("Gelu", Operator.of(c -> torch.gelu(c.x(), c.text("approximate", "none"))));
    all.put("Mish", Operator.of(c -> torch.mish(c.x())));
    all.put("Softplus", Operator.of(Curves::softplus));
    all.put("Softsign", Operator.of(c -> c.x().div(c.x().abs().add(new Scalar(1.0)))));
    all.put(
        "LeakyRelu",
        Operator.of(c -> torch.leaky_relu(c.x(), new Scalar(c.number("alpha", 0.01f)))));
    all.put("Elu", Operator.of(c -> elu(c, c.number("alpha", 1), 1)));
    all.put("Celu", Operator.of(c -> torch.celu(c.x(), new Scalar(c.number("alpha", 1)))));
    all.put(
        "Selu",
        Operator.of(c -> elu(c, c.number("alpha", SELU_ALPHA), c.number("gamma", SELU_GAMMA))));
    all.put("PRelu", Operator.of(Curves::prelu));
    all.put("ThresholdedRelu", Operator.of(Curves::thresholded));
    all.put(
        "HardSigmoid",
        Operator.of(c -> hardSigmoid(c.x(), c.number("alpha", 0.2f), c.number("beta", 0.5f))));
    all.put("HardSwish", Operator.of(c -> c.x().mul(hardSigmoid(c.x(), 1 / 6.0, 0.5))));
    all.put("Softmax", Operator.of(c -> softmax(c, false)));
    all.put("LogSoftmax", Operator.of(c -> softmax(c, true)));
    return all;
  }

  /** log(1 + exp(x)) without overflow, also in double precision. */
  private static Tensor softplus(Call c) {
    Tensor x = c.x();
    return torch.relu(x).add(torch.log1p(x.abs().neg().exp()));
  }

  private static Tensor elu(Call c, double alpha, double gamma) {
    return torch.elu(c.x(), new Scalar(alpha), new Scalar(gamma), new Scalar(1.0));
  }

  private static Tensor prelu(Call c) {
    Tensor x = c.x();
    return torch.where(x.lt(new Scalar(0.0)), x.mul(c.tensor(1)), x);
  }

  private static Tensor thresholded(Call c) {
    Scalar alpha = new Scalar(c.number("alpha", 1));
    return torch.where(c.x().gt(alpha), c.x(), new Scalar(0.0));
  }

  private static Tensor hardSigmoid(Tensor x, double alpha, double beta) {
    return torch.clamp(
        x.mul(new Scalar(alpha)).add(new Scalar(beta)),
        new ScalarOptional(new Scalar(0.0)),
        new ScalarOptional(new Scalar(1.0)));
  }

  /** Before operator set 13 everything behind the axis was one long row. */
  private static Tensor softmax(Call c, boolean log) {
    boolean rows = c.opset() < 13;
    return softmax(c.x(), c.integer("axis", rows ? 1 : -1), rows, log);
  }

  static Tensor softmax(Tensor x, long axis, boolean rows, boolean log) {
    if (!rows) {
      return log ? torch.log_softmax(x, axis) : torch.softmax(x, axis);
    }
    long[] dims = x.shape();
    int from = Axes.front(axis, dims.length);
    long columns = Axes.product(dims, from, dims.length);
    return softmax(x.reshape(-1, columns), 1, false, log).reshape(dims);
  }
}
