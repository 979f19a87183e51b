package dev.percept.methods.craft;

import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableHead;
import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.Pullback;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.MaskedLogits;
import java.util.Arrays;

/**
 * Logits of one picture under concept masks, and the gradient of one of them by the masks: {@code
 * ∂f/∂m_k = Σ_l u_lk Σ_p W_kp ∂f/∂a_lp} at {@code a = (U∘m) W}. Decoding is done here, so that the
 * engine need not know of concepts; memory is bounded by some million activations.
 */
public final class DifferentiableCodeScore implements DifferentiableMaskedScore, MaskedLogits {
  /** Decoded activations that are held at once. */
  private static final int ACTIVATIONS = 1 << 21;

  private final CodeScore plain;
  private final DifferentiableHead model;
  private final Dictionary dictionary;
  private final Tensor codes;
  private final int target;

  /**
   * The scores of one picture.
   *
   * @param codes L x r of one picture
   * @param target the logit that is the score
   * @throws IllegalArgumentException as {@link CodeScore}
   */
  public DifferentiableCodeScore(
      DifferentiableHead model, Dictionary dictionary, Tensor codes, int target) {
    this.plain = new CodeScore(model, dictionary, codes, target);
    this.model = model;
    this.dictionary = dictionary;
    this.codes = codes;
    this.target = target;
  }

  @Override
  public int concepts() {
    return plain.concepts();
  }

  @Override
  public float[] score(Tensor masks) {
    return plain.score(masks);
  }

  @Override
  public Tensor logits(Tensor masks) {
    return plain.logits(masks);
  }

  @Override
  public ScoreGradient gradient(Tensor masks) {
    int n = masks.rows();
    int r = concepts();
    float[] u = codes.toArray();
    float[] w = dictionary.atoms().toArray();
    float[] scores = new float[n];
    float[] gradients = new float[n * r];
    int batch = Math.max(1, ACTIVATIONS / (codes.rows() * dictionary.features()));
    for (int from = 0; from < n; from += batch) {
      Tensor piece = masks.slice(from, Math.min(n, from + batch));
      Pullback pulled = model.pullHead(decoded(piece, u, w), this::one);
      for (int i = 0; i < piece.rows(); i++) {
        scores[from + i] = pulled.values().get(i, target);
        byMasks(pulled.gradients().row(i).toArray(), u, w, gradients, (from + i) * r);
      }
    }
    return new ScoreGradient(
        Tensor.wrap(Shape.of(n), scores), Tensor.wrap(Shape.of(n, r), gradients));
  }

  /** {@code (U∘m) W + b} for every mask: n x L x p. */
  private Tensor decoded(Tensor masks, float[] u, float[] w) {
    int r = concepts();
    int p = dictionary.features();
    int locations = codes.rows();
    float[] offset = dictionary.offset() == null ? new float[p] : dictionary.offset().toArray();
    float[] a = new float[masks.rows() * locations * p];
    for (int i = 0; i < masks.rows() * locations; i++) {
      System.arraycopy(offset, 0, a, i * p, p);
      for (int k = 0; k < r; k++) {
        float code = u[i % locations * r + k] * masks.get(i / locations, k);
        for (int f = 0; f < p && code != 0; f++) {
          a[i * p + f] += code * w[k * p + f];
        }
      }
    }
    return Tensor.wrap(Shape.of(masks.rows(), locations, p), a);
  }

  /**
   * @param gradient L x p, of one mask
   * @param out receives r values from {@code at} on
   */
  private void byMasks(float[] gradient, float[] u, float[] w, float[] out, int at) {
    int r = concepts();
    int p = dictionary.features();
    int locations = codes.rows();
    double[] pulled = new double[p];
    for (int k = 0; k < r; k++) {
      // Codes first: one product with W a concept instead of one a location.
      Arrays.fill(pulled, 0);
      for (int l = 0; l < locations; l++) {
        float code = u[l * r + k];
        for (int f = 0; f < p && code != 0; f++) {
          pulled[f] += code * gradient[l * p + f];
        }
      }
      double sum = 0;
      for (int f = 0; f < p; f++) {
        sum += pulled[f] * w[k * p + f];
      }
      out[at + k] = (float) sum;
    }
  }

  private Tensor one(Tensor logits) {
    float[] v = new float[logits.shape().size()];
    for (int i = 0; i < logits.rows(); i++) {
      v[i * model.outputs() + target] = 1;
    }
    return Tensor.wrap(logits.shape(), v);
  }
}
