package dev.percept.methods.attribution;

import dev.percept.core.Activations;
import dev.percept.core.CutGradient;
import dev.percept.core.CutScore;
import dev.percept.core.Grid;
import dev.percept.core.RectifierRule;
import dev.percept.core.RectifierScore;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.Npy;
import dev.percept.testkit.Npz;
import java.util.Map;
import java.util.Objects;

/** The network of the golden numbers, forward and backward in plain Java; one of its logits. */
public final class SmallCnn implements RectifierScore, CutScore {
  private static final Map<String, Npy> WEIGHTS = Npz.resource(SmallCnn.class, "weights.npz");
  private static final int LAST = 64;
  private static final int PLACES = 36;

  private final Convolution[] layers = {
    new Convolution("c1", 3, 16, 48),
    new Convolution("c2", 16, 32, 24),
    new Convolution("c3", 32, 64, 12)
  };
  private final float[] linear = weights("fc.weight");
  private final float[] bias = weights("fc.bias");
  private final int target;

  /** The logit of one of its four classes. */
  public SmallCnn(int target) {
    this.target = target;
  }

  private static float[] weights(String name) {
    return Objects.requireNonNull(WEIGHTS.get(name), name).floats();
  }

  @Override
  public String name() {
    return "logit " + target;
  }

  @Override
  public Shape inputShape() {
    return Shape.of(3, 48, 48);
  }

  @Override
  public Grid grid() {
    return new Grid(6, 6);
  }

  @Override
  public float[] score(Tensor inputs) {
    float[] scores = new float[inputs.rows()];
    for (int i = 0; i < scores.length; i++) {
      float[][] values = forward(inputs.row(i).toArray());
      scores[i] = logit(values[3]);
    }
    return scores;
  }

  /** The input and what each rectifier gives. */
  private float[][] forward(float[] input) {
    float[][] values = new float[4][];
    values[0] = input;
    for (int l = 0; l < 3; l++) {
      values[l + 1] = layers[l].forward(values[l]);
      for (int p = 0; p < values[l + 1].length; p++) {
        values[l + 1][p] = Math.max(0, values[l + 1][p]);
      }
    }
    return values;
  }

  private float logit(float[] last) {
    double sum = bias[target];
    for (int p = 0; p < last.length; p++) {
      sum += (double) linear[target * LAST + p / PLACES] * last[p] / PLACES;
    }
    return (float) sum;
  }

  private float[] atLast() {
    float[] gradient = new float[LAST * PLACES];
    for (int p = 0; p < gradient.length; p++) {
      gradient[p] = linear[target * LAST + p / PLACES] / PLACES;
    }
    return gradient;
  }

  @Override
  public ScoreGradient gradient(Tensor inputs, RectifierRule rule) {
    int size = inputShape().size();
    float[] scores = new float[inputs.rows()];
    float[] all = new float[inputs.shape().size()];
    for (int i = 0; i < scores.length; i++) {
      float[][] values = forward(inputs.row(i).toArray());
      scores[i] = logit(values[3]);
      float[] gradient = atLast();
      for (int l = 2; l >= 0; l--) {
        for (int p = 0; p < gradient.length; p++) {
          boolean open = rule == RectifierRule.DECONVOLUTION || values[l + 1][p] > 0;
          boolean passes = rule == RectifierRule.EXACT || gradient[p] > 0;
          gradient[p] = open && passes ? gradient[p] : 0;
        }
        gradient = layers[l].backward(gradient);
      }
      System.arraycopy(gradient, 0, all, i * size, size);
    }
    return new ScoreGradient(
        Tensor.of(Shape.of(scores.length), scores), Tensor.wrap(inputs.shape(), all));
  }

  @Override
  public CutGradient atCut(Tensor inputs) {
    int n = inputs.rows();
    float[] scores = new float[n];
    float[] activations = new float[n * LAST * PLACES];
    float[] gradients = new float[n * LAST * PLACES];
    for (int i = 0; i < n; i++) {
      float[] last = forward(inputs.row(i).toArray())[3];
      scores[i] = logit(last);
      for (int p = 0; p < last.length; p++) {
        int at = (i * PLACES + p % PLACES) * LAST + p / PLACES;
        activations[at] = last[p];
        gradients[at] = atLast()[p];
      }
    }
    Shape s = Shape.of(n, PLACES, LAST);
    return new CutGradient(
        Tensor.of(Shape.of(n), scores),
        new Activations(Tensor.wrap(s, activations), grid()),
        Tensor.wrap(s, gradients));
  }

  /** 3 x 3, stride 2, padding 1. */
  private static final class Convolution {
    private final int from;
    private final int to;
    private final int side;
    private final float[] bias;

    /** from x 9 x to, so that the innermost loop runs over what lies together. */
    private final float[] taps;

    Convolution(String name, int from, int to, int side) {
      this.from = from;
      this.to = to;
      this.side = side;
      this.bias = SmallCnn.weights(name + ".0.bias");
      float[] weights = SmallCnn.weights(name + ".0.weight");
      this.taps = new float[weights.length];
      for (int k = 0; k < to; k++) {
        for (int ct = 0; ct < from * 9; ct++) {
          taps[ct * to + k] = weights[k * from * 9 + ct];
        }
      }
    }

    float[] forward(float[] x) {
      int places = side * side / 4;
      float[] y = new float[to * places];
      float[] sum = new float[to];
      for (int place = 0; place < places; place++) {
        System.arraycopy(bias, 0, sum, 0, to);
        for (int ct = 0; ct < from * 9; ct++) {
          int in = input(place, ct);
          if (in >= 0 && x[in] != 0) {
            add(x[in], ct * to, sum);
          }
        }
        for (int k = 0; k < to; k++) {
          y[k * places + place] = sum[k];
        }
      }
      return y;
    }

    private void add(float value, int tap, float[] sum) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += value * taps[tap + k];
      }
    }

    float[] backward(float[] gradient) {
      int places = side * side / 4;
      float[] x = new float[from * side * side];
      for (int place = 0; place < places; place++) {
        for (int ct = 0; ct < from * 9; ct++) {
          int in = input(place, ct);
          for (int k = 0; in >= 0 && k < to; k++) {
            x[in] += taps[ct * to + k] * gradient[k * places + place];
          }
        }
      }
      return x;
    }

    /** Where tap t of channel c reads for a place of the output; -1 beyond the near edge. */
    private int input(int place, int ct) {
      int row = place / (side / 2) * 2 + ct % 9 / 3 - 1;
      int column = place % (side / 2) * 2 + ct % 3 - 1;
      return row < 0 || column < 0 ? -1 : (ct / 9 * side + row) * side + column;
    }
  }
}
