package dev.percept.methods.metric;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How many classes a concept is shared by: the entropy of the classes of the pictures over its
 * activation mass. Classes with more pictures have more mass to give; compare concepts on the same
 * pictures only.
 *
 * @param concept its number
 * @param bits 0 where all mass is in one class; 0 too where there is none
 * @param low lower end of a 95 % bootstrap interval over pictures. An entropy estimated from few
 *     pictures is too low, and so is the interval
 * @param high upper end
 * @param normalised {@code bits} as a share of what a concept spread evenly over all classes has
 * @param classes those in which it has mass, the largest share first
 */
public record LabelEntropy(
    int concept,
    double bits,
    double low,
    double high,
    double normalised,
    List<ClassShare> classes) {
  private static final double SERVED = 0.8;

  private static final int RESAMPLES = 500;

  /**
   * A class and what it has of a concept.
   *
   * @param label number of the class
   * @param share of the concept's mass, more than 0 to 1
   */
  public record ClassShare(int label, double share) {}

  public LabelEntropy {
    classes = List.copyOf(classes);
  }

  /**
   * The classes that the concept serves: the fewest that hold 80 % of its mass. Empty where it has
   * none.
   */
  public List<ClassShare> served() {
    double held = 0;
    int count = 0;
    // The slack keeps classes that have exactly 80 % together from asking for one more.
    while (count < classes.size() && held < SERVED - 1e-9) {
      held += classes.get(count).share();
      count++;
    }
    return classes.subList(0, count);
  }

  /**
   * Of every concept.
   *
   * @param mass n x r, how much of each concept is in each picture; what is negative counts as 0
   * @param labels n values from 0 to {@code classes} − 1
   * @param classes how many there are, at least 2
   * @throws IllegalArgumentException if a label is missing or out of range, or a mass is not finite
   */
  public static List<LabelEntropy> of(Tensor mass, int[] labels, int classes, Run run) {
    int n = mass.rows();
    if (labels.length != n || classes < 2) {
      throw new IllegalArgumentException(
          "labels: one a picture, "
              + n
              + ", of at least 2 classes, found "
              + labels.length
              + " of "
              + classes);
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException("labels: 0 to " + (classes - 1) + ", found " + label);
      }
    }
    if (!mass.isFinite()) {
      throw new IllegalArgumentException("mass: finite, found a value that is not");
    }
    int r = mass.shape().dim(1);
    LabelEntropy[] all = new LabelEntropy[r];
    run.parallel(r, k -> all[k] = of(k, mass, labels, classes, run));
    return List.of(all);
  }

  private static LabelEntropy of(int concept, Tensor mass, int[] labels, int classes, Run run) {
    int n = labels.length;
    double[] each = new double[n];
    double[] byClass = new double[classes];
    for (int i = 0; i < n; i++) {
      each[i] = Math.max(0, mass.get(i, concept));
      byClass[labels[i]] += each[i];
    }
    double bits = bits(byClass);
    double[] draws = new double[RESAMPLES];
    RandomGenerator random = run.random("label-entropy");
    for (int s = 0; s < RESAMPLES; s++) {
      double[] drawn = new double[classes];
      for (int i = 0; i < n; i++) {
        int at = random.nextInt(n);
        drawn[labels[at]] += each[at];
      }
      draws[s] = bits(drawn);
    }
    double[] interval = n < 2 ? new double[] {bits, bits} : Percentiles.interval(draws, n);
    double total = sum(byClass);
    List<ClassShare> shares = new ArrayList<>();
    IntStream.range(0, classes)
        .filter(c -> byClass[c] > 0)
        .mapToObj(c -> new ClassShare(c, byClass[c] / total))
        .sorted(Comparator.comparingDouble((ClassShare c) -> -c.share()))
        .forEach(shares::add);
    return new LabelEntropy(concept, bits, interval[0], interval[1], bits / log2(classes), shares);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double bits(double[] masses) {
    double total = sum(masses);
    double bits = 0;
    for (double m : masses) {
      bits -= m > 0 ? m / total * log2(m / total) : 0;
    }
    return Math.max(0, bits);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
