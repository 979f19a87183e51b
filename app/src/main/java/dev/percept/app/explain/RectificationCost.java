package dev.percept.app.explain;

import dev.percept.core.Run;
import dev.percept.methods.craft.Rectification;
import java.util.Locale;

/** What rectifying costs, in one sentence for those who read the numbers found with it. */
public final class RectificationCost {
  private RectificationCost() {}

  /** Measures it on all pictures of {@code one}, which go through the model in batches. */
  public static String sentence(Opened opened, ClassPictures one, int batch, Run run) {
    Rectification cost =
        Rectification.measure(opened.model(), one.pictures(), one.target(), batch, run);
    return String.format(
        Locale.ROOT,
        "Negative activations at '%s' were set to 0: %.0f %% of the variance is gone, and '%s' is"
            + " the answer for %.0f %% of the pictures instead of %.0f %%.",
        opened.model().info().layer(),
        100 * cost.variance(),
        one.target().label(),
        100 * cost.accuracy(),
        100 * cost.whole());
  }
}
