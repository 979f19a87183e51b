package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ClassTexts;
import dev.percept.bundle.ConceptMaps;
import dev.percept.bundle.ConceptTree;
import dev.percept.bundle.Importances;
import dev.percept.core.Importance;
import dev.percept.core.Labels;
import dev.percept.methods.craft.Answer;
import dev.percept.methods.craft.CraftResult;
import dev.percept.methods.craft.LogitSum;
import dev.percept.methods.craft.ShownPicture;
import dev.percept.methods.map.ConceptCrops;
import dev.percept.methods.metric.Curve;
import dev.percept.methods.metric.RankCurve;
import dev.percept.methods.metric.Share;
import dev.percept.methods.metric.Stability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One class as a bundle has it. */
record ClassParts(String key, CraftResult result, ClassInputs inputs, Labels labels) {

  /** Excerpts that look as if the concept were there. */
  static final String COUNTER = "counter";

  /**
   * Everything but importance.
   *
   * @param files receives pictures and excerpts
   */
  Bundle.ClassPart part(
      Map<String, byte[]> files,
      List<String> warnings,
      List<ConceptMaps> maps,
      @Nullable ConceptTree tree,
      Bundle.@Nullable Rectification rectification,
      @Nullable ClassTexts texts) {
    CraftResult.Answers answers = result.answers();
    return new Bundle.ClassPart(
        label(result.target().index()),
        key,
        inputs.names(),
        inputs.parts(),
        new Bundle.Reconstruction(
            result.reconstruction().relativeError(),
            result.reconstruction().r2(),
            result.randomReconstruction().relativeError(),
            result.randomReconstruction().r2(),
            result.pictureReconstruction().relativeError(),
            result.pictureReconstruction().r2(),
            result.randomPictureReconstruction().r2()),
        new Bundle.Accuracy(
            answers.model(),
            answers.rebuilt(),
            answers.random(),
            answers.agreement(),
            answers.randomAgreement()),
        stability(),
        curve(result.curves().deletionLogit(), result.curves().deletionProbability()),
        curve(result.curves().insertionLogit(), result.curves().insertionProbability()),
        IntStream.range(0, result.crops().size()).mapToObj(k -> concept(k, files)).toList(),
        result.shown().stream().map(shown -> picture(shown, files)).toList(),
        warnings,
        rankCurve(),
        maps,
        tree,
        rectification,
        texts);
  }

  private Bundle.@Nullable RankCurve rankCurve() {
    RankCurve curve = result.rankCurve();
    if (curve == null) {
      return null;
    }
    return new Bundle.RankCurve(
        curve.points().stream()
            .map(p -> new Bundle.RankPoint(p.concepts(), p.heldOut(), p.stability(), p.chance()))
            .toList(),
        RankCurve.STABLE,
        RankCurve.WORTH,
        curve.chosen());
  }

  /** Importance of the class's concepts. */
  Importances.OfClass importance() {
    Importance importance = result.importance().shares();
    List<Importances.OfConcept> concepts = new ArrayList<>();
    for (int k = 0; k < importance.concepts().size(); k++) {
      Importance.OfConcept of = importance.concepts().get(k);
      CraftResult.OfConcept statistics = result.statistics().get(k);
      Share reliability = statistics.reliability();
      concepts.add(
          new Importances.OfConcept(
              k,
              of.total(),
              of.low(),
              of.high(),
              of.dataLow(),
              of.dataHigh(),
              of.sign(),
              statistics.prevalence().value().orElse(0),
              orNull(reliability.value()),
              reliability.of(),
              result.stability().concepts().get(k).value(),
              statistics.consistency().excess()));
    }
    return new Importances.OfClass(
        label(result.target().index()),
        importance.estimator(),
        importance.designs(),
        importance.settled(),
        concepts);
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  private Bundle.Stability stability() {
    List<Stability.OfConcept> concepts = result.stability().concepts();
    double mean = concepts.stream().mapToDouble(Stability.OfConcept::value).average().orElse(0);
    double seeds = concepts.stream().mapToDouble(Stability.OfConcept::seeds).average().orElse(0);
    double halves =
        concepts.stream().flatMapToDouble(c -> c.halves().stream()).average().orElse(Double.NaN);
    return new Bundle.Stability(mean, seeds, halves, result.stability().random(), result.fits());
  }

  private Bundle.Curve curve(Curve logit, Curve probability) {
    return new Bundle.Curve(
        result.order(),
        logit.values(),
        probability.values(),
        random(logit),
        random(probability),
        logit.area(),
        probability.area());
  }

  private static Bundle.Random random(Curve curve) {
    Curve.Band band = curve.random();
    return new Bundle.Random(band.mean(), band.low(), band.high(), band.area());
  }

  private Bundle.ConceptPart concept(int k, Map<String, byte[]> files) {
    ConceptCrops chosen = result.crops().get(k);
    List<Bundle.Excerpt> excerpts = new ArrayList<>();
    for (ConceptCrops.Level level : chosen.levels()) {
      String group = group(level);
      excerpts(k, group, level.crops(), excerpts, files);
    }
    excerpts(k, COUNTER, chosen.counterExamples(), excerpts, files);
    return new Bundle.ConceptPart(k, excerpts);
  }

  /** What the excerpts at a quantile are called. */
  static String group(ConceptCrops.Level level) {
    return level.quantile() == 1
        ? "top"
        : level.quantile() == 0.5 ? "median" : "p" + Math.round(100 * level.quantile());
  }

  /** The file of an excerpt, without what its name ends in. */
  static String excerpt(String key, int concept, String group, int number) {
    return "excerpts/" + key + "/c" + concept + "-" + group + "-" + number;
  }

  private void excerpts(
      int k,
      String group,
      List<Integer> indices,
      List<Bundle.Excerpt> excerpts,
      Map<String, byte[]> files) {
    float largest = 0;
    for (int i = 0; i < inputs.parts(); i++) {
      largest = Math.max(largest, result.cropCodes().get(i, k));
    }
    int number = 0;
    for (int i : indices) {
      String name = excerpt(key, k, group, ++number);
      double value = largest > 0 ? result.cropCodes().get(i, k) / largest : 0;
      excerpts.add(inputs.excerpt(i, group, name, value, files));
    }
  }

  private Bundle.PicturePart picture(ShownPicture shown, Map<String, byte[]> files) {
    String file = inputs.whole(shown.picture(), key, files);
    Answer answer = shown.answer();
    return new Bundle.PicturePart(
        shown.picture(),
        inputs.names().get(shown.picture()),
        file,
        label(answer.predicted()),
        answer.predictedProbability(),
        answer.logit(),
        answer.probability(),
        shown.without().stream()
            .map(a -> new Bundle.Answer(a.logit(), a.probability(), label(a.predicted())))
            .toList(),
        shown.sums().stream().map(this::score).toList(),
        Double.isFinite(shown.restLogSumExp()) ? (Double) shown.restLogSumExp() : null);
  }

  private Bundle.Score score(LogitSum sum) {
    return new Bundle.Score(
        label(sum.output()), sum.start(), sum.concepts(), sum.other(), sum.logit());
  }

  private Bundle.Label label(int index) {
    return new Bundle.Label(index, labels.name(index));
  }
}
