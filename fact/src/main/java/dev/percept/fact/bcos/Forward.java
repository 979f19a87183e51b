package dev.percept.fact.bcos;

/**
 * How a B-cos network is run. It goes through every layer as an argument: a network can be trained,
 * differentiated and explained at the same time by different threads.
 *
 * @param kind what gradients mean and where statistics come from
 * @param momentum share of a batch in running statistics; used only in training
 */
public record Forward(Kind kind, double momentum) {
  /** What gradients mean and where statistics come from. */
  public enum Kind {
    /** Running statistics, the plain derivative. */
    PLAIN,
    /**
     * Running statistics. What makes the weights of this input (the |cos| factors and their norms,
     * the variances of normalisation, queries and keys) is constant, so that a gradient is W(x).
     */
    EXPLANATION,
    /** Statistics of the batch, which go into the running ones; the plain derivative. */
    TRAINING
  }

  /** Running statistics, the plain derivative. */
  public static final Forward PLAIN = new Forward(Kind.PLAIN, 0);

  /** Gradients are W(x). Values are those of {@link #PLAIN}. */
  public static final Forward EXPLANATION = new Forward(Kind.EXPLANATION, 0);

  public Forward {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum: from 0 to 1, found " + momentum);
    }
  }

  /** In training. */
  public static Forward training(double momentum) {
    return new Forward(Kind.TRAINING, momentum);
  }

  boolean explains() {
    return kind == Kind.EXPLANATION;
  }

  boolean trains() {
    return kind == Kind.TRAINING;
  }
}
