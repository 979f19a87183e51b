package dev.percept.fact.sae;

/** Weights with the two moments of Adam (Kingma and Ba, 2015; β 0.9 and 0.999, ε 1e-8). */
final class Parameter {
  private static final float FIRST = 0.9f;
  private static final float SECOND = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float[] values;
  private final float[] means;
  private final float[] squares;

  /** Takes {@code values} over. */
  Parameter(float[] values) {
    this.values = values;
    this.means = new float[values.length];
    this.squares = new float[values.length];
  }

  /** The weights themselves. */
  float[] values() {
    return values;
  }

  /** Everything that a later step depends on. */
  void visit(State state) {
    state.floats(values);
    state.floats(means);
    state.floats(squares);
  }

  /**
   * What a step is multiplied with, to make up for moments that begin at 0.
   *
   * @param size the learning rate over the correction of the first moment
   * @param spread one over the root of the correction of the second
   */
  record Rate(float size, float spread) {
    /** Of step {@code step}, from 1. */
    static Rate of(double rate, long step) {
      return new Rate(
          (float) (rate / (1 - Math.pow(FIRST, (double) step))),
          (float) (1 / Math.sqrt(1 - Math.pow(SECOND, (double) step))));
    }
  }

  /**
   * Moves the values {@code from ... to − 1}.
   *
   * @param factor on every gradient, from clipping
   */
  void step(float[] gradients, int from, int to, float factor, Rate rate) {
    float size = rate.size();
    float spread = rate.spread();
    for (int i = from; i < to; i++) {
      float g = gradients[i] * factor;
      float mean = FIRST * means[i] + (1 - FIRST) * g;
      float square = SECOND * squares[i] + (1 - SECOND) * g * g;
      means[i] = mean;
      squares[i] = square;
      values[i] -= size * mean / ((float) Math.sqrt(square) * spread + EPSILON);
    }
  }
}
