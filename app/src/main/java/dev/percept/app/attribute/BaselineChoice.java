package dev.percept.app.attribute;

import dev.percept.methods.attribution.Baseline;

/** The baselines that a command line can name. */
public enum BaselineChoice {
  ZERO("zero"),
  MEAN("mean"),
  BLUR("blur"),
  NOISE("noise");

  private final String label;

  BaselineChoice(String label) {
    this.label = label;
  }

  /**
   * The baseline.
   *
   * @param side of the model's input in pixels: detail goes at any size
   */
  public Baseline of(int side) {
    return switch (this) {
      case ZERO -> new Baseline.Zero();
      case MEAN -> new Baseline.Mean();
      case BLUR -> new Baseline.Blur(side / 16.0);
      case NOISE -> new Baseline.Noise();
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
