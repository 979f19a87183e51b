package dev.percept.methods.importance;

import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.Run;
import java.util.List;

/**
 * Gradient x code: the slope of the score in each mask where all concepts are fully there, {@code
 * Σ_l u_lk ∂f/∂u_lk}. What the first bit of a concept taken away would cost; exact for a score that
 * is affine in its masks, blind to what happens further away from the example for any other.
 */
public final class GradientTimesCode implements ImportanceEstimator<DifferentiableMaskedScore> {
  /** Its name in files. */
  public static final String NAME = "gradient-x-code";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Importance estimate(List<? extends DifferentiableMaskedScore> examples, Run run) {
    return Exactly.estimate(NAME, examples, run, this::slopes);
  }

  private double[] slopes(DifferentiableMaskedScore score) {
    return Gradients.mean(score, Masks.full(score.concepts()), new double[] {1});
  }
}
