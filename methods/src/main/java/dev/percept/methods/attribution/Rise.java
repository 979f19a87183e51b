package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;

/**
 * Random input sampling (Petsiuk, Das and Saenko, BMVC 2018): what the score is when a pixel is
 * visible, under random smooth masks. Values are the mean score weighted by how visible the pixel
 * was, less the mean score over all masks; the published map does not take that off, which only
 * shifts it, but then a score that never changes gets a map that is not zero.
 *
 * <p>It needs thousands of passes, and its error falls with their square root.
 *
 * @param masks how many, shared by all pictures
 * @param cells cells of a mask in a row and in a column, at least 2; masks are made from them by
 *     bilinear interpolation and a random shift
 * @param keep the chance of a cell to be visible
 * @param baseline what stands where nothing is visible; in the paper zero
 * @param batch most pictures of one call of the score
 */
public record Rise(int masks, int cells, double keep, Baseline baseline, int batch)
    implements Attributor<Score> {
  public Rise {
    Checks.atLeast("rise masks", 2, masks);
    Checks.atLeast("rise cells", 2, cells);
    Checks.share("rise keep", keep);
    Checks.atLeast("rise batch", 1, batch);
  }

  @Override
  public String name() {
    return "rise";
  }

  /** Values n x 1 x h x w, signed. */
  @Override
  public Attribution attribute(Score score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    Shape s = score.inputShape();
    RiseMasks drawn =
        new RiseMasks(masks, cells, keep, s.dim(1), s.dim(2), run.random("attribution.rise"));
    float[][] scores = Perturbed.scores(score, inputs, baseline, drawn, batch, name(), run);
    return new Attribution(
        name(),
        masks + " masks of " + cells + " x " + cells + " cells, " + keep + " of them visible",
        baseline.words(),
        Tensor.wrap(Shape.of(inputs.rows(), 1, s.dim(1), s.dim(2)), drawn.weigh(scores, run)),
        true,
        masks,
        0,
        null);
  }
}
