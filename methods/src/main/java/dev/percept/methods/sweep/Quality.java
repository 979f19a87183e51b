package dev.percept.methods.sweep;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.craft.CodeScore;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.metric.Consistency;
import dev.percept.methods.metric.Share;
import dev.percept.methods.metric.Stability;
import dev.percept.methods.metric.Top1;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How good an explanation is, in the figures that a sweep compares. Intervals are over pictures
 * where nothing else is said; chance is what {@link dev.percept.methods.metric.RandomBank} reaches.
 *
 * <p>R² of different crop sizes is of different data: smaller crops vary more. It says how much of
 * <em>their</em> variance the concepts keep.
 *
 * @param cropR2 variance of the crops' activations that the concepts keep
 * @param pictureR2 the same of every location of whole pictures; no interval where activations are
 *     too large to be kept
 * @param consistency mean over concepts of the mean cosine of two of a concept's crops; interval
 *     over concepts, chance is that of any two crops
 * @param stability mean over concepts of the cosine to the matched concept of other fits (other
 *     starts, halves of the pictures); interval over concepts
 * @param carrying how many concepts carry 80 % of the importance
 * @param effective effective number of concepts, see {@link Concentration}
 * @param kept pictures whose top-1 answer stays when activations are replaced by U W
 * @param right pictures that the model gives the class for, with its own activations; no chance
 * @param estimator how importance was found
 * @param settled whether the order of importance was settled
 */
public record Quality(
    Measured cropR2,
    Measured pictureR2,
    Measured consistency,
    Measured stability,
    Measured carrying,
    Measured effective,
    Measured kept,
    Measured right,
    String estimator,
    boolean settled) {

  /**
   * What a fit is measured by.
   *
   * @param extractor how concepts were found, with their number
   * @param importance how importance is found; used again for random concepts
   * @param refits fits from other starts, for stability
   */
  public record Options(
      ConceptExtractor extractor, ImportanceEstimator<MaskedScore> importance, int refits) {}

  /**
   * Measures.
   *
   * @param found the concepts of a class
   * @param cropPictures the picture of each crop
   */
  public static Quality of(
      SplitModel model,
      Craft.Concepts found,
      List<Integer> cropPictures,
      Target target,
      Options options,
      Run run) {
    int n = found.codes().rows();
    int[] groups = cropPictures.stream().mapToInt(Integer::intValue).toArray();
    Tensor crops = found.activations();
    Measured cropR2 =
        Rebuilt.of(crops, groups, n, found.bank(), run)
            .r2(Rebuilt.of(crops, groups, n, found.random(), run), run.random("sweep.crop-r2"));
    List<Consistency> consistency = Consistency.of(crops, found.bank().encode(crops, run));
    Stability stability =
        Stability.measure(found.bank(), options.extractor, crops, groups, options.refits, run);
    Importance byChance = byChance(model, found, target, options, run);
    int[] answers = Top1.of(found.logits());
    return new Quality(
        cropR2,
        pictureR2(found, n, run),
        Measured.mean(
            consistency.stream().mapToDouble(Consistency::concept).toArray(),
            consistency.get(0).random(),
            run.random("sweep.consistency")),
        Measured.mean(
            stability.concepts().stream().mapToDouble(Stability.OfConcept::value).toArray(),
            stability.random(),
            run.random("sweep.stability")),
        concentration(found.importance(), byChance, Concentration::carrying, run),
        concentration(found.importance(), byChance, Concentration::effective, run),
        Measured.share(
            same(answers, Top1.of(found.rebuilt())),
            same(answers, Top1.of(found.randomlyRebuilt())).value().orElse(Double.NaN)),
        Measured.share(Top1.share(found.logits(), target.index()), Double.NaN),
        found.importance().estimator(),
        found.importance().settled());
  }

  private static Measured pictureR2(Craft.Concepts found, int n, Run run) {
    Tensor kept = found.pictureActivations();
    if (kept == null) {
      return Measured.of(found.reconstruction().r2(), found.randomReconstruction().r2());
    }
    int locations = kept.shape().dim(1);
    Tensor rows = kept.reshape(n * locations, kept.shape().dim(2));
    int[] picture = IntStream.range(0, n * locations).map(i -> i / locations).toArray();
    return Rebuilt.of(rows, picture, n, found.bank(), run)
        .r2(Rebuilt.of(rows, picture, n, found.random(), run), run.random("sweep.picture-r2"));
  }

  /** Importance of the random concepts; null where activations are too large to be kept. */
  private static @Nullable Importance byChance(
      SplitModel model, Craft.Concepts found, Target target, Options options, Run run) {
    Tensor kept = found.pictureActivations();
    if (kept == null) {
      return null;
    }
    int n = kept.rows();
    int locations = kept.shape().dim(1);
    int r = found.random().concepts();
    Tensor codes =
        found
            .random()
            .encode(kept.reshape(n * locations, kept.shape().dim(2)), run)
            .reshape(n, locations, r);
    List<MaskedScore> scores = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      scores.add(new CodeScore(model, found.random().dictionary(), codes.row(i), target.index()));
    }
    return options.importance.estimate(scores, run);
  }

  private static Measured concentration(
      Importance importance,
      @Nullable Importance byChance,
      ToDoubleFunction<Concentration> figure,
      Run run) {
    Tensor each = importance.shares().perExample();
    int[] all = IntStream.range(0, each.rows()).toArray();
    double chance = Double.NaN;
    if (byChance != null) {
      chance = figure.applyAsDouble(over(byChance.shares().perExample(), all));
    }
    return Measured.bootstrap(
        each.rows(),
        chance,
        run.random("sweep.concentration"),
        drawn -> figure.applyAsDouble(over(each, drawn)));
  }

  /** The concentration of the mean importance of some pictures. */
  private static Concentration over(Tensor each, int[] drawn) {
    double[] mean = new double[each.shape().dim(1)];
    for (int i : drawn) {
      for (int k = 0; k < mean.length; k++) {
        // Sampled indices of concepts that do nothing may lie a little below 0.
        mean[k] += each.get(i, k) / (double) drawn.length;
      }
    }
    for (int k = 0; k < mean.length; k++) {
      mean[k] = Math.max(0, mean[k]);
    }
    return Concentration.of(mean);
  }

  private static Share same(int[] a, int[] b) {
    int same = 0;
    for (int i = 0; i < a.length; i++) {
      same += a[i] == b[i] ? 1 : 0;
    }
    return new Share(same, a.length);
  }
}
