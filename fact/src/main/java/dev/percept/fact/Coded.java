package dev.percept.fact;

import dev.percept.core.ConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Activations with concepts in their place.
 *
 * @param codes (n L) x r
 * @param decoded n x L x p
 * @param bank whose concepts they are
 */
record Coded(Tensor codes, Tensor decoded, ConceptBank bank) {

  /**
   * Encodes and decodes.
   *
   * @param activations n x L x p
   */
  static Coded of(Tensor activations, ConceptBank bank, Run run) {
    Shape s = activations.shape();
    int rows = s.dim(0) * s.dim(1);
    int p = s.dim(2);
    Tensor codes = bank.encode(activations.reshape(rows, p), run);
    int r = bank.concepts();
    float[] atoms = bank.dictionary().atoms().toArray();
    Tensor b = bank.dictionary().offset();
    float[] offset = b == null ? new float[p] : b.toArray();
    float[] decoded = new float[Math.multiplyExact(rows, p)];
    run.parallel(
        s.dim(0),
        i -> {
          double[] sum = new double[p];
          for (int row = i * s.dim(1); row < (i + 1) * s.dim(1); row++) {
            for (int j = 0; j < p; j++) {
              sum[j] = offset[j];
            }
            for (int k = 0; k < r; k++) {
              float code = codes.get(row, k);
              for (int j = 0; j < p && code != 0; j++) {
                sum[j] += (double) code * atoms[k * p + j];
              }
            }
            for (int j = 0; j < p; j++) {
              decoded[row * p + j] = (float) sum[j];
            }
          }
        });
    return new Coded(codes, Tensor.wrap(s, decoded), bank);
  }

  /**
   * What the concepts contribute to a number whose gradient at {@link #decoded} in explanation mode
   * is known.
   *
   * @param gradients n x L x p
   * @param explained n, what contributions should add up to
   */
  ConceptContributions contributions(
      Tensor gradients,
      List<Integer> targets,
      float[] explained,
      Tensor outputs,
      boolean byPlace,
      Run run) {
    int n = decoded.rows();
    int locations = decoded.shape().dim(1);
    int p = decoded.shape().dim(2);
    int r = bank.concepts();
    float[] atoms = bank.dictionary().atoms().toArray();
    Tensor offset = bank.dictionary().offset();
    float[] presence = new float[n * r];
    float[] contributions = new float[n * r];
    float[] remainder = new float[n];
    float[] each = byPlace ? new float[Math.multiplyExact(n * locations, r)] : new float[0];
    double[] gaps = new double[n];
    run.parallel(
        n,
        i -> {
          double[] sums = new double[r];
          double[] present = new double[r];
          double left = 0;
          float[] g = new float[p];
          for (int l = 0; l < locations; l++) {
            int row = i * locations + l;
            gradients.copyTo(row * p, g, 0, p);
            left += offset == null ? 0 : dot(g, offset);
            for (int k = 0; k < r; k++) {
              float code = codes.get(row, k);
              if (code != 0) {
                double c = code * dot(g, atoms, k * p);
                sums[k] += c;
                present[k] += code;
                if (byPlace) {
                  each[row * r + k] = (float) c;
                }
              }
            }
          }
          double magnitude = Math.abs(left);
          double sum = left;
          for (int k = 0; k < r; k++) {
            presence[i * r + k] = (float) present[k];
            contributions[i * r + k] = (float) sums[k];
            magnitude += Math.abs(sums[k]);
            sum += sums[k];
          }
          remainder[i] = (float) left;
          double off = Math.abs(sum - explained[i]);
          gaps[i] = off == 0 ? 0 : off / magnitude;
        });
    return new ConceptContributions(
        Tensor.wrap(Shape.of(n, r), presence),
        Tensor.wrap(Shape.of(n, r), contributions),
        Tensor.wrap(Shape.of(n), remainder),
        Tensor.wrap(Shape.of(n), explained),
        targets,
        outputs,
        Arrays.stream(gaps).boxed().toList(),
        locations(each, n, locations, r, byPlace));
  }

  private static @Nullable Tensor locations(
      float[] each, int n, int locations, int r, boolean byPlace) {
    return byPlace ? Tensor.wrap(Shape.of(n, locations, r), each) : null;
  }

  private static double dot(float[] g, Tensor offset) {
    double sum = 0;
    for (int j = 0; j < g.length; j++) {
      sum += (double) g[j] * offset.get(j);
    }
    return sum;
  }

  private static double dot(float[] g, float[] atoms, int at) {
    double sum = 0;
    for (int j = 0; j < g.length; j++) {
      sum += (double) g[j] * atoms[at + j];
    }
    return sum;
  }
}
