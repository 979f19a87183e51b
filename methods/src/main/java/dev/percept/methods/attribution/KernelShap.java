package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Shapley values of segments by weighted least squares (Lundberg and Lee, NeurIPS 2017): a
 * segment's mean contribution over all orders in which segments can appear. The segments are the
 * cells of a regular grid. Values add up to the score less the score of the baseline exactly, by
 * construction; {@link Attribution#gaps} says how far rounding left them off, and nothing about how
 * near the single values are: with few samples they are noisy. All coalitions are used where the
 * samples suffice, and then the values are exact.
 *
 * @param cells cells in a row and in a column
 * @param samples coalitions besides the empty one and the full one; at least 2 cells², so that all
 *     single segments and their complements are among them
 * @param baseline what stands for an absent segment
 * @param batch most pictures of one call of the score
 */
public record KernelShap(int cells, int samples, Baseline baseline, int batch)
    implements Attributor<Score> {
  public KernelShap {
    Checks.atLeast("kernel-shap cells", 2, cells);
    Checks.atLeast("kernel-shap samples (two for each of the cells)", 2 * cells * cells, samples);
    Checks.atLeast("kernel-shap batch", 1, batch);
  }

  @Override
  public String name() {
    return "kernel-shap";
  }

  /** Values n x 1 x cells x cells, signed. */
  @Override
  public Attribution attribute(Score score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    Cells segments = Cells.of(cells, score.inputShape());
    int d = segments.count();
    ShapleyDesign design = ShapleyDesign.of(d, samples, run.random("attribution.kernel-shap"));
    Coalitions masks = new Coalitions(segments, design.withEnds());
    float[][] scores = Perturbed.scores(score, inputs, baseline, masks, batch, name(), run);
    ShapleyFit fit = new ShapleyFit(design);
    float[] values = new float[inputs.rows() * d];
    List<Attribution.Gap> gaps = new ArrayList<>();
    for (int i = 0; i < inputs.rows(); i++) {
      double[] shapley = fit.solve(scores[i]);
      double sum = 0;
      for (int c = 0; c < d; c++) {
        values[i * d + c] = (float) shapley[c];
        sum += values[i * d + c];
      }
      gaps.add(new Attribution.Gap(sum, (double) scores[i][1] - scores[i][0]));
    }
    return new Attribution(
        name(),
        design.coalitions().size()
            + (design.complete() ? " coalitions (all) of " : " coalitions of ")
            + cells
            + " x "
            + cells
            + " segments",
        baseline.words(),
        Tensor.wrap(Shape.of(inputs.rows(), 1, cells, cells), values),
        true,
        masks.count(),
        0,
        gaps);
  }
}
