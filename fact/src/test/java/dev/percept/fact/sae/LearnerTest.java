package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.SaeSpec.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients that are written by hand, against differences of the loss in double precision. */
class LearnerTest {
  private static final Run RUN = Run.of(11).withThreads(1);
  private static final int N = 60;
  private static final int P = 9;
  private static final int R = 14;
  private static final int K = 3;

  private static final TrainingOptions OPTIONS =
      new TrainingOptions(1, N, 1, 1, 4, 0.5, 0.5, 0.5, 1, 60);

  /** Weights and thresholds that a test may move; n x r flags say what speaks. */
  private static final class Copy {
    final double[] atoms = new double[R * P];
    final double[] encoder = new double[R * P];
    final double[] biases = new double[R];

    static Copy of(Learner learner) {
      List<double[]> all = new ArrayList<>();
      learner.visit(
          new State() {
            @Override
            public void floats(float[] values) {
              double[] copy = new double[values.length];
              Arrays.setAll(copy, i -> values[i]);
              all.add(copy);
            }

            @Override
            public void longs(long[] values) {}

            @Override
            public void doubles(double[] values) {}
          });
      Copy copy = new Copy();
      System.arraycopy(all.get(0), 0, copy.atoms, 0, R * P);
      System.arraycopy(all.get(3), 0, copy.encoder, 0, R * P);
      System.arraycopy(all.get(6), 0, copy.biases, 0, all.get(6).length);
      return copy;
    }

    double said(float[] x, int row, int k) {
      double sum = biases[k];
      for (int j = 0; j < P; j++) {
        sum += encoder[k * P + j] * x[row * P + j];
      }
      return sum;
    }

    /** What is left of {@code target} once the latents that speak are taken from it. */
    double[] left(float[] x, double[] target, boolean[] speaks) {
      double[] left = target.clone();
      for (int i = 0; i < N; i++) {
        for (int k = 0; k < R; k++) {
          if (speaks[i * R + k]) {
            double z = said(x, i, k);
            for (int j = 0; j < P; j++) {
              left[i * P + j] -= z * atoms[k * P + j];
            }
          }
        }
      }
      return left;
    }
  }

  private static Learner learner(Kind kind) {
    return new Learner(new SaeSpec(kind, R, K, 1e-3, 4), P, OPTIONS, RUN);
  }

  private static float[] rows() {
    float[] x = Weights.gaussian("x", N, P).toArray();
    for (int i = 0; i < x.length; i++) {
      x[i] /= 3; // mean squared length 1
    }
    return x;
  }

  private static double square(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
  }

  private static boolean[] top(Copy copy, float[] x, int most, boolean[] among) {
    boolean[] speaks = new boolean[N * R];
    for (int i = 0; i < N; i++) {
      double[] said = new double[R];
      for (int k = 0; k < R; k++) {
        said[k] = among[k] ? Math.max(0, copy.said(x, i, k)) : 0;
      }
      double[] sorted = said.clone();
      Arrays.sort(sorted);
      for (int k = 0; k < R; k++) {
        speaks[i * R + k] = said[k] > 0 && said[k] >= sorted[R - most];
      }
    }
    return speaks;
  }

  private static double[] asDoubles(float[] x) {
    double[] out = new double[x.length];
    Arrays.setAll(out, i -> x[i]);
    return out;
  }

  private interface Loss {
    double of(Copy copy);
  }

  /** Compares every component; parallel parts of the dictionary's were taken off by neither. */
  private static void compare(Copy copy, Loss loss, Gradients found) {
    double step = 1e-5;
    double largest = 0;
    for (int i = 0; i < R * P; i++) {
      // The loss is piecewise a polynomial; float32 rounding of the gradient is what differs.
      assertEquals(
          difference(copy.atoms, i, copy, loss, step), found.atoms()[i], 2e-6, "atom " + i);
      double encoder = difference(copy.encoder, i, copy, loss, step);
      assertEquals(encoder, found.encoder()[i], 2e-6, "encoder " + i);
      largest = Math.max(largest, Math.abs(encoder));
    }
    assertTrue(largest > 0.01, "gradients are not all 0");
  }

  private static double difference(double[] at, int i, Copy copy, Loss loss, double step) {
    double before = at[i];
    at[i] = before + step;
    double up = loss.of(copy);
    at[i] = before - step;
    double down = loss.of(copy);
    at[i] = before;
    return (up - down) / (2 * step);
  }

  private static boolean[] all() {
    boolean[] all = new boolean[R];
    Arrays.fill(all, true);
    return all;
  }

  @Test
  void ofTopK() {
    Learner learner = learner(Kind.TOPK);
    float[] x = rows();
    Copy copy = Copy.of(learner);
    boolean[] speaks = top(copy, x, K, all());
    Gradients found = learner.gradients(new Batch(x, N, P), Integer.MAX_VALUE, new Scratch(), RUN);
    compare(copy, c -> square(c.left(x, asDoubles(x), speaks)) / N, found);
    int said = 0;
    for (boolean speaking : speaks) {
      said += speaking ? 1 : 0;
    }
    assertEquals((double) said / N, learner.speaking());
  }

  @Test
  void ofBatchTopK() {
    Learner learner = learner(Kind.BATCHTOPK);
    float[] x = rows();
    Copy copy = Copy.of(learner);
    double[] said = new double[N * R];
    for (int i = 0; i < said.length; i++) {
      said[i] = copy.said(x, i / R, i % R);
    }
    double[] sorted = said.clone();
    Arrays.sort(sorted);
    boolean[] speaks = new boolean[N * R];
    for (int i = 0; i < said.length; i++) {
      speaks[i] = said[i] >= sorted[N * R - N * K];
    }
    Gradients found = learner.gradients(new Batch(x, N, P), Integer.MAX_VALUE, new Scratch(), RUN);
    compare(copy, c -> square(c.left(x, asDoubles(x), speaks)) / N, found);
    assertEquals(K, learner.speaking());
  }

  @Test
  void ofDeadLatents() {
    Learner learner = learner(Kind.TOPK);
    float[] x = rows();
    Copy copy = Copy.of(learner);
    // Rows along one direction: few latents speak, and all others are dead at once, as an epoch
    // is said to have one row.
    float[] narrow = new float[N * P];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < P; j++) {
        narrow[i * P + j] = x[j] + 0.3f * x[i * P + j];
      }
    }
    boolean[] speaks = top(copy, narrow, K, all());
    boolean[] dead = all();
    for (int i = 0; i < N * R; i++) {
      dead[i % R] &= !speaks[i];
    }
    int count = 0;
    for (boolean d : dead) {
      count += d ? 1 : 0;
    }
    assertTrue(count > OPTIONS.auxiliary(), "dead " + count);
    double[] errors = copy.left(narrow, asDoubles(narrow), speaks);
    double spread = 0;
    for (int j = 0; j < P; j++) {
      double mean = 0;
      for (int i = 0; i < N; i++) {
        mean += errors[i * P + j] / N;
      }
      for (int i = 0; i < N; i++) {
        spread += (errors[i * P + j] - mean) * (errors[i * P + j] - mean) / N;
      }
    }
    double denominator = spread;
    boolean[] revived = top(copy, narrow, OPTIONS.auxiliary(), dead);
    Gradients found = learner.gradients(new Batch(narrow, N, P), 1, new Scratch(), RUN);
    compare(
        copy,
        c ->
            square(c.left(narrow, asDoubles(narrow), speaks)) / N
                + OPTIONS.auxiliaryWeight()
                    * square(c.left(narrow, errors, revived))
                    / N
                    / denominator,
        found);
  }

  @Test
  void ofJumpReluWithItsGateConstant() {
    Learner learner = learner(Kind.JUMPRELU);
    float[] x = rows();
    Copy copy = Copy.of(learner);
    double[] said = new double[N * R];
    for (int i = 0; i < said.length; i++) {
      said[i] = copy.said(x, i / R, i % R);
    }
    double[] sorted = said.clone();
    Arrays.sort(sorted);
    // The first threshold is the least of what twice as many say, which itself does not speak.
    double threshold = sorted[N * R - 2 * N * K];
    boolean[] speaks = new boolean[N * R];
    for (int i = 0; i < said.length; i++) {
      speaks[i] = said[i] > threshold + 1e-7;
    }
    Gradients found = learner.gradients(new Batch(x, N, P), Integer.MAX_VALUE, new Scratch(), RUN);
    compare(copy, c -> square(c.left(x, asDoubles(x), speaks)) / N, found);
    for (int k = 0; k < R; k++) {
      double bias =
          difference(copy.biases, k, copy, c -> square(c.left(x, asDoubles(x), speaks)) / N, 1e-5);
      assertEquals(bias, found.biases()[k], 2e-6);
    }
  }

  /**
   * The gradient of a threshold stands for that of the expected loss. With one latent and rows that
   * lie evenly, the loss of the whole sample changes smoothly, and its difference over the width of
   * the kernel is what must come out; whoever counts only the rows above the threshold, takes the
   * logarithm for the threshold, or looks at rectified values gets something else.
   */
  @Test
  void ofAThresholdIsThatOfTheLossOfManyRows() {
    int n = 40_000;
    int p = 2;
    TrainingOptions options = new TrainingOptions(1, n, 1, 1, 4, 0, 1, 0.2, 0.05, 60);
    // Of 2 latents 1 is to speak in a row, and at first twice as many do: all that are positive.
    Learner learner = new Learner(new SaeSpec(Kind.JUMPRELU, 2, 1, 1e-3, 4), p, options, RUN);
    Tensor noise = Weights.gaussian("many", n, p);
    float[] x = noise.toArray();
    double[] theta = {0.5, 0.8};
    List<float[]> weights = new ArrayList<>();
    // A step is taken first, so that the thresholds are no longer found from the batch.
    learner.step(new Batch(x, n, p), 1e-9, n, new Scratch(), RUN);
    int[] place = {0};
    learner.visit(
        new State() {
          @Override
          public void floats(float[] values) {
            int at = place[0]++;
            if (at == 0 || at == 3) {
              weights.add(values.clone());
            }
            if (at == 9) {
              values[0] = (float) theta[0];
              values[1] = (float) theta[1];
            }
          }

          @Override
          public void longs(long[] values) {}

          @Override
          public void doubles(double[] values) {
            values[2] = 0.1; // the width
          }
        });
    Gradients found = learner.gradients(new Batch(x, n, p), n, new Scratch(), RUN);
    for (int k = 0; k < 2; k++) {
      double[] up = theta.clone();
      double[] down = theta.clone();
      up[k] += 0.05;
      down[k] -= 0.05;
      double expected =
          (loss(x, n, weights, up, options) - loss(x, n, weights, down, options)) / 0.1;
      assertTrue(Math.abs(expected) > 0.01, "expected " + expected);
      // π varies within the kernel, and θ stands for it; of the 1,000 rows or so that lie in it not
      // exactly half lie above. What the usual errors give is a factor of 2 away, or of θ.
      assertEquals(expected, found.thresholds()[k], 0.1 * Math.abs(expected));
    }
  }

  private static double loss(
      float[] x, int n, List<float[]> weights, double[] theta, TrainingOptions options) {
    float[] atoms = weights.get(0);
    float[] encoder = weights.get(1);
    double sum = 0;
    int speaking = 0;
    for (int i = 0; i < n; i++) {
      double e0 = x[2 * i];
      double e1 = x[2 * i + 1];
      for (int k = 0; k < 2; k++) {
        double said = encoder[2 * k] * x[2 * i] + encoder[2 * k + 1] * x[2 * i + 1];
        if (said > theta[k]) {
          e0 -= said * atoms[2 * k];
          e1 -= said * atoms[2 * k + 1];
          speaking++;
        }
      }
      sum += e0 * e0 + e1 * e1;
    }
    double over = (double) speaking / n - 1;
    return sum / n + options.sparsityWeight() * over * over;
  }

  @Test
  void aStepTakesWhatIsParallelToAnAtomAndClips() {
    Scratch scratch = new Scratch();
    Gradients gradients = new Gradients(2, 2, scratch);
    float[] atoms = {1, 0, 0.6f, 0.8f};
    System.arraycopy(new float[] {5, 3, 0.6f, 0.8f}, 0, gradients.atoms(), 0, 4);
    Arrays.fill(gradients.encoder(), 0, 4, 2);
    gradients.dropParallel(atoms, RUN);
    assertEquals(0, gradients.atoms()[0], 1e-6);
    assertEquals(3, gradients.atoms()[1], 1e-6);
    assertEquals(0, gradients.atoms()[2], 1e-6);
    assertEquals(0, gradients.atoms()[3], 1e-6);
    gradients.biases()[1] = 4;
    assertEquals(Math.sqrt(9 + 16), gradients.length(false, false, RUN), 1e-6);
    assertEquals(Math.sqrt(9 + 16 + 16), gradients.length(true, false, RUN), 1e-6);
  }

  @Test
  void adamIsThatOfTheBooks() {
    float[] values = {1};
    Parameter parameter = new Parameter(values);
    double mean = 0;
    double square = 0;
    double expected = 1;
    for (int t = 1; t <= 20; t++) {
      double g = Math.sin(t) + 0.2;
      parameter.step(new float[] {(float) g}, 0, 1, 0.5f, Parameter.Rate.of(0.01, t));
      mean = 0.9 * mean + 0.1 * g / 2;
      square = 0.999 * square + 0.001 * g / 2 * g / 2;
      expected -=
          0.01
              * (mean / (1 - Math.pow(0.9, t)))
              / (Math.sqrt(square / (1 - Math.pow(0.999, t))) + 1e-8);
      assertEquals(expected, values[0], 1e-5); // 20 float32 steps
    }
  }

  @Test
  void theScaleOfTheRowsIsTakenBack() {
    // Trained on rows that were multiplied by 4, it must say a quarter of that for the rows.
    float[] x = rows();
    for (Kind kind : Kind.values()) {
      Learner learner = learner(kind);
      learner.step(new Batch(x, N, P), 1e-3, N, new Scratch(), RUN);
      float[] quarter = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        quarter[i] = x[i] / 4;
      }
      float[] scaled = learner.bank(1).encode(Tensor.wrap(Shape.of(N, P), x), RUN).toArray();
      float[] plain = learner.bank(4).encode(Tensor.wrap(Shape.of(N, P), quarter), RUN).toArray();
      int speaking = 0;
      for (int i = 0; i < plain.length; i++) {
        assertEquals(scaled[i], 4 * plain[i], 1e-6, kind.toString());
        speaking += plain[i] > 0 ? 1 : 0;
      }
      assertTrue(speaking > N, kind.toString());
    }
  }
}
