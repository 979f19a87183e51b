package dev.percept.fact.sae;

import dev.percept.core.Run;
import dev.percept.methods.linalg.Blas;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Gives dead latents something to do: those that would say most explain what the others left, and
 * are paid for it by {@code weight · ‖e − ê‖² / ‖e − mean e‖²} (Gao et al., 2024, section A.2).
 *
 * <p>Few latents are dead, but of these nearly all speak: products are dense, of the dead alone.
 */
final class AuxiliaryLoss {
  /** Rows of one product: fixed, so that results do not depend on threads. */
  private static final int ROWS = 256;

  private static final int LATENTS = 64;

  private AuxiliaryLoss() {}

  /**
   * Adds its gradients to those of the dead latents.
   *
   * @param errors e, n x p, a constant
   * @param dead the latents, ascending
   * @param most how many of them speak in a row, at most
   */
  static void add(
      Batch batch,
      float[] errors,
      Learner.Weights weights,
      int[] dead,
      int most,
      double weight,
      Gradients gradients,
      Run run) {
    int n = batch.rows();
    int p = batch.features();
    int m = dead.length;
    double spread = spread(errors, n, p);
    if (!(spread > 0)) {
      return;
    }
    try (FloatPointer encoder = rows(weights.encoder(), dead, p, 1);
        FloatPointer minusAtoms = rows(weights.atoms(), dead, p, -1);
        FloatPointer inputs = new FloatPointer((long) n * p);
        FloatPointer left = new FloatPointer((long) n * p);
        FloatPointer codes = new FloatPointer((long) n * m);
        FloatPointer codeGradients = new FloatPointer((long) n * m);
        FloatPointer sums = new FloatPointer((long) m * p)) {
      FloatBuffer x = inputs.asBuffer().put(batch.values(), 0, n * p).flip();
      FloatBuffer r = left.asBuffer().put(errors, 0, n * p).flip();
      FloatBuffer z = codes.asBuffer();
      FloatBuffer g = codeGradients.asBuffer();
      FloatBuffer minus = minusAtoms.asBuffer();
      codes(batch, encoder.asBuffer(), weights.biases(), dead, Math.min(most, m), z, run);
      float outer = (float) (-2 * weight / (n * spread));
      run.parallel(
          (n - 1) / ROWS + 1,
          block -> {
            int from = block * ROWS;
            int count = Math.min(ROWS, n - from);
            // r = e − z D, then z's gradient outer · r Dᵀ where z speaks.
            Blas.multiply(
                false, false, count, p, m, at(z, from * m), m, minus, p, 1, at(r, from * p), p);
            Blas.multiply(
                false, true, count, m, p, at(r, from * p), p, minus, p, 0, at(g, from * m), m);
            for (int i = from * m; i < (from + count) * m; i++) {
              g.put(i, z.get(i) > 0 ? -outer * g.get(i) : 0);
            }
          });
      FloatBuffer sum = sums.asBuffer();
      addProducts(z, r, n, p, m, sum, dead, outer, gradients.atoms(), run);
      addProducts(g, x, n, p, m, sum, dead, 1, gradients.encoder(), run);
      for (int k = 0; k < m; k++) {
        float bias = 0;
        for (int i = 0; i < n; i++) {
          bias += g.get(i * m + k);
        }
        gradients.biases()[dead[k]] += bias;
      }
    }
  }

  /** What dead latents say, the largest of each row; 0 elsewhere. */
  private static void codes(
      Batch batch,
      FloatBuffer encoder,
      float[] biases,
      int[] dead,
      int most,
      FloatBuffer z,
      Run run) {
    int m = dead.length;
    EncoderProducts products = new EncoderProducts(encoder, m, batch.features());
    products.each(
        batch.rows(),
        batch::read,
        run,
        task -> {
          TopSelection selection = new TopSelection(most);
          float[] row = new float[m];
          return (i, said, from) -> {
            for (int k = 0; k < m && biases.length > 0; k++) {
              said[from + k] += biases[dead[k]];
            }
            selection.select(said, from, m);
            Arrays.fill(row, 0);
            for (int s = 0; s < selection.size(); s++) {
              row[selection.index(s)] = selection.value(s);
            }
            at(z, i * m).put(row);
          };
        });
  }

  /** {@code target[dead] += factor · aᵀ b}, a being n x m and b n x p. */
  private static void addProducts(
      FloatBuffer a,
      FloatBuffer b,
      int n,
      int p,
      int m,
      FloatBuffer sums,
      int[] dead,
      float factor,
      float[] target,
      Run run) {
    run.parallel(
        (m - 1) / LATENTS + 1,
        block -> {
          int from = block * LATENTS;
          int count = Math.min(LATENTS, m - from);
          Blas.multiply(
              true, false, count, p, n, at(a, from), m, at(b, 0), p, 0, at(sums, from * p), p);
          float[] row = new float[p];
          for (int k = from; k < from + count; k++) {
            at(sums, k * p).get(row);
            SparseSums.add(target, dead[k] * p, factor, row, 0, p);
          }
        });
  }

  private static FloatBuffer at(FloatBuffer buffer, int position) {
    return buffer.duplicate().position(position);
  }

  private static FloatPointer rows(float[] matrix, int[] which, int p, int sign) {
    FloatPointer pointer = new FloatPointer((long) which.length * p);
    FloatBuffer out = pointer.asBuffer();
    for (int k : which) {
      for (int j = k * p; j < (k + 1) * p; j++) {
        out.put(sign * matrix[j]);
      }
    }
    return pointer;
  }

  /** {@code Σ ‖e − mean e‖² / n}. */
  private static double spread(float[] errors, int n, int p) {
    double[] sum = new double[p];
    double[] squares = new double[p];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < p; j++) {
        float e = errors[i * p + j];
        sum[j] += e;
        squares[j] += (double) e * e;
      }
    }
    double total = 0;
    for (int j = 0; j < p; j++) {
      total += Math.max(0, squares[j] / n - sum[j] / n * (sum[j] / n));
    }
    return total;
  }
}
