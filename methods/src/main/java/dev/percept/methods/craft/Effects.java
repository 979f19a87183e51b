package dev.percept.methods.craft;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.importance.OcclusionImportance;
import java.util.List;

/** What each concept adds to a score that is not affine: the drop when it alone is masked out. */
final class Effects {
  private Effects() {}

  /** n x r. */
  static Tensor of(List<CodeScore> scores, Run run) {
    int r = scores.get(0).concepts();
    float[] effects = new float[scores.size() * r];
    run.parallel(
        scores.size(),
        i -> {
          double[] losses = OcclusionImportance.losses(scores.get(i));
          for (int k = 0; k < r; k++) {
            effects[i * r + k] = (float) losses[k];
          }
        });
    return Tensor.wrap(Shape.of(scores.size(), r), effects);
  }
}
