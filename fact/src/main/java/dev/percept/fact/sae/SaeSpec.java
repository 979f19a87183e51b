package dev.percept.fact.sae;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * One autoencoder to train.
 *
 * @param kind which latents speak
 * @param latents r
 * @param k how many speak: of each row for {@code topk}, on average for the others ({@code
 *     jumprelu} is drawn towards it by a penalty)
 * @param rate highest learning rate
 * @param seed of the start
 * @param part of the pictures that it sees
 */
public record SaeSpec(Kind kind, int latents, int k, double rate, long seed, Part part) {
  /** Kinds of gates. */
  public enum Kind {
    TOPK(Gate.TopK.KIND),
    BATCHTOPK(Gate.BatchTopK.KIND),
    JUMPRELU(Gate.JumpRelu.KIND);

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** Parts of the pictures; the two halves share none. */
  public enum Part {
    ALL,
    FIRST_HALF,
    SECOND_HALF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a picture belongs to it; which half it is in is decided by a hash of its number. */
    boolean holds(long picture) {
      return this == ALL || (Permutation.mix(picture + 1) & 1) == (this == FIRST_HALF ? 0 : 1);
    }
  }

  public SaeSpec {
    if (latents < 1) {
      throw new IllegalArgumentException("latents: at least 1, found " + latents);
    }
    if (k < 1 || k > latents) {
      throw new IllegalArgumentException(
          "k: from 1 to the number of latents, " + latents + ", found " + k);
    }
    if (!(rate > 0 && Double.isFinite(rate))) {
      throw new IllegalArgumentException("rate: above 0 and finite, found " + rate);
    }
  }

  /** On all pictures. */
  public SaeSpec(Kind kind, int latents, int k, double rate, long seed) {
    this(kind, latents, k, rate, seed, Part.ALL);
  }

  /** A name for files and tables, the same for equal ones only. */
  public String name() {
    String all =
        kind
            + "-"
            + latents
            + "-k"
            + k
            + "-lr"
            + new BigDecimal(Double.toString(rate)).stripTrailingZeros().toPlainString()
            + "-s"
            + seed;
    return part == Part.ALL ? all : all + "-" + part;
  }
}
