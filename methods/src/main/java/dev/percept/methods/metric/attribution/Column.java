package dev.percept.methods.metric.attribution;

/**
 * A column of a table of methods and metrics.
 *
 * @param metric the metric
 * @param reading what a {@link ScoreMetric} reads; {@link Reading#LOGIT} for all others
 */
public record Column(AttributionMetric metric, Reading reading) {
  /** What is read off the model. */
  public enum Reading {
    LOGIT,
    PROBABILITY
  }

  public Column {
    if (reading == Reading.PROBABILITY && !(metric instanceof ScoreMetric)) {
      throw new IllegalArgumentException(
          "column: only a metric that asks the model reads probabilities, found " + metric.name());
    }
  }

  /** A column that reads logits, where it reads anything. */
  public static Column of(AttributionMetric metric) {
    return new Column(metric, Reading.LOGIT);
  }

  /** Its name in files, {@code deletion-probability}. */
  public String name() {
    boolean both = metric instanceof Deletion || metric instanceof Insertion;
    String suffix = reading == Reading.PROBABILITY ? "-probability" : both ? "-logit" : "";
    return metric.name() + suffix;
  }

  /** Whether it runs the method again, which costs as much as the method does. */
  public boolean reruns() {
    return metric instanceof RerunMetric || metric instanceof SanityCheck;
  }

  /** Whether it needs masks. */
  public boolean needsMasks() {
    return metric instanceof MaskMetric;
  }
}
