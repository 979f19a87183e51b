package dev.percept.methods.metric.attribution;

import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.Baseline;
import java.util.List;

/**
 * Deletion (Petsiuk et al., 2018, <i>RISE</i>): the area under the score as places become the
 * baseline, those with the largest attribution first. A good map makes the score fall at once.
 *
 * <p>On a softmax probability the curve saturates: once another class wins it says nothing more, so
 * measure the logit too. A scattered map can win by making noise rather than by taking evidence
 * away.
 *
 * @param baseline what stands for a place that is taken away
 * @param steps in how many equal steps all places go, at least 1
 * @param batch how many inputs the score is asked at once, at least 1
 */
public record Deletion(Baseline baseline, int steps, int batch) implements ScoreMetric {
  public Deletion {
    PixelCurves.check("deletion", steps, batch);
  }

  @Override
  public String name() {
    return "deletion";
  }

  @Override
  public Better better() {
    return Better.LOWER;
  }

  @Override
  public String settings() {
    return steps + " steps, baseline " + baseline.words();
  }

  /** The curves whose areas {@link #of} gives. */
  public List<PixelCurve> curves(Score score, Tensor inputs, Tensor maps, Run run) {
    Places.check(maps, inputs, score.inputShape());
    return PixelCurves.of(score, inputs, baseline.of(inputs, run), maps, steps, batch, run);
  }

  @Override
  public List<Double> of(Score score, Tensor inputs, Tensor maps, Run run) {
    return curves(score, inputs, maps, run).stream().map(PixelCurve::area).toList();
  }
}
