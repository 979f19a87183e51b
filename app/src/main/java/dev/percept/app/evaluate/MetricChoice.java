package dev.percept.app.evaluate;

import dev.percept.methods.attribution.Baseline;
import dev.percept.methods.metric.attribution.AttributionMetric;
import dev.percept.methods.metric.attribution.Column;
import dev.percept.methods.metric.attribution.Complexity;
import dev.percept.methods.metric.attribution.Deletion;
import dev.percept.methods.metric.attribution.Insertion;
import dev.percept.methods.metric.attribution.MuFidelity;
import dev.percept.methods.metric.attribution.PointingGame;
import dev.percept.methods.metric.attribution.RankSimilarity;
import dev.percept.methods.metric.attribution.RelevanceMass;
import dev.percept.methods.metric.attribution.RelevanceRank;
import dev.percept.methods.metric.attribution.SanityCheck;
import dev.percept.methods.metric.attribution.Sensitivity;
import dev.percept.methods.metric.attribution.Sparseness;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A metric by its name on the command line. */
public enum MetricChoice {
  DELETION,
  INSERTION,
  MUFIDELITY,
  AVERAGE_STABILITY,
  SENSITIVITY_MAX,
  SPARSENESS,
  COMPLEXITY,
  POINTING_GAME,
  RELEVANCE_MASS,
  RELEVANCE_RANK,
  MODEL_RANDOMISATION,
  RANDOM_LOGIT;

  /** How many times the picture is perturbed; each costs a map. */
  private static final int PERTURBATIONS = 3;

  /** Within which share of the picture's range. */
  private static final double RADIUS = 0.05;

  /** The one that is written {@code name}. */
  public static Optional<MetricChoice> named(String name) {
    return Arrays.stream(values()).filter(m -> m.toString().equals(name)).findFirst();
  }

  /** Whether it asks where the thing is. */
  public boolean needsMasks() {
    return this == POINTING_GAME || this == RELEVANCE_MASS || this == RELEVANCE_RANK;
  }

  /** The columns that it fills; curves are read off logits and off probabilities. */
  List<Column> columns(Options o) {
    return switch (this) {
      case DELETION -> both(new Deletion(o.baseline(), o.steps(), o.batch()));
      case INSERTION -> both(new Insertion(o.baseline(), o.steps(), o.batch()));
      case MUFIDELITY -> one(new MuFidelity(o.baseline(), o.subsets(), 0.2, o.cells(), o.batch()));
      case AVERAGE_STABILITY -> one(new Sensitivity(Sensitivity.Over.MEAN, RADIUS, PERTURBATIONS));
      case SENSITIVITY_MAX -> one(new Sensitivity(Sensitivity.Over.MAX, RADIUS, PERTURBATIONS));
      case SPARSENESS -> one(new Sparseness());
      case COMPLEXITY -> one(new Complexity());
      case POINTING_GAME -> one(new PointingGame(0));
      case RELEVANCE_MASS -> one(new RelevanceMass());
      case RELEVANCE_RANK -> one(new RelevanceRank());
      case MODEL_RANDOMISATION -> one(SanityCheck.modelRandomisation(new RankSimilarity(false)));
      case RANDOM_LOGIT -> one(SanityCheck.randomLogit(new RankSimilarity(false)));
    };
  }

  private static List<Column> both(AttributionMetric metric) {
    return Stream.of(Column.Reading.values()).map(r -> new Column(metric, r)).toList();
  }

  private static List<Column> one(AttributionMetric metric) {
    return List.of(Column.of(metric));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What metrics are measured with.
   *
   * @param baseline what stands for pixels that are taken away
   * @param steps of deletion and insertion
   * @param subsets of µFidelity
   * @param cells a side of the grid of µFidelity
   * @param batch inputs that the model is asked at once
   */
  public record Options(Baseline baseline, int steps, int subsets, int cells, int batch) {}
}
