package dev.percept.fact.sae;

import dev.percept.core.Run;

/**
 * Gradients of all weights of one autoencoder, r x p and r x 1. Rows of the dictionary lose what is
 * parallel to their atom, which a unit length takes back anyway.
 *
 * <p>Sums over latents are formed in the order of latents, so they do not depend on threads.
 */
final class Gradients {
  private final int latents;
  private final int features;
  private final float[] atoms;
  private final float[] encoder;
  private final float[] biases;
  private final float[] thresholds;

  Gradients(int latents, int features, Scratch scratch) {
    this.latents = latents;
    this.features = features;
    this.atoms = scratch.atomGradients(latents * features);
    this.encoder = scratch.encoderGradients(latents * features);
    this.biases = new float[latents];
    this.thresholds = new float[latents];
  }

  float[] atoms() {
    return atoms;
  }

  float[] encoder() {
    return encoder;
  }

  float[] biases() {
    return biases;
  }

  float[] thresholds() {
    return thresholds;
  }

  /** Entries of codes in the order of latents, and of rows within a latent. */
  static final class ByLatent {
    private final int[] starts;
    private final int[] entries;
    private final int[] rows;

    ByLatent(SparseCodes codes) {
      int n = codes.rows();
      starts = new int[codes.latents() + 1];
      for (int e = 0; e < codes.from(n); e++) {
        starts[codes.latent(e) + 1]++;
      }
      for (int k = 0; k < codes.latents(); k++) {
        starts[k + 1] += starts[k];
      }
      int[] next = starts.clone();
      entries = new int[codes.from(n)];
      rows = new int[codes.from(n)];
      for (int i = 0; i < n; i++) {
        for (int e = codes.from(i); e < codes.from(i + 1); e++) {
          int at = next[codes.latent(e)]++;
          entries[at] = e;
          rows[at] = i;
        }
      }
    }

    int from(int latent) {
      return starts[latent];
    }

    int entry(int at) {
      return entries[at];
    }

    int row(int at) {
      return rows[at];
    }
  }

  /**
   * Those of {@code mean ‖x − â‖²}: {@code −2/n Σ z e} for the dictionary, {@code Σ g x} for the
   * encoder, g being the derivative by a code.
   *
   * @param errors e = x − â, n x p
   * @param codeGradients g, one an entry
   */
  void ofReconstruction(
      Batch batch, float[] errors, SparseCodes codes, float[] codeGradients, Run run) {
    ByLatent order = new ByLatent(codes);
    int p = features;
    float outer = -2f / batch.rows();
    SparseSums.eachBlock(
        latents,
        (2L + 2L * codes.from(batch.rows()) / latents) * p,
        run,
        k -> {
          java.util.Arrays.fill(atoms, k * p, (k + 1) * p, 0);
          java.util.Arrays.fill(encoder, k * p, (k + 1) * p, 0);
          float bias = 0;
          for (int at = order.from(k); at < order.from(k + 1); at++) {
            int row = order.row(at) * p;
            float g = codeGradients[order.entry(at)];
            SparseSums.add(atoms, k * p, outer * codes.value(order.entry(at)), errors, row, p);
            SparseSums.add(encoder, k * p, g, batch.values(), row, p);
            bias += g;
          }
          biases[k] = bias;
          thresholds[k] = 0;
        });
  }

  /** Takes from each row of the dictionary's gradient what is parallel to its atom, of length 1. */
  void dropParallel(float[] dictionary, Run run) {
    int p = features;
    SparseSums.eachBlock(
        latents,
        2L * p,
        run,
        k -> {
          float along = SparseSums.dot(atoms, k * p, dictionary, k * p, p, SparseSums.lanes());
          SparseSums.add(atoms, k * p, -along, dictionary, k * p, p);
        });
  }

  /**
   * The length of all gradients together.
   *
   * @param biased whether biases are among the weights
   * @param thresholded whether thresholds are
   */
  double length(boolean biased, boolean thresholded, Run run) {
    double[] squares = new double[latents];
    int p = features;
    SparseSums.eachBlock(
        latents,
        2L * p,
        run,
        k -> {
          float[] lanes = SparseSums.lanes();
          double sum = SparseSums.dot(atoms, k * p, atoms, k * p, p, lanes);
          sum += SparseSums.dot(encoder, k * p, encoder, k * p, p, lanes);
          sum += biased ? (double) biases[k] * biases[k] : 0;
          sum += thresholded ? (double) thresholds[k] * thresholds[k] : 0;
          squares[k] = sum;
        });
    double total = 0;
    for (double s : squares) {
      total += s;
    }
    return Math.sqrt(total);
  }
}
