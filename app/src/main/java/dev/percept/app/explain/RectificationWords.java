package dev.percept.app.explain;

import dev.percept.app.Format;
import dev.percept.core.ModelInfo;
import dev.percept.core.Target;
import dev.percept.methods.craft.Rectification;
import java.util.Locale;

/** What rectifying activations costs, in a sentence. */
public final class RectificationWords {
  private RectificationWords() {}

  /**
   * A warning for the reader.
   *
   * @param examples what the inputs are called, in the plural
   */
  public static String warning(Rectification cost, ModelInfo info, Target target, String examples) {
    return String.format(
        Locale.ROOT,
        "What is explained is not the model as it is but the model with negative activations"
            + " at '%s' set to 0 (--rectify). %s of the activations were negative; without"
            + " them %s of the variance is gone, and '%s' is the answer for %s of these"
            + " %s instead of %s.",
        info.layer(),
        Format.percent(cost.negative()),
        Format.percent(cost.variance()),
        target.label(),
        Format.percent(cost.accuracy()),
        examples,
        Format.percent(cost.whole()));
  }
}
