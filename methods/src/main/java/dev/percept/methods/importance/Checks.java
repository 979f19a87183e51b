package dev.percept.methods.importance;

import dev.percept.core.MaskedScore;
import dev.percept.core.PerceptException;
import java.util.List;

/** What all estimators ask of their examples. */
final class Checks {
  private Checks() {}

  static int examples(List<? extends MaskedScore> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("examples: at least 1, found none");
    }
    int r = examples.get(0).concepts();
    for (MaskedScore example : examples) {
      if (example.concepts() != r) {
        throw new IllegalArgumentException(
            "examples: all must have the same number of concepts, found "
                + r
                + " and "
                + example.concepts());
      }
    }
    return r;
  }

  /** A model that answers NaN or infinity explains nothing. */
  static void finite(float[] scores) {
    for (float f : scores) {
      if (!Float.isFinite(f)) {
        throw new PerceptException(
            "the model's score must be finite, found "
                + f
                + "; check the model and the preprocessing");
      }
    }
  }
}
