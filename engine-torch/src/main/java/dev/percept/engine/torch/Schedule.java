package dev.percept.engine.torch;

/**
 * A learning rate that rises along a straight ramp for a tenth of the steps and falls down a cosine
 * to nearly nothing.
 *
 * @param steps number of batches
 * @param peak highest rate
 */
public record Schedule(int steps, double peak) {
  public Schedule {
    if (steps < 1) {
      throw new IllegalArgumentException("steps: at least 1, found " + steps);
    }
    if (!(peak > 0)) {
      throw new IllegalArgumentException("peak: above 0, found " + peak);
    }
  }

  /** The rate of step {@code step}, from 0. */
  public double rate(int step) {
    double ramp = Math.max(1, steps / 10.0);
    if (step < ramp) {
      return peak * (step + 1) / (ramp + 1);
    }
    double done = (step - ramp) / Math.max(1, steps - ramp);
    return peak * Math.max(1e-3, 0.5 * (1 + Math.cos(Math.PI * done)));
  }
}
