package dev.percept.app.importance;

import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;

/** An estimator with what it asks of a model. */
public sealed interface Contender {
  /** The name under which it appears. */
  String name();

  /** Asks for scores alone. */
  record BlackBox(ImportanceEstimator<MaskedScore> estimator) implements Contender {
    @Override
    public String name() {
      return estimator.name();
    }
  }

  /** Asks for gradients. */
  record WhiteBox(ImportanceEstimator<DifferentiableMaskedScore> estimator) implements Contender {
    @Override
    public String name() {
      return estimator.name();
    }
  }
}
