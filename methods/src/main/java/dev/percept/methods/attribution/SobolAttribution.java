package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.importance.Sampler;
import dev.percept.methods.importance.TotalEstimator;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Total Sobol indices of the cells of a picture (Fel et al., Look at the Variance, NeurIPS 2021):
 * the share of the score's variance, under random weights between picture and baseline, that goes
 * when a cell is held still. Masks are interpolated from the grid. A magnitude: it does not say
 * whether a cell raises or lowers the score. With few designs the smallest indices are noise.
 *
 * @param cells cells in a row and in a column, 1 to 22
 * @param designs N; one picture costs N (cells² + 1) passes, for B itself is not needed by any of
 *     the estimators
 * @param sampler of the designs
 * @param estimator of the indices
 * @param baseline what stands where the weight is 0
 * @param batch most pictures of one call of the score
 */
public record SobolAttribution(
    int cells, int designs, Sampler sampler, TotalEstimator estimator, Baseline baseline, int batch)
    implements Attributor<Score> {
  /** The sampler has up to 1000 dimensions, two a cell. */
  private static final int MOST = 22;

  public SobolAttribution {
    Checks.atLeast("sobol cells", 1, cells);
    if (cells > MOST) {
      throw new IllegalArgumentException("sobol cells: at most " + MOST + ", found " + cells);
    }
    Checks.atLeast("sobol designs", 2, designs);
    Checks.atLeast("sobol batch", 1, batch);
  }

  @Override
  public String name() {
    return "sobol";
  }

  /** Values n x 1 x cells x cells, not signed. */
  @Override
  public Attribution attribute(Score score, Tensor inputs, Run run) {
    int d = cells * cells;
    float[] points =
        shuffled(
            sampler.points(designs, 2 * d, run.random("attribution.sobol")),
            run.random("attribution.sobol.columns"));
    return attribute(score, inputs, points, run);
  }

  /**
   * The same with given designs.
   *
   * @param points designs x 2 cells²: A, then B
   */
  Attribution attribute(Score score, Tensor inputs, float[] points, Run run) {
    Checks.inputs(score, inputs);
    Replicated masks = new Replicated(points, Cells.of(cells, score.inputShape()));
    float[][] scores = Perturbed.scores(score, inputs, baseline, masks, batch, name(), run);
    int d = cells * cells;
    float[] values = new float[inputs.rows() * d];
    float[] outputs = new float[(d + 2) * designs];
    for (int i = 0; i < inputs.rows(); i++) {
      // f(B) would stand between f(A) and the f(C_i); no estimator of totals reads it.
      System.arraycopy(scores[i], 0, outputs, 0, designs);
      System.arraycopy(scores[i], designs, outputs, 2 * designs, d * designs);
      double[] totals = estimator.totals(outputs, designs);
      for (int c = 0; c < d; c++) {
        values[i * d + c] = (float) totals[c];
      }
    }
    return new Attribution(
        name(),
        String.format(
            Locale.ROOT,
            "%d x %d cells, %d designs (%s), %s",
            cells,
            cells,
            designs,
            words(sampler),
            words(estimator)),
        baseline.words(),
        Tensor.wrap(Shape.of(inputs.rows(), 1, cells, cells), values),
        false,
        masks.count(),
        0,
        null);
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Points with their coordinates in a random order. Some pairs of coordinates of a sequence fill
   * the square badly at first; which cells they meet must not be a matter of their place.
   */
  private static float[] shuffled(Tensor points, RandomGenerator random) {
    int dimensions = points.shape().dim(1);
    float[] values = points.toArray();
    for (int i = dimensions - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      for (int row = 0; row < values.length; row += dimensions) {
        float v = values[row + i];
        values[row + i] = values[row + other];
        values[row + other] = v;
      }
    }
    return values;
  }

  /** N masks of A, then of C_1 to C_d: A with cell i from B. */
  private final class Replicated implements Masks {
    private final float[] points;
    private final Cells grid;

    Replicated(float[] points, Cells grid) {
      this.points = points;
      this.grid = grid;
    }

    @Override
    public int count() {
      return Math.multiplyExact(designs, cells * cells + 1);
    }

    @Override
    public void write(int index, float[] target) {
      int d = cells * cells;
      int point = index % designs * 2 * d;
      int from = index / designs - 1;
      grid.write(cell -> points[point + (cell == from ? d : 0) + cell], target);
    }
  }
}
