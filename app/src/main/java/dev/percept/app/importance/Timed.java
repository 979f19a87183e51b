package dev.percept.app.importance;

import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import java.util.List;

/** An importance, and how long it took to find. */
record Timed(Importance importance, boolean gradients, double seconds) {

  static <S extends MaskedScore> Timed of(
      ImportanceEstimator<S> estimator, List<? extends S> scores, boolean gradients, Run run) {
    long start = System.nanoTime();
    Importance importance = estimator.estimate(scores, run);
    return new Timed(importance, gradients, (System.nanoTime() - start) / 1e9);
  }

  /** Measures another estimator whenever it is used. */
  static final class Watched implements ImportanceEstimator<MaskedScore> {
    private final ImportanceEstimator<MaskedScore> inner;
    private double seconds;

    Watched(ImportanceEstimator<MaskedScore> inner) {
      this.inner = inner;
    }

    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public Importance estimate(List<? extends MaskedScore> examples, Run run) {
      Timed timed = Timed.of(inner, examples, false, run);
      seconds += timed.seconds();
      return timed.importance();
    }

    double seconds() {
      return seconds;
    }
  }
}
