package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.List;

/**
 * Occlusion of concepts: what the score loses when one concept is taken away and all others stay,
 * {@code f(1) − f(1 with m_k = 0)}. Where two concepts can stand in for each other it gives nothing
 * to either.
 */
public final class OcclusionImportance implements ImportanceEstimator<MaskedScore> {
  /** Its name in files. */
  public static final String NAME = "occlusion";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Importance estimate(List<? extends MaskedScore> examples, Run run) {
    return Exactly.estimate(NAME, examples, run, OcclusionImportance::losses);
  }

  /** What the score of one example loses without each of its r concepts. */
  public static double[] losses(MaskedScore score) {
    int r = score.concepts();
    Tensor masks = Masks.leaveOneOut(r);
    float[] f = score.score(masks);
    Checks.finite(f);
    double[] losses = new double[r];
    for (int k = 0; k < r; k++) {
      losses[k] = (double) f[0] - f[k + 1];
    }
    return losses;
  }
}
