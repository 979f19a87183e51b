package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exact importance where the score is verified to be affine in the masks on every example, sampled
 * importance otherwise. The result says which.
 *
 * @param otherwise what is used for scores that are not affine
 */
public record AutoImportance(ImportanceEstimator<MaskedScore> otherwise)
    implements ImportanceEstimator<MaskedScore> {

  /** With {@link SobolImportance#defaults()} for scores that are not affine. */
  public static AutoImportance defaults() {
    return new AutoImportance(SobolImportance.defaults());
  }

  /**
   * Importance, and what each concept adds to each score where that is defined.
   *
   * @param importance the importance; its estimator says how it was found
   * @param contributions null where the score is not affine
   */
  public record Explained(Importance importance, @Nullable Contributions contributions) {}

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public Importance estimate(List<? extends MaskedScore> examples, Run run) {
    return explain(examples, run).importance();
  }

  /** Importance and contributions. */
  public Explained explain(List<? extends MaskedScore> examples, Run run) {
    AffineFits fits = AffineImportance.attempt(examples, run);
    return fits.areAffine()
        ? new Explained(fits.importance(run), fits.contributions())
        : new Explained(otherwise.estimate(examples, run), null);
  }
}
