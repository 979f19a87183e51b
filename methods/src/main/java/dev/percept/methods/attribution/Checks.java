package dev.percept.methods.attribution;

import dev.percept.core.PerceptException;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;

/** What all methods ask of their options, inputs and scores. */
final class Checks {
  private Checks() {}

  static void atLeast(String name, int minimum, int found) {
    if (found < minimum) {
      throw new IllegalArgumentException(name + ": at least " + minimum + ", found " + found);
    }
  }

  static void share(String name, double found) {
    if (!(found > 0 && found < 1)) {
      throw new IllegalArgumentException(name + ": more than 0 and less than 1, found " + found);
    }
  }

  /** Refuses what the score does not take, and values that would spoil every sum. */
  static void inputs(Score score, Tensor inputs) {
    Shape each = score.inputShape();
    Shape found = inputs.shape();
    if (each.rank() != 3) {
      throw new IllegalArgumentException(
          "attribution: of pictures, c x h x w; the score takes " + each);
    }
    if (found.rank() != 4 || !found.example().equals(each)) {
      throw new IllegalArgumentException("inputs: expected n x " + each + ", found " + found);
    }
    atLeast("inputs", 1, found.dim(0));
    if (!inputs.isFinite()) {
      throw new IllegalArgumentException("inputs: expected finite values, found NaN or infinity");
    }
  }

  /** A model that answers NaN or infinity explains nothing. */
  static void finite(float[] values) {
    for (float f : values) {
      if (!Float.isFinite(f)) {
        throw unfit("score", f);
      }
    }
  }

  /** The same of gradients. */
  static void finite(Tensor gradients) {
    if (!gradients.isFinite()) {
      throw unfit("gradient", Float.NaN);
    }
  }

  private static PerceptException unfit(String what, float found) {
    return new PerceptException(
        "the model's "
            + what
            + " must be finite, found "
            + found
            + "; check the model and the preprocessing");
  }
}
