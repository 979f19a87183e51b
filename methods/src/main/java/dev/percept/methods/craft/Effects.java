package dev.percept.methods.craft;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;

/** What each concept adds to a score that is not affine: the drop when it alone is masked out. */
final class Effects {
  private Effects() {}

  /** n x r. */
  static Tensor of(List<CodeScore> scores, Run run) {
    int r = scores.get(0).concepts();
    Tensor masks = leaveOneOut(r);
    float[] effects = new float[scores.size() * r];
    run.parallel(
        scores.size(),
        i -> {
          float[] score = scores.get(i).score(masks);
          for (int k = 0; k < r; k++) {
            effects[i * r + k] = score[0] - score[k + 1];
          }
        });
    return Tensor.wrap(Shape.of(scores.size(), r), effects);
  }

  /** Row 0 keeps all concepts, row k + 1 leaves out concept k: (r + 1) x r. */
  private static Tensor leaveOneOut(int r) {
    float[] masks = new float[(r + 1) * r];
    Arrays.fill(masks, 1);
    for (int k = 0; k < r; k++) {
      masks[(k + 1) * r + k] = 0;
    }
    return Tensor.wrap(Shape.of(r + 1, r), masks);
  }
}
