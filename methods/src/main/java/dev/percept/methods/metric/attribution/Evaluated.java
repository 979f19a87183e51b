package dev.percept.methods.metric.attribution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one method.
 *
 * @param method its name
 * @param settings what it ran with, in words
 * @param baseline what stood for absent parts, in words; null where it has none
 * @param random whether its maps are random
 * @param forwards passes forward for one picture
 * @param backwards passes backward for one picture
 * @param secondsPerPicture time to make one map, in the batches that were evaluated
 * @param values a list for each column, one number a picture; pictures in the same order for every
 *     method
 * @param curves a list for each column, one curve a picture; empty where the column has none
 * @param cascade a list for each stage of randomised weights, one likeness a picture
 */
public record Evaluated(
    String method,
    String settings,
    @Nullable String baseline,
    boolean random,
    long forwards,
    long backwards,
    double secondsPerPicture,
    List<List<Double>> values,
    List<List<PixelCurve>> curves,
    List<List<Double>> cascade) {
  public Evaluated {
    values = values.stream().map(List::copyOf).toList();
    curves = curves.stream().map(List::copyOf).toList();
    cascade = cascade.stream().map(List::copyOf).toList();
  }
}
