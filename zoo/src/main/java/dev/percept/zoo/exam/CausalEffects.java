package dev.percept.zoo.exam;

import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.zoo.Part;
import dev.percept.zoo.Scene;
import dev.percept.zoo.SceneExamples;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How far a logit falls when a part is left out and the scene is drawn again. Averaged over all
 * scenes, as importance is: a scene without the part counts as no fall.
 */
final class CausalEffects {
  private static final int BATCH = 16;

  private CausalEffects() {}

  /**
   * The mean fall of logit {@code target} for each part. Negative where the picture speaks more for
   * the class without it.
   */
  static Map<Part, Double> of(
      SplitModel model, List<Scene> scenes, List<Part> parts, int target, Run run) {
    double[] whole = logits(model, scenes, target, run);
    Map<Part, Double> effects = new EnumMap<>(Part.class);
    for (Part part : parts) {
      List<Scene> without =
          scenes.stream().filter(s -> s.parts().contains(part)).map(s -> s.without(part)).toList();
      double[] left = logits(model, without, target, run);
      double fall = 0;
      int next = 0;
      for (int i = 0; i < scenes.size(); i++) {
        if (scenes.get(i).parts().contains(part)) {
          fall += whole[i] - left[next];
          next++;
        }
      }
      effects.put(part, fall / scenes.size());
    }
    return effects;
  }

  /** One logit of each scene. */
  static double[] logits(SplitModel model, List<Scene> scenes, int target, Run run) {
    SceneExamples examples = new SceneExamples(scenes);
    double[] values = new double[scenes.size()];
    int batches = (scenes.size() + BATCH - 1) / BATCH;
    run.parallel(
        batches,
        b -> {
          int from = b * BATCH;
          int to = Math.min(scenes.size(), from + BATCH);
          Tensor logits = model.logits(examples.batch(from, to));
          for (int i = from; i < to; i++) {
            values[i] = logits.get(i - from, target);
          }
        });
    return values;
  }
}
