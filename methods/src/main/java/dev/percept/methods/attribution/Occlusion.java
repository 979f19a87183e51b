package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;

/**
 * How far the score falls when a square patch is replaced by the baseline (Zeiler and Fergus, ECCV
 * 2014). The patch slides; a pixel gets the mean over the patches that cover it. The last patches
 * of a row or column are cut off at the edge.
 *
 * <p>Simple and hard to misread, but it sees one patch at a time: of two equal signs, of which one
 * would do, neither seems to matter.
 *
 * @param patch side of the patch in pixels
 * @param stride pixels between patches, at most {@code patch}
 * @param baseline what replaces it
 * @param batch most pictures of one call of the score
 */
public record Occlusion(int patch, int stride, Baseline baseline, int batch)
    implements Attributor<Score> {
  public Occlusion {
    Checks.atLeast("occlusion patch", 1, patch);
    Checks.atLeast("occlusion stride", 1, stride);
    Checks.atLeast("occlusion batch", 1, batch);
    if (stride > patch) {
      throw new IllegalArgumentException(
          "occlusion stride: at most the patch, "
              + patch
              + ", or pixels are never covered; found "
              + stride);
    }
  }

  @Override
  public String name() {
    return "occlusion";
  }

  /** Values n x 1 x h x w, signed. */
  @Override
  public Attribution attribute(Score score, Tensor inputs, Run run) {
    Checks.inputs(score, inputs);
    Shape s = score.inputShape();
    Windows windows = new Windows(s.dim(1), s.dim(2));
    float[][] scores = Perturbed.scores(score, inputs, baseline, windows, batch, name(), run);
    int places = s.dim(1) * s.dim(2);
    float[] values = new float[inputs.rows() * places];
    for (int i = 0; i < inputs.rows(); i++) {
      windows.spread(scores[i], values, i * places);
    }
    return new Attribution(
        name(),
        "patch " + patch + " px, stride " + stride + " px",
        baseline.words(),
        Tensor.wrap(Shape.of(inputs.rows(), 1, s.dim(1), s.dim(2)), values),
        true,
        windows.count(),
        0,
        null);
  }

  /** Mask 0 keeps everything; mask 1 + k is without patch k. */
  private final class Windows implements Masks {
    private final int height;
    private final int width;
    private final int down;
    private final int across;

    Windows(int height, int width) {
      this.height = height;
      this.width = width;
      this.down = steps(height);
      this.across = steps(width);
    }

    private int steps(int length) {
      return length <= patch ? 1 : (length - patch + stride - 1) / stride + 1;
    }

    @Override
    public int count() {
      return 1 + down * across;
    }

    @Override
    public void write(int index, float[] target) {
      Arrays.fill(target, 1);
      if (index == 0) {
        return;
      }
      int top = (index - 1) / across * stride;
      int left = (index - 1) % across * stride;
      for (int y = top; y < Math.min(top + patch, height); y++) {
        Arrays.fill(target, y * width + left, y * width + Math.min(left + patch, width), 0);
      }
    }

    void spread(float[] scores, float[] values, int at) {
      double[] sum = new double[height * width];
      int[] covered = new int[height * width];
      for (int k = 1; k < scores.length; k++) {
        double fall = (double) scores[0] - scores[k];
        int top = (k - 1) / across * stride;
        int left = (k - 1) % across * stride;
        for (int y = top; y < Math.min(top + patch, height); y++) {
          for (int x = left; x < Math.min(left + patch, width); x++) {
            sum[y * width + x] += fall;
            covered[y * width + x]++;
          }
        }
      }
      for (int p = 0; p < sum.length; p++) {
        values[at + p] = (float) (sum[p] / covered[p]);
      }
    }
  }
}
