package dev.percept.methods.craft;

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
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A model that can be worked out by hand. An input has a plane a concept: how strong that concept
 * is at each place. g is linear, {@code a = planes W} at each place; h averages over the places, a
 * weighted sum and perhaps a bend follow.
 */
final class PlantedModel implements DifferentiableSplitModel {
  static final int CONCEPTS = 4;
  static final int SIDE = 6;

  /** More than the target and its rivals, so that some logits have no sum of their own. */
  static final int OUTPUTS = 14;

  static final int FEATURES = 12;
  static final float BIAS = 0.25f;

  private static final int PLACES = SIDE * SIDE;

  private final double[][] atoms;
  private final double[][] votes;
  private final DoubleUnaryOperator bend;

  private final DoubleUnaryOperator slope;

  private PlantedModel(double scale, DoubleUnaryOperator bend, DoubleUnaryOperator slope) {
    RandomGenerator random = Run.of(11).random("planted.model");
    this.atoms = new double[CONCEPTS][FEATURES];
    for (int k = 0; k < CONCEPTS; k++) {
      for (int f = 0; f < FEATURES; f++) {
        // Three features of its own, and a little of the others'.
        atoms[k][f] = f / 3 == k ? 0.5 + random.nextDouble() : 0.05 * random.nextDouble();
      }
    }
    this.votes = new double[OUTPUTS][FEATURES];
    for (double[] row : votes) {
      for (int f = 0; f < FEATURES; f++) {
        row[f] = scale * random.nextGaussian();
      }
    }
    this.bend = bend;
    this.slope = slope;
  }

  /** Logits are affine in the activations. */
  static PlantedModel affine() {
    return new PlantedModel(1, v -> v, v -> 1);
  }

  /** Logits saturate. */
  static PlantedModel saturating() {
    return new PlantedModel(6, v -> 3 * Math.tanh(v), v -> 3 * (1 - Math.tanh(v) * Math.tanh(v)));
  }

  /** Logits say the same about everything. */
  static PlantedModel constant() {
    return new PlantedModel(0, v -> v, v -> 1);
  }

  /** W, CONCEPTS x FEATURES. */
  Tensor atoms() {
    float[] values = new float[CONCEPTS * FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) atoms[i / FEATURES][i % FEATURES];
    }
    return Tensor.wrap(Shape.of(CONCEPTS, FEATURES), values);
  }

  /** What one unit of an atom, averaged over the places, adds to a logit of the affine model. */
  double effect(Tensor dictionary, int k, int output) {
    double sum = 0;
    for (int f = 0; f < FEATURES; f++) {
      sum += dictionary.get(k, f) * votes[output][f];
    }
    return sum;
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("planted", "", "features", "MatMul", true, "by hand");
  }

  @Override
  public Shape inputShape() {
    return Shape.of(CONCEPTS, SIDE, SIDE);
  }

  @Override
  public Grid grid() {
    return new Grid(SIDE, SIDE);
  }

  @Override
  public int features() {
    return FEATURES;
  }

  @Override
  public int outputs() {
    return OUTPUTS;
  }

  @Override
  public Activations activations(Tensor inputs) {
    int n = inputs.rows();
    float[] a = new float[n * PLACES * FEATURES];
    for (int i = 0; i < n * PLACES; i++) {
      for (int f = 0; f < FEATURES; f++) {
        double sum = 0;
        for (int k = 0; k < CONCEPTS; k++) {
          int plane = (i / PLACES * CONCEPTS + k) * PLACES;
          sum += inputs.get(plane + i % PLACES) * atoms[k][f];
        }
        a[i * FEATURES + f] = (float) sum;
      }
    }
    return new Activations(Tensor.wrap(Shape.of(n, PLACES, FEATURES), a), grid());
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    Tensor a = activations(inputs).values();
    float[] mean = new float[a.rows() * FEATURES];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) mean(a, i / FEATURES, i % FEATURES);
    }
    return Tensor.wrap(Shape.of(a.rows(), FEATURES), mean);
  }

  @Override
  public Tensor head(Tensor activations) {
    int n = activations.rows();
    float[] logits = new float[n * OUTPUTS];
    for (int i = 0; i < n; i++) {
      double[] mean = new double[FEATURES];
      for (int f = 0; f < FEATURES; f++) {
        mean[f] = mean(activations, i, f);
      }
      for (int c = 0; c < OUTPUTS; c++) {
        double sum = 0;
        for (int f = 0; f < FEATURES; f++) {
          sum += mean[f] * votes[c][f];
        }
        logits[i * OUTPUTS + c] = (float) (BIAS + bend.applyAsDouble(sum));
      }
    }
    return Tensor.wrap(Shape.of(n, OUTPUTS), logits);
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    Tensor logits = head(activations);
    Tensor v = cotangent.apply(logits);
    int places = activations.shape().dim(1);
    float[] gradients = new float[activations.shape().size()];
    for (int i = 0; i < activations.rows(); i++) {
      for (int c = 0; c < OUTPUTS; c++) {
        double sum = 0;
        for (int f = 0; f < FEATURES; f++) {
          sum += mean(activations, i, f) * votes[c][f];
        }
        double each = v.get(i, c) * slope.applyAsDouble(sum) / places;
        for (int j = 0; j < places * FEATURES; j++) {
          gradients[i * places * FEATURES + j] += (float) (each * votes[c][j % FEATURES]);
        }
      }
    }
    return new Pullback(logits, Tensor.wrap(activations.shape(), gradients));
  }

  @Override
  public Pullback pullActivations(
      Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    Tensor a = activations(inputs).values();
    Tensor v = cotangent.apply(a);
    float[] gradients = new float[inputs.shape().size()];
    for (int i = 0; i < gradients.length; i++) {
      int picture = i / (CONCEPTS * PLACES);
      for (int f = 0; f < FEATURES; f++) {
        gradients[i] +=
            (float)
                (v.get((picture * PLACES + i % PLACES) * FEATURES + f)
                    * atoms[i / PLACES % CONCEPTS][f]);
      }
    }
    return new Pullback(a, Tensor.wrap(inputs.shape(), gradients));
  }

  @Override
  public Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    Pullback head = pullHead(activations(inputs).values(), cotangent);
    return new Pullback(
        head.values(), pullActivations(inputs, a -> head.gradients(), rule).gradients());
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    int n = codes.shape().dim(0);
    int places = codes.shape().dim(1);
    int r = dictionary.concepts();
    Tensor offset = dictionary.offset();
    float[] a = new float[n * places * FEATURES];
    for (int i = 0; i < n * places; i++) {
      for (int f = 0; f < FEATURES; f++) {
        double sum = offset == null ? 0 : offset.get(f);
        for (int k = 0; k < r; k++) {
          sum += codes.get(i * r + k) * dictionary.atoms().get(k, f);
        }
        a[i * FEATURES + f] = (float) sum;
      }
    }
    return head(Tensor.wrap(Shape.of(n, places, FEATURES), a));
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return head(activations(inputs).values());
  }

  @Override
  public void close() {}

  private static double mean(Tensor a, int row, int f) {
    int places = a.shape().dim(1);
    double sum = 0;
    for (int l = 0; l < places; l++) {
      sum += a.get((row * places + l) * FEATURES + f);
    }
    return sum / places;
  }
}
