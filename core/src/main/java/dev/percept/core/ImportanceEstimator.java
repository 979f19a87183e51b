package dev.percept.core;

import java.util.List;

/** A way to say how much each concept matters to a score. */
public interface ImportanceEstimator {
  /** The name under which it appears in files, for example {@code jansen}. */
  String name();

  /**
   * Estimates importance on every example and on average.
   *
   * @param examples one masked score an example, all with the same number of concepts
   */
  Importance estimate(List<? extends MaskedScore> examples, Run run);
}
