package dev.percept.methods.metric.attribution;

import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.Baseline;
import java.util.List;

/**
 * Insertion (Petsiuk et al., 2018, <i>RISE</i>): the area under the score as the places of a
 * picture replace those of the baseline, largest attribution first. A good map makes the score rise
 * at once.
 *
 * @param baseline what the picture is before anything of it is shown
 * @param steps in how many equal steps all places come, at least 1
 * @param batch how many inputs the score is asked at once, at least 1
 */
public record Insertion(Baseline baseline, int steps, int batch) implements ScoreMetric {
  public Insertion {
    PixelCurves.check("insertion", steps, batch);
  }

  @Override
  public String name() {
    return "insertion";
  }

  @Override
  public Better better() {
    return Better.HIGHER;
  }

  @Override
  public String settings() {
    return steps + " steps, baseline " + baseline.words();
  }

  /** The curves whose areas {@link #of} gives. */
  public List<PixelCurve> curves(Score score, Tensor inputs, Tensor maps, Run run) {
    Places.check(maps, inputs, score.inputShape());
    return PixelCurves.of(score, baseline.of(inputs, run), inputs, maps, steps, batch, run);
  }

  @Override
  public List<Double> of(Score score, Tensor inputs, Tensor maps, Run run) {
    return curves(score, inputs, maps, run).stream().map(PixelCurve::area).toList();
  }
}
