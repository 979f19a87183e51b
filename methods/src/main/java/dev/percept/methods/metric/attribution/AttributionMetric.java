package dev.percept.methods.metric.attribution;

/**
 * A number a picture that says how good its attribution map is. What a metric has to be given is
 * its type: {@link MapMetric}, {@link ScoreMetric}, {@link MaskMetric}, {@link RerunMetric} or
 * {@link SanityCheck}.
 */
public interface AttributionMetric {
  /** The name under which it appears in files and on the command line, {@code deletion}. */
  String name();

  /** Which direction is better. */
  Better better();

  /** What it is measured with, in words: {@code 20 steps, baseline zero}; empty for nothing. */
  String settings();

  /** Which direction is better. */
  enum Better {
    HIGHER,
    LOWER
  }
}
