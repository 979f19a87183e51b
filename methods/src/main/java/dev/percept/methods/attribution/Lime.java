package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.BitSet;

/**
 * A linear model of the score around the picture (Ribeiro, Singh and Guestrin, KDD 2016): segments
 * are present or absent at random, and a weighted ridge regression says what each is worth. The
 * segments are the cells of a regular grid, not superpixels. Weights fall with the cosine distance
 * D between a sample and the whole picture, {@code exp(-D² / kernel²)}; the first sample is the
 * whole picture.
 *
 * <p>The ridge pulls values towards 0, the more the fewer samples there are.
 *
 * @param cells cells in a row and in a column
 * @param samples how many; a picture costs as many passes
 * @param kernel width of the kernel; the authors' 0.25
 * @param ridge the penalty λ on the sum of squared values; the authors' 1
 * @param baseline what stands for an absent segment
 * @param batch most pictures of one call of the score
 */
public record Lime(
    int cells, int samples, double kernel, double ridge, Baseline baseline, int batch)
    implements Attributor<Score> {
  public Lime {
    Checks.atLeast("lime cells", 1, cells);
    Checks.atLeast("lime samples", 2, samples);
    if (!(kernel > 0)) {
      throw new IllegalArgumentException("lime kernel: more than 0, found " + kernel);
    }
    if (!(ridge > 0)) {
      throw new IllegalArgumentException("lime ridge: more than 0, found " + ridge);
    }
    Checks.atLeast("lime batch", 1, batch);
  }

  @Override
  public String name() {
    return "lime";
  }

  /** Values n x 1 x cells x cells, signed. */
  @Override
  public Attribution attribute(Score score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    Cells segments = Cells.of(cells, score.inputShape());
    int d = segments.count();
    BitSet[] present = Coalitions.uniform(samples, d, run.random("attribution.lime"));
    Coalitions masks = new Coalitions(segments, present);
    float[][] scores = Perturbed.scores(score, inputs, baseline, masks, batch, name(), run);
    double[] weights = new double[samples];
    for (int k = 0; k < samples; k++) {
      double distance = 1 - Math.sqrt(present[k].cardinality() / (double) d);
      weights[k] = Math.exp(-distance * distance / (kernel * kernel));
    }
    WeightedRidge fit = new WeightedRidge(present, d, weights, ridge);
    float[] values = new float[inputs.rows() * d];
    for (int i = 0; i < inputs.rows(); i++) {
      double[] coefficients = fit.solve(scores[i]);
      for (int c = 0; c < d; c++) {
        values[i * d + c] = (float) coefficients[c];
      }
    }
    return new Attribution(
        name(),
        samples
            + " samples of "
            + cells
            + " x "
            + cells
            + " segments, kernel "
            + kernel
            + ", ridge "
            + ridge,
        baseline.words(),
        Tensor.wrap(Shape.of(inputs.rows(), 1, cells, cells), values),
        true,
        samples,
        0,
        null);
  }
}
