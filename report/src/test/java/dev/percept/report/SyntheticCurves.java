package dev.percept.report;

import dev.percept.bundle.Bundle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Deletion and insertion curves of a {@link SyntheticClass}, as its own answers give them. */
final class SyntheticCurves {
  /** What the model says of a picture without some concepts. */
  interface Answers {
    Bundle.Answer of(int picture, boolean[] gone);
  }

  private final List<Integer> order;
  private final int n;
  private final int r;
  private final Answers answers;
  private final Random random;

  SyntheticCurves(List<Integer> order, int n, Answers answers, Random random) {
    this.order = order;
    this.n = n;
    this.r = order.size();
    this.answers = answers;
    this.random = random;
  }

  Bundle.Curve curve(boolean insertion) {
    double[][] ours = along(order, insertion);
    double[][][] runs = new double[40][][];
    List<Integer> shuffled = new ArrayList<>(order);
    for (int b = 0; b < runs.length; b++) {
      Collections.shuffle(shuffled, random);
      runs[b] = along(shuffled, insertion);
    }
    return new Bundle.Curve(
        order,
        list(ours[0]),
        list(ours[1]),
        band(runs, 0),
        band(runs, 1),
        area(ours[0]),
        area(ours[1]));
  }

  private double[][] along(List<Integer> order, boolean insertion) {
    double[][] curve = new double[2][r + 1];
    boolean[] gone = new boolean[r];
    Arrays.fill(gone, insertion);
    for (int step = 0; step <= r; step++) {
      if (step > 0) {
        gone[order.get(step - 1)] = !insertion;
      }
      for (int i = 0; i < n; i++) {
        Bundle.Answer answer = answers.of(i, gone);
        curve[0][step] += answer.logit() / n;
        curve[1][step] += answer.probability() / n;
      }
    }
    return curve;
  }

  private Bundle.Random band(double[][][] runs, int which) {
    List<Double> mean = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int step = 0; step <= r; step++) {
      int at = step;
      double[] sorted = Arrays.stream(runs).mapToDouble(run -> run[which][at]).sorted().toArray();
      mean.add(Arrays.stream(sorted).average().orElseThrow());
      low.add(sorted[1]);
      high.add(sorted[sorted.length - 2]);
    }
    return new Bundle.Random(
        mean, low, high, area(mean.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private static double area(double[] curve) {
    double sum = 0;
    for (int i = 1; i < curve.length; i++) {
      sum += (curve[i] + curve[i - 1]) / 2;
    }
    return sum / (curve.length - 1);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
