package dev.percept.core;

import java.util.List;

/**
 * A way to say how much each concept matters to a score.
 *
 * @param <S> what it must be able to ask of the score: {@link MaskedScore} for a black box, {@link
 *     DifferentiableMaskedScore} for gradients. An estimator that is given less does not compile.
 */
public interface ImportanceEstimator<S extends MaskedScore> {
  /** The name under which it appears in files, for example {@code jansen}. */
  String name();

  /**
   * Estimates importance on every example and on average.
   *
   * @param examples one masked score an example, all with the same number of concepts
   */
  Importance estimate(List<? extends S> examples, Run run);
}
