package dev.percept.methods.metric.attribution;

import dev.percept.core.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one method does by one metric.
 *
 * @param mean over pictures, with its interval
 * @param best whether no other method that is not random has a better mean
 * @param tied whether it cannot be told from the best: 0 lies in the 95 % bootstrap interval of the
 *     difference, picture by picture
 * @param overRandom how much better it is than the better of the random rows, picture by picture,
 *     positive being better; null for these rows themselves and where there are none
 */
public record Standing(
    BootstrapMean mean, boolean best, boolean tied, @Nullable BootstrapMean overRandom) {

  /**
   * How all methods do by one metric.
   *
   * @param results of all methods, in the order of the rows
   * @param column which of their columns
   * @param better which direction is better
   * @return one a method; empty where nothing was measured
   */
  public static List<Standing> of(
      List<Evaluated> results, int column, AttributionMetric.Better better, Run run) {
    int sign = better == AttributionMetric.Better.HIGHER ? 1 : -1;
    int best = top(results, false, column, sign);
    int chance = top(results, true, column, sign);
    List<Standing> standings = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Evaluated result = results.get(i);
      List<Double> own = result.values().get(column);
      if (own.isEmpty()) {
        return List.of();
      }
      boolean tied =
          i != best
              && !result.random()
              && difference(own, results.get(best).values().get(column), sign, run).includesZero();
      BootstrapMean over =
          chance < 0 || result.random()
              ? null
              : difference(own, results.get(chance).values().get(column), sign, run);
      standings.add(new Standing(mean(own, run), i == best, tied, over));
    }
    return standings;
  }

  /** The position of the best one, random or not; -1 where there is none. */
  private static int top(List<Evaluated> results, boolean random, int column, int sign) {
    int top = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < results.size(); i++) {
      Evaluated result = results.get(i);
      double mean =
          sign * result.values().get(column).stream().mapToDouble(v -> v).average().orElse(0);
      if (result.random() == random && mean > most) {
        most = mean;
        top = i;
      }
    }
    return top;
  }

  /** The mean of some values, one a picture; the same resamples for every method. */
  public static BootstrapMean mean(List<Double> values, Run run) {
    return BootstrapMean.of(values, run.random("evaluation.pictures"));
  }

  private static BootstrapMean difference(List<Double> a, List<Double> b, int sign, Run run) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      differences.add(sign * (a.get(i) - b.get(i)));
    }
    return mean(differences, run);
  }
}
