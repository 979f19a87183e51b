package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * W(x) of a whole network against a second writing of it, in loops and double precision: a network
 * whose factors are those that the input has makes of any direction d what W(x) makes of it, so
 * {@code vᵀ (W(x) d)} there must be {@code (vᵀ W(x)) d} here.
 */
class DynamicMatrixTest {
  private final BcosSpec spec = Networks.small();
  private final Map<String, Tensor> weights = Networks.weights(spec, 6);

  /** A map and a direction that goes through the same factors. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Flow(int channels, int side, double[] x, double[] d) {
    double x(int c, int row, int column) {
      return inside(row, column) ? x[(c * side + row) * side + column] : 0;
    }

    double d(int c, int row, int column) {
      return inside(row, column) ? d[(c * side + row) * side + column] : 0;
    }

    private boolean inside(int row, int column) {
      return row >= 0 && row < side && column >= 0 && column < side;
    }

    Flow plus(Flow other) {
      double[] sx = x.clone();
      double[] sd = d.clone();
      for (int i = 0; i < sx.length; i++) {
        sx[i] += other.x[i];
        sd[i] += other.d[i];
      }
      return new Flow(channels, side, sx, sd);
    }
  }

  private Flow conv(Flow in, String name, int stride) {
    Tensor w = BcosWeights.get(weights, name + ".linear.weight");
    int out = w.shape().dim(0);
    int kernel = w.shape().dim(2);
    int side = (in.side() - 1) / stride + 1;
    double[] x = new double[out * side * side];
    double[] d = new double[out * side * side];
    for (int o = 0; o < out; o++) {
      double length = 0;
      for (int i = 0; i < w.shape().example().size(); i++) {
        double f = w.get(o * w.shape().example().size() + i);
        length += f * f;
      }
      length = Math.sqrt(length);
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          double projection = 0;
          double direction = 0;
          double squares = 0;
          for (int c = 0; c < in.channels(); c++) {
            for (int i = 0; i < kernel; i++) {
              for (int j = 0; j < kernel; j++) {
                int r = row * stride + i - kernel / 2;
                int s = column * stride + j - kernel / 2;
                double f = w.get(((o * in.channels() + c) * kernel + i) * kernel + j) / length;
                projection += f * in.x(c, r, s);
                direction += f * in.d(c, r, s);
                squares += in.x(c, r, s) * in.x(c, r, s);
              }
            }
          }
          double factor = Math.abs(projection) / Math.sqrt(squares + 1e-6);
          int at = (o * side + row) * side + column;
          x[at] = factor * projection;
          d[at] = factor * direction;
        }
      }
    }
    return new Flow(out, side, x, d);
  }

  private Flow norm(Flow in, String name) {
    Tensor gain = BcosWeights.get(weights, name + ".weight");
    Tensor variance = BcosWeights.get(weights, name + ".running_var");
    double[] x = in.x().clone();
    double[] d = in.d().clone();
    int places = in.side() * in.side();
    for (int i = 0; i < x.length; i++) {
      double factor = gain.get(i / places) / Math.sqrt(variance.get(i / places) + 1e-5);
      x[i] *= factor;
      d[i] *= factor;
    }
    return new Flow(in.channels(), in.side(), x, d);
  }

  private Flow block(Flow in, String name, int stride) {
    Flow body = norm(conv(in, name + ".conv1", stride), name + ".bn1");
    Flow made = norm(conv(body, name + ".conv2", 1), name + ".bn2");
    Flow shortcut =
        weights.containsKey(name + ".downsample.1.weight")
            ? norm(conv(in, name + ".downsample.0", stride), name + ".downsample.1")
            : in;
    return made.plus(shortcut);
  }

  private Flow network(Flow in) {
    Flow y = norm(conv(in, "conv1", 1), "bn1");
    y = block(y, "layer1.0", 1);
    y = block(y, "layer1.1", 1);
    y = block(y, "layer2.0", 2);
    return conv(y, "fc", 1);
  }

  @Test
  void gradientsInExplanationModeAreTheMatrixOfTheInput() {
    Tensor x = BcosNetworkTest.pictures(spec, 1);
    RandomGenerator random = Run.of(8).random("directions");
    float[] v = {1, -2, 0.5f, 3};
    try (BcosNetwork network = BcosNetwork.of(spec, weights, 1)) {
      DynamicLinearModel model = network.cut("layer1");
      Tensor seed = Tensor.wrap(Shape.of(1, 4), v);
      Pullback w = model.explanation().pullLogits(x, y -> seed, RectifierRule.EXACT);
      Pullback plain = model.pullLogits(x, y -> seed, RectifierRule.EXACT);
      double worst = 0;
      for (int trial = 0; trial < 5; trial++) {
        double[] values = new double[x.shape().size()];
        double[] direction = new double[values.length];
        double here = 0;
        double other = 0;
        double absolute = 0;
        for (int i = 0; i < values.length; i++) {
          values[i] = x.get(i);
          direction[i] = random.nextGaussian();
          here += direction[i] * w.gradients().get(i);
          other += direction[i] * plain.gradients().get(i);
          absolute += Math.abs(direction[i] * w.gradients().get(i));
        }
        Flow out = network(new Flow(6, 8, values, direction));
        int places = out.side() * out.side();
        double there = 0;
        for (int c = 0; c < 4; c++) {
          double logit = 0;
          for (int l = 0; l < places; l++) {
            there += v[c] * out.d()[c * places + l] / places;
            logit += out.x()[c * places + l] / places;
          }
          assertEquals(logit + spec.logitBias(), w.values().get(0, c), 1e-5);
        }
        // float32 here, double there.
        assertEquals(there, here, 1e-5 * absolute);
        worst = Math.max(worst, Math.abs(there - other) / absolute);
      }
      assertTrue(worst > 0.01, "the plain gradient is another matrix: " + worst);
    }
  }
}
