package dev.percept.methods.score;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A network that can be worked out by hand, with gradients: g looks at each 2 x 2 patch of 2 planes
 * of 6 x 6, twice a matrix and a rectifier; h averages the 3 x 3 locations and multiplies by a
 * matrix. In double precision inside.
 */
final class PatchNetwork implements DifferentiableSplitModel {
  static final int LOCATIONS = 9;
  static final int FEATURES = 7;
  static final int OUTPUTS = 3;
  private static final int PATCH = 8;
  private static final int HIDDEN = 10;
  private static final int INPUT = 72;

  final AtomicInteger forwards = new AtomicInteger();
  private final double[][] first = new double[HIDDEN][PATCH];
  private final double[][] second = new double[FEATURES][HIDDEN];
  private final double[][] votes = new double[OUTPUTS][FEATURES];

  PatchNetwork() {
    RandomGenerator random = Run.of(23).random("patch-network");
    for (double[][] matrix : new double[][][] {first, second, votes}) {
      for (double[] row : matrix) {
        for (int j = 0; j < row.length; j++) {
          row[j] = random.nextGaussian();
        }
      }
    }
  }

  /** Inputs with values of both signs. */
  static Tensor inputs(int n) {
    RandomGenerator random = Run.of(29).random("patch-inputs");
    float[] x = new float[n * INPUT];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(Shape.of(n, 2, 6, 6), x);
  }

  /** Where value {@code j} of the patch of a location lies in an input. */
  static int place(int location, int j) {
    int row = 2 * (location / 3) + j / 2 % 2;
    int column = 2 * (location % 3) + j % 2;
    return j / 4 * 36 + row * 6 + column;
  }

  private static double[] times(double[][] matrix, double[] v) {
    double[] out = new double[matrix.length];
    for (int i = 0; i < out.length; i++) {
      for (int j = 0; j < v.length; j++) {
        out[i] += matrix[i][j] * v[j];
      }
    }
    return out;
  }

  private static double[] rectified(double[] v) {
    double[] out = v.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(0, out[i]);
    }
    return out;
  }

  /** Activations of one location of one input, in double precision. */
  double[] location(double[] input, int location) {
    double[] patch = new double[PATCH];
    for (int j = 0; j < PATCH; j++) {
      patch[j] = input[place(location, j)];
    }
    return rectified(times(second, rectified(times(first, patch))));
  }

  private static double[] back(
      double[][] matrix, double[] before, double[] arriving, RectifierRule rule) {
    double[] out = new double[matrix[0].length];
    for (int i = 0; i < before.length; i++) {
      boolean open = before[i] > 0 || rule == RectifierRule.DECONVOLUTION;
      boolean passes = open && (rule == RectifierRule.EXACT || arriving[i] > 0);
      for (int j = 0; j < out.length && passes; j++) {
        out[j] += matrix[i][j] * arriving[i];
      }
    }
    return out;
  }

  private double[] pull(double[] input, int location, double[] cotangent, RectifierRule rule) {
    double[] patch = new double[PATCH];
    for (int j = 0; j < PATCH; j++) {
      patch[j] = input[place(location, j)];
    }
    double[] a = times(first, patch);
    double[] b = times(second, rectified(a));
    return back(first, a, back(second, b, cotangent, rule), rule);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("patches", "", "features", "Relu", true, "by hand");
  }

  @Override
  public Shape inputShape() {
    return Shape.of(2, 6, 6);
  }

  @Override
  public Grid grid() {
    return new Grid(3, 3);
  }

  @Override
  public int features() {
    return FEATURES;
  }

  @Override
  public int outputs() {
    return OUTPUTS;
  }

  static double[] input(Tensor inputs, int i) {
    double[] x = new double[INPUT];
    for (int j = 0; j < INPUT; j++) {
      x[j] = inputs.get(i * INPUT + j);
    }
    return x;
  }

  @Override
  public Activations activations(Tensor inputs) {
    forwards.addAndGet(inputs.rows());
    int n = inputs.rows();
    float[] a = new float[n * LOCATIONS * FEATURES];
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < LOCATIONS; l++) {
        double[] values = location(input(inputs, i), l);
        for (int f = 0; f < FEATURES; f++) {
          a[(i * LOCATIONS + l) * FEATURES + f] = (float) values[f];
        }
      }
    }
    return new Activations(Tensor.wrap(Shape.of(n, LOCATIONS, FEATURES), a), grid());
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    throw new UnsupportedOperationException("not needed here");
  }

  @Override
  public Tensor head(Tensor activations) {
    int n = activations.rows();
    float[] logits = new float[n * OUTPUTS];
    for (int i = 0; i < n; i++) {
      double[] mean = new double[FEATURES];
      for (int l = 0; l < LOCATIONS; l++) {
        for (int f = 0; f < FEATURES; f++) {
          mean[f] += activations.get((i * LOCATIONS + l) * FEATURES + f) / (double) LOCATIONS;
        }
      }
      double[] all = times(votes, mean);
      for (int c = 0; c < OUTPUTS; c++) {
        logits[i * OUTPUTS + c] = (float) all[c];
      }
    }
    return Tensor.wrap(Shape.of(n, OUTPUTS), logits);
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    throw new UnsupportedOperationException("not needed here");
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return head(activations(inputs).values());
  }

  @Override
  public Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    throw new UnsupportedOperationException("not needed here");
  }

  @Override
  public Pullback pullActivations(
      Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    Tensor a = activations(inputs).values();
    Tensor v = cotangent.apply(a);
    float[] gradients = new float[inputs.shape().size()];
    for (int i = 0; i < inputs.rows(); i++) {
      for (int l = 0; l < LOCATIONS; l++) {
        double[] arriving = new double[FEATURES];
        for (int f = 0; f < FEATURES; f++) {
          arriving[f] = v.get((i * LOCATIONS + l) * FEATURES + f);
        }
        double[] patch = pull(input(inputs, i), l, arriving, rule);
        for (int j = 0; j < PATCH; j++) {
          gradients[i * INPUT + place(l, j)] += (float) patch[j];
        }
      }
    }
    return new Pullback(a, Tensor.wrap(inputs.shape(), gradients));
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    throw new UnsupportedOperationException("not needed here");
  }

  @Override
  public void close() {}
}
