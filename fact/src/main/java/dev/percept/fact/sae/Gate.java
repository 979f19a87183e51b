package dev.percept.fact.sae;

import dev.percept.core.Tensor;

/**
 * Which latents of a sparse autoencoder speak, given what their encoder rows say ({@code π = W_e a
 * + b_e}). What does not speak has the code 0, whatever speaks has the code π; π of 0 or less never
 * speaks.
 */
public sealed interface Gate {
  /** The name under which it is chosen and stored. */
  String kind();

  /**
   * The k largest of a row; equal ones by their index, smallest first (Makhzani and Frey, 2013; Gao
   * et al., 2024).
   *
   * @param k how many speak at most
   */
  record TopK(int k) implements Gate {
    /** The name. */
    public static final String KIND = "topk";

    public TopK {
      atLeastOne(k);
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * What reaches a threshold that is the same for all latents. In training it follows from the
   * batch, of which the k·n largest speak, so rows differ in how many speak; a code must depend on
   * its row alone, so a trained one has the threshold that its batches had on average (Bussmann et
   * al., 2024).
   *
   * @param k how many speak on average, in training
   * @param threshold least π that speaks, above 0
   */
  record BatchTopK(int k, float threshold) implements Gate {
    /** The name. */
    public static final String KIND = "batchtopk";

    public BatchTopK {
      atLeastOne(k);
      if (!(threshold > 0 && Float.isFinite(threshold))) {
        throw new IllegalArgumentException("threshold: above 0 and finite, found " + threshold);
      }
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * What exceeds a threshold of its own latent (Rajamanoharan et al., 2024).
   *
   * @param thresholds θ, r values of at least 0
   */
  record JumpRelu(Tensor thresholds) implements Gate {
    /** The name. */
    public static final String KIND = "jumprelu";

    public JumpRelu {
      if (thresholds.shape().rank() != 1) {
        throw new IllegalArgumentException(
            "thresholds: expected one a latent, found " + thresholds.shape());
      }
      for (int k = 0; k < thresholds.rows(); k++) {
        float t = thresholds.get(k);
        if (!(t >= 0 && Float.isFinite(t))) {
          throw new IllegalArgumentException(
              "thresholds: at least 0 and finite, found " + t + " of latent " + k);
        }
      }
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  private static void atLeastOne(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k: at least 1, found " + k);
    }
  }
}
