package dev.percept.methods.attribution;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Scores of pictures parts of which are replaced by a baseline. Each thread holds {@code batch}
 * masks and as many perturbed pictures, whatever the number of masks and pictures; a mask is made
 * once for all pictures.
 */
final class Perturbed {
  private final Score score;
  private final Tensor inputs;
  private final Tensor baselines;
  private final Masks masks;
  private final int batch;
  private final Queue<Workspace> idle = new ConcurrentLinkedQueue<>();

  private Perturbed(Score score, Tensor inputs, Tensor baselines, Masks masks, int batch) {
    this.score = score;
    this.inputs = inputs;
    this.baselines = baselines;
    this.masks = masks;
    this.batch = Math.min(batch, masks.count());
  }

  /**
   * Scores of every picture under every mask.
   *
   * @param inputs n x c x h x w
   * @param batch most pictures of one call of the score
   * @param what is done, for whoever watches
   * @return n rows of as many scores as there are masks; their bits do not depend on the threads
   */
  static float[][] scores(
      Score score, Tensor inputs, Baseline baseline, Masks masks, int batch, String what, Run run) {
    Tensor baselines = baseline.of(inputs, run);
    return new Perturbed(score, inputs, baselines, masks, batch).scores(what, run);
  }

  private float[][] scores(String what, Run run) {
    int n = inputs.rows();
    int count = masks.count();
    float[][] scores = new float[n][count];
    try (Progress.Stage stage = run.stage(what, (long) n * count)) {
      run.parallel(
          (count + batch - 1) / batch,
          piece -> {
            Workspace own = idle.poll();
            own = own == null ? new Workspace() : own;
            int from = piece * batch;
            int size = Math.min(batch, count - from);
            own.masks(from, size);
            for (int i = 0; i < n; i++) {
              run.throwIfCancelled();
              float[] found = score.score(own.blended(i, size));
              Checks.finite(found);
              System.arraycopy(found, 0, scores[i], from, size);
              stage.advance(size);
            }
            idle.add(own);
          });
    }
    return scores;
  }

  /** What one thread works on. */
  private final class Workspace {
    private final Shape each = score.inputShape();
    private final int places = each.dim(1) * each.dim(2);
    private final float[][] weights = new float[batch][places];
    private final float[] input = new float[each.size()];
    private final float[] absent = new float[each.size()];
    private final float[] mixed = new float[each.size()];
    private final FloatBuffer all = Tensor.allocateDirect(Math.multiplyExact(batch, each.size()));

    void masks(int from, int size) {
      for (int k = 0; k < size; k++) {
        masks.write(from + k, weights[k]);
      }
    }

    Tensor blended(int picture, int size) {
      inputs.copyTo(picture * each.size(), input, 0, each.size());
      baselines.copyTo(picture * each.size(), absent, 0, each.size());
      all.clear();
      for (int k = 0; k < size; k++) {
        for (int at = 0; at < each.size(); at += places) {
          blend(at, weights[k]);
        }
        all.put(mixed);
      }
      return Tensor.wrap(each.batch(size), all.flip());
    }

    /** Exactly the picture where the weight is 1, exactly the baseline where it is 0. */
    private void blend(int from, float[] weight) {
      for (int p = 0; p < weight.length; p++) {
        float w = weight[p];
        mixed[from + p] = w * input[from + p] + (1 - w) * absent[from + p];
      }
    }
  }
}
