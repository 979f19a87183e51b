package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.hsic.Hsic;
import dev.percept.methods.hsic.HsicIndex;
import dev.percept.methods.hsic.Kernel;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How far the score depends on whether a cell is shown, in any way, by the Hilbert-Schmidt
 * independence criterion (Novello, Fel and Vigouroux, NeurIPS 2022). Values are normalised as
 * {@link HsicIndex#normalised()} and, like every such estimate, above 0 by chance; they do not say
 * in which direction a cell acts. It needs fewer passes than Sobol indices of as many cells.
 *
 * @param cells cells in a row and in a column
 * @param samples masks, the same for all pictures
 * @param hsic kernels and estimator; with the binary kernel for masks, cells are shown or hidden,
 *     with any other they have weights from 0 to 1
 * @param baseline what stands where a cell is hidden
 * @param batch most pictures of one call of the score
 */
public record HsicAttribution(int cells, int samples, Hsic hsic, Baseline baseline, int batch)
    implements Attributor<Score> {
  public HsicAttribution {
    Checks.atLeast("hsic cells", 1, cells);
    Checks.atLeast("hsic samples", 4, samples);
    Checks.atLeast("hsic batch", 1, batch);
  }

  @Override
  public String name() {
    return "hsic";
  }

  /** Values n x 1 x cells x cells, not signed. */
  @Override
  public Attribution attribute(Score score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    int d = cells * cells;
    Weights masks = new Weights(Cells.of(cells, score.inputShape()), draw(d, run));
    float[][] scores = Perturbed.scores(score, inputs, baseline, masks, batch, name(), run);
    Tensor design = Tensor.wrap(Shape.of(samples, d), masks.weights());
    float[] values = new float[inputs.rows() * d];
    for (int i = 0; i < inputs.rows(); i++) {
      List<HsicIndex> found = hsic.measure(design, scores[i], run);
      for (int c = 0; c < d; c++) {
        values[i * d + c] = (float) found.get(c).normalised();
      }
    }
    return new Attribution(
        name(),
        samples
            + " masks of "
            + cells
            + " x "
            + cells
            + " cells, kernels "
            + hsic.input().name()
            + " and "
            + hsic.output().name(),
        baseline.words(),
        Tensor.wrap(Shape.of(inputs.rows(), 1, cells, cells), values),
        false,
        samples,
        0,
        null);
  }

  private float[] draw(int d, Run run) {
    boolean binary = hsic.input().equals(Kernel.binary());
    RandomGenerator random = run.random("attribution.hsic");
    float[] weights = new float[Math.multiplyExact(samples, d)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = binary ? (random.nextBoolean() ? 1 : 0) : random.nextFloat();
    }
    return weights;
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere, never leaves this file.
  private record Weights(Cells grid, float[] weights) implements Masks {
    @Override
    public int count() {
      return weights.length / grid.count();
    }

    @Override
    public void write(int index, float[] target) {
      grid.write(cell -> weights[index * grid.count() + cell], target);
    }
  }
}
