package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.MaskedScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import java.util.List;
import java.util.function.Function;

/** Importance in units of the score by a method that draws nothing. */
final class Exactly {
  private Exactly() {}

  /**
   * Values of all examples together; an example is used by one thread at a time.
   *
   * @param of r values of one example
   */
  static <S extends MaskedScore> Importance estimate(
      String name, List<? extends S> examples, Run run, Function<S, double[]> of) {
    int r = Checks.examples(examples);
    double[][] values = new double[examples.size()][];
    try (Progress.Stage stage = run.stage("importance, " + name, examples.size())) {
      run.parallel(
          values.length,
          e -> {
            values[e] = of.apply(examples.get(e));
            stage.advance(1);
          });
    }
    return Summary.exact(
        new Summary.Estimate(name, Importance.Scale.SCORE, 0, true),
        values,
        Summary.mean(values, r),
        run);
  }
}
