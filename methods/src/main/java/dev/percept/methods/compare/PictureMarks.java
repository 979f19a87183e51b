package dev.percept.methods.compare;

import dev.percept.core.Run;
import dev.percept.methods.metric.attribution.BootstrapMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The marks of one picture: of every method, then of one random order.
 *
 * @param curves methods, then random orders
 * @param randomDeletion mean area over the random orders that methods are set beside
 * @param randomInsertion the same as concepts come back
 * @param fidelity of every method, then of random values
 */
record PictureMarks(
    OrderCurves curves, double randomDeletion, double randomInsertion, List<Double> fidelity) {

  /**
   * @param first index of the first random order that methods are set beside
   */
  static PictureMarks of(OrderCurves curves, int first, List<Double> fidelity) {
    return new PictureMarks(
        curves,
        mean(curves.deletion(), first),
        mean(curves.insertion(), first),
        List.copyOf(fidelity));
  }

  private static double mean(double[][] curves, int first) {
    return Arrays.stream(curves, first, curves.length)
        .mapToDouble(OrderCurves::area)
        .average()
        .orElseThrow();
  }

  /** The marks of method {@code i} over all pictures. */
  static Marks mean(PictureMarks[] pictures, int i, Run run) {
    return new Marks(
        over(pictures, p -> OrderCurves.area(p.curves.deletion()[i]), run),
        over(pictures, p -> OrderCurves.area(p.curves.insertion()[i]), run),
        over(pictures, p -> p.fidelity.get(i), run),
        over(pictures, p -> p.randomDeletion - OrderCurves.area(p.curves.deletion()[i]), run),
        over(pictures, p -> OrderCurves.area(p.curves.insertion()[i]) - p.randomInsertion, run),
        curve(pictures, i, true),
        curve(pictures, i, false));
  }

  /** By how much method {@code i} deletes worse than method {@code best}. */
  static BootstrapMean behind(PictureMarks[] pictures, int i, int best, Run run) {
    return over(
        pictures,
        p -> OrderCurves.area(p.curves.deletion()[i]) - OrderCurves.area(p.curves.deletion()[best]),
        run);
  }

  private static BootstrapMean over(
      PictureMarks[] pictures, ToDoubleFunction<PictureMarks> mark, Run run) {
    // The same resamples for all, so that intervals differ by what was measured alone.
    return BootstrapMean.of(
        Arrays.stream(pictures).mapToDouble(mark).boxed().toList(),
        run.random("compare.bootstrap"));
  }

  private static List<Double> curve(PictureMarks[] pictures, int i, boolean deletion) {
    List<Double> mean = new ArrayList<>();
    int steps = pictures[0].curves.deletion()[i].length;
    for (int step = 0; step < steps; step++) {
      double sum = 0;
      for (PictureMarks p : pictures) {
        sum += (deletion ? p.curves.deletion() : p.curves.insertion())[i][step];
      }
      mean.add(sum / pictures.length);
    }
    return mean;
  }
}
