package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import java.util.List;

/**
 * Exact total Sobol indices where the score is affine in the masks, as after global average pooling
 * and a linear layer: with independent masks of equal variance they are {@code c_i² / Σ c_j²}. That
 * it is affine is verified on every example, not assumed.
 */
public final class AffineImportance implements ImportanceEstimator<MaskedScore> {
  /** Its name in files. */
  public static final String NAME = "affine-exact";

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@inheritDoc}
   *
   * @throws PerceptException if the score of an example is not affine in its masks
   */
  @Override
  public Importance estimate(List<? extends MaskedScore> examples, Run run) {
    return attempt(examples, run).require().importance(run);
  }

  /** What each concept adds to the score of each example. */
  public Contributions contributions(List<? extends MaskedScore> examples, Run run) {
    return attempt(examples, run).require().contributions();
  }

  /** Tries all examples; the first one alone at first, since it mostly decides. */
  static AffineFits attempt(List<? extends MaskedScore> examples, Run run) {
    Checks.examples(examples);
    AffineFit[] fits = new AffineFit[examples.size()];
    fits[0] = fit(examples, 0, run);
    if (fits[0].isAffine()) {
      run.parallel(fits.length - 1, e -> fits[e + 1] = fit(examples, e + 1, run));
      return new AffineFits(List.of(fits));
    }
    return new AffineFits(List.of(fits[0]));
  }

  private static AffineFit fit(List<? extends MaskedScore> examples, int e, Run run) {
    return AffineFit.of(examples.get(e), run.random("importance.affine." + e));
  }
}
