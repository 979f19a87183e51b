package dev.percept.fact;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.DynamicLinearStack;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Three B-cos layers that see one pixel each, then a mean over pixels and a bias: small enough to
 * be written out. {@code out = sign(s) |s|^B ‖a‖^(1−B)} with {@code s = ŵ · a}.
 */
final class TinyBcos implements DynamicLinearStack {
  static final Shape INPUT = Shape.of(6, 3, 4);
  static final int PIXELS = 12;
  static final float BIAS = -1.5f;

  private final double b;
  private final double[][][] layers;

  /** Weights by chance: 6 to 7 to 5 features to {@code outputs} logits. */
  TinyBcos(double b, int outputs, long seed) {
    this(b, weights(outputs, seed));
  }

  TinyBcos(double b, double[][][] layers) {
    this.b = b;
    this.layers = layers;
  }

  private static double[][][] weights(int outputs, long seed) {
    int[] sizes = {6, 7, 5, outputs};
    RandomGenerator random = Run.of(seed).random("tiny");
    double[][][] layers = new double[3][][];
    for (int i = 0; i < 3; i++) {
      layers[i] = new double[sizes[i + 1]][sizes[i]];
      for (double[] row : layers[i]) {
        double squares = 0;
        for (int j = 0; j < row.length; j++) {
          row[j] = random.nextGaussian();
          squares += row[j] * row[j];
        }
        for (int j = 0; j < row.length; j++) {
          row[j] /= Math.sqrt(squares);
        }
      }
    }
    return layers;
  }

  /** The same with a head that answers nothing. */
  TinyBcos withoutHead() {
    double[][] head = new double[layers[2].length][layers[2][0].length];
    return new TinyBcos(b, new double[][][] {layers[0], layers[1], head});
  }

  double[][] layer(int i) {
    return layers[i];
  }

  private double[] forward(int layer, double[] x) {
    double[] out = new double[layers[layer].length];
    double norm = Math.sqrt(dot(x, x));
    for (int k = 0; k < out.length && norm > 0; k++) {
      double s = dot(layers[layer][k], x);
      out[k] = Math.signum(s) * Math.pow(Math.abs(s), b) * Math.pow(norm, 1 - b);
    }
    return out;
  }

  private double[] back(int layer, double[] x, double[] v, boolean explain) {
    double[] out = new double[x.length];
    double norm = Math.sqrt(dot(x, x));
    for (int k = 0; k < v.length && norm > 0; k++) {
      double[] w = layers[layer][k];
      double s = dot(w, x);
      double scale = Math.pow(Math.abs(s), b - 1) * Math.pow(norm, 1 - b);
      double along = explain ? scale : b * scale;
      double against = explain ? 0 : (1 - b) * scale * s / (norm * norm);
      for (int j = 0; j < out.length; j++) {
        out[j] += v[k] * (along * w[j] + against * x[j]);
      }
    }
    return out;
  }

  private static double dot(double[] a, double[] c) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * c[j];
    }
    return sum;
  }

  private static double[] pixel(Tensor x, int at, int p) {
    double[] out = new double[p];
    for (int j = 0; j < p; j++) {
      out[j] = x.get(at * p + j);
    }
    return out;
  }

  /** n x L x p through layers {@code from} to {@code to}. */
  private Tensor run(Tensor x, int from, int to) {
    int p = layers[from][0].length;
    int q = layers[to - 1].length;
    int rows = x.rows() * PIXELS;
    float[] out = new float[rows * q];
    for (int at = 0; at < rows; at++) {
      double[] values = pixel(x, at, p);
      for (int layer = from; layer < to; layer++) {
        values = forward(layer, values);
      }
      for (int j = 0; j < q; j++) {
        out[at * q + j] = (float) values[j];
      }
    }
    return Tensor.wrap(Shape.of(x.rows(), PIXELS, q), out);
  }

  private Tensor pull(Tensor x, Tensor v, int from, int to, boolean explain) {
    int p = layers[from][0].length;
    int q = layers[to - 1].length;
    int rows = x.rows() * PIXELS;
    float[] out = new float[rows * p];
    for (int at = 0; at < rows; at++) {
      double[][] values = new double[to - from][];
      values[0] = pixel(x, at, p);
      for (int layer = from; layer + 1 < to; layer++) {
        values[layer + 1 - from] = forward(layer, values[layer - from]);
      }
      double[] gradient = pixel(v, at, q);
      for (int layer = to - 1; layer >= from; layer--) {
        gradient = back(layer, values[layer - from], gradient, explain);
      }
      for (int j = 0; j < p; j++) {
        out[at * p + j] = (float) gradient[j];
      }
    }
    return Tensor.wrap(Shape.of(x.rows(), PIXELS, p), out);
  }

  private static Tensor mean(Tensor perPixel) {
    int c = perPixel.shape().dim(2);
    float[] out = new float[perPixel.rows() * c];
    for (int i = 0; i < perPixel.rows(); i++) {
      for (int k = 0; k < c; k++) {
        double sum = 0;
        for (int l = 0; l < PIXELS; l++) {
          sum += perPixel.get((i * PIXELS + l) * c + k);
        }
        out[i * c + k] = (float) (sum / PIXELS + BIAS);
      }
    }
    return Tensor.wrap(Shape.of(perPixel.rows(), c), out);
  }

  private static Tensor spread(Tensor v) {
    int c = v.shape().dim(1);
    float[] out = new float[v.rows() * PIXELS * c];
    for (int at = 0; at < v.rows() * PIXELS; at++) {
      for (int k = 0; k < c; k++) {
        out[at * c + k] = v.get(at / PIXELS, k) / PIXELS;
      }
    }
    return Tensor.wrap(Shape.of(v.rows(), PIXELS, c), out);
  }

  /** n x c x h x w to n x L x c, or back. */
  private static Tensor transposed(Tensor x, boolean toPixels) {
    int n = x.rows();
    int c = INPUT.dim(0);
    float[] out = new float[x.shape().size()];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < c; j++) {
        for (int l = 0; l < PIXELS; l++) {
          int planes = (i * c + j) * PIXELS + l;
          int pixels = (i * PIXELS + l) * c + j;
          out[toPixels ? pixels : planes] = x.get(toPixels ? planes : pixels);
        }
      }
    }
    return Tensor.wrap(toPixels ? Shape.of(n, PIXELS, c) : INPUT.batch(n), out);
  }

  @Override
  public int cuts() {
    return 2;
  }

  @Override
  public DynamicLinearModel at(int cut) {
    return new Cut(2 - cut, false);
  }

  @Override
  public Activations onward(int from, Tensor activations) {
    return new Activations(run(activations, 1, 2), new Grid(3, 4));
  }

  @Override
  public Pullback explainOnward(int from, Tensor activations, UnaryOperator<Tensor> cotangent) {
    Tensor values = run(activations, 1, 2);
    return new Pullback(values, pull(activations, cotangent.apply(values), 1, 2, true));
  }

  @Override
  public void close() {}

  /** Behind layer {@code behind}. */
  private final class Cut implements DynamicLinearModel {
    private final int behind;
    private final boolean explain;

    Cut(int behind, boolean explain) {
      this.behind = behind;
      this.explain = explain;
    }

    @Override
    public DifferentiableSplitModel explanation() {
      return new Cut(behind, true);
    }

    @Override
    public Tensor constants() {
      float[] constants = new float[outputs()];
      java.util.Arrays.fill(constants, BIAS);
      return Tensor.wrap(Shape.of(constants.length), constants);
    }

    @Override
    public boolean completeAtInput() {
      return true;
    }

    @Override
    public Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
      Tensor x = transposed(inputs, true);
      Tensor logits = mean(run(x, 0, 3));
      Tensor v = spread(cotangent.apply(logits));
      return new Pullback(logits, transposed(pull(x, v, 0, 3, explain), false));
    }

    @Override
    public Pullback pullActivations(
        Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
      Tensor x = transposed(inputs, true);
      Tensor values = run(x, 0, behind);
      return new Pullback(
          values, transposed(pull(x, cotangent.apply(values), 0, behind, explain), false));
    }

    @Override
    public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
      Tensor logits = head(activations);
      return new Pullback(
          logits, pull(activations, spread(cotangent.apply(logits)), behind, 3, explain));
    }

    @Override
    public ModelInfo info() {
      return new ModelInfo("tiny", "", "layer" + behind, "Bcos", false, "by hand");
    }

    @Override
    public Shape inputShape() {
      return INPUT;
    }

    @Override
    public Grid grid() {
      return new Grid(3, 4);
    }

    @Override
    public int features() {
      return layers[behind - 1].length;
    }

    @Override
    public int outputs() {
      return layers[2].length;
    }

    @Override
    public Activations activations(Tensor inputs) {
      return new Activations(run(transposed(inputs, true), 0, behind), grid());
    }

    @Override
    public Tensor pooled(Tensor inputs) {
      throw new UnsupportedOperationException("asked by no test");
    }

    @Override
    public Tensor head(Tensor activations) {
      return mean(run(activations, behind, 3));
    }

    @Override
    public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
      int r = dictionary.concepts();
      int p = dictionary.features();
      float[] out = new float[codes.rows() * PIXELS * p];
      for (int at = 0; at < codes.rows() * PIXELS; at++) {
        for (int j = 0; j < p; j++) {
          double sum = dictionary.offset() == null ? 0 : dictionary.offset().get(j);
          for (int k = 0; k < r; k++) {
            sum += codes.get(at * r + k) * dictionary.atoms().get(k, j);
          }
          out[at * p + j] = (float) sum;
        }
      }
      return head(Tensor.wrap(Shape.of(codes.rows(), PIXELS, p), out));
    }

    @Override
    public Tensor logits(Tensor inputs) {
      return mean(run(transposed(inputs, true), 0, 3));
    }

    @Override
    public void close() {}
  }
}
