package dev.percept.methods.metric.attribution;

import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.score.ProbabilityScore;
import dev.percept.testkit.Npy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The small network of the golden numbers, forward only, slow and plain. */
final class GoldenCnn {
  static final Shape INPUT = Shape.of(3, 48, 48);
  static final String FOLDER = "/dev/percept/methods/attribution/small_cnn/";

  private final Map<String, double[]> weights = new HashMap<>();
  private final Map<String, int[]> dims = new HashMap<>();

  GoldenCnn() {
    try (InputStream in = GoldenCnn.class.getResourceAsStream(FOLDER + "weights.npz");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        Npy array = Npy.read(zip);
        String name = e.getName().replace(".npy", "");
        weights.put(name, array.values());
        dims.put(name, array.dims());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Tensor golden(String name) {
    Npy array = Npy.resource(GoldenCnn.class, FOLDER + name + ".npy");
    return Tensor.wrap(Shape.of(array.dims()), array.floats());
  }

  Score logit(int target) {
    return score(target, false);
  }

  Score probability(int target) {
    return score(target, true);
  }

  private Score score(int target, boolean probability) {
    return new Score() {
      @Override
      public String name() {
        return "class " + target;
      }

      @Override
      public Shape inputShape() {
        return INPUT;
      }

      @Override
      public float[] score(Tensor inputs) {
        Tensor logits = logits(inputs);
        float[] scores = new float[inputs.rows()];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = logits.get(i, target);
        }
        return probability ? ProbabilityScore.softmax(logits, target) : scores;
      }
    };
  }

  Tensor logits(Tensor inputs) {
    float[] logits = new float[inputs.rows() * 4];
    for (int i = 0; i < inputs.rows(); i++) {
      double[] x = new double[INPUT.size()];
      for (int at = 0; at < x.length; at++) {
        x[at] = inputs.get(i * x.length + at);
      }
      int side = 48;
      for (String layer : new String[] {"c1.0", "c2.0", "c3.0"}) {
        x = convolve(x, side, layer);
        side /= 2;
      }
      for (int k = 0; k < 4; k++) {
        double sum = weight("fc.bias")[k];
        for (int at = 0; at < x.length; at++) {
          sum += weight("fc.weight")[k * 64 + at / (side * side)] * x[at] / (side * side);
        }
        logits[i * 4 + k] = (float) sum;
      }
    }
    return Tensor.wrap(Shape.of(inputs.rows(), 4), logits);
  }

  private double[] weight(String name) {
    return Objects.requireNonNull(weights.get(name));
  }

  /** 3 x 3, stride 2, padding 1, ReLU. */
  private double[] convolve(double[] x, int side, String layer) {
    double[] w = weight(layer + ".weight");
    int[] d = Objects.requireNonNull(dims.get(layer + ".weight"));
    int half = side / 2;
    double[] out = new double[d[0] * half * half];
    for (int o = 0; o < d[0]; o++) {
      for (int at = 0; at < half * half; at++) {
        double sum = weight(layer + ".bias")[o];
        for (int k = 0; k < 9; k++) {
          int row = at / half * 2 - 1 + k / 3;
          int column = at % half * 2 - 1 + k % 3;
          if (row >= 0 && column >= 0 && row < side && column < side) {
            for (int c = 0; c < d[1]; c++) {
              sum += w[(o * d[1] + c) * 9 + k] * x[(c * side + row) * side + column];
            }
          }
        }
        out[o * half * half + at] = Math.max(0, sum);
      }
    }
    return out;
  }
}
