package dev.percept.methods.compare;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.craft.Logits;
import dev.percept.methods.metric.ConceptOrder;
import dev.percept.methods.metric.MaskedLogits;
import dev.percept.methods.metric.attribution.BootstrapMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What is left of a logit and of accuracy as concepts go, those that matter most first, by several
 * opinions of what matters. Every picture has concepts of its own that can go, and loses them in
 * equal shares; codes are set to 0 at all places, so without any concept the dictionary's offset is
 * left. Logits are kept beside accuracy because accuracy falls in one step.
 *
 * @param shares of a picture's concepts that are gone, from 0 to 1
 * @param rows one a method, the last of random orders
 * @param removed mean number of concepts a picture that can go
 */
public record ConceptDeletion(List<Double> shares, List<Row> rows, double removed) {
  /** The name of the row of random orders. */
  public static final String RANDOM = "random";

  public ConceptDeletion {
    shares = List.copyOf(shares);
    rows = List.copyOf(rows);
  }

  /**
   * One picture.
   *
   * @param logits under concept masks
   * @param orders for each method the concepts in the order in which they go, all the same
   *     concepts; those that are not among them stay
   * @param target the logit that the methods have explained
   * @param label the class of the picture, for accuracy
   */
  public record Picture(MaskedLogits logits, List<List<Integer>> orders, int target, int label) {
    public Picture {
      orders = orders.stream().map(List::copyOf).toList();
    }
  }

  /**
   * One method. Intervals are 95 %, by bootstrap over pictures, with the same resamples for all.
   *
   * @param method its name
   * @param logit of the explained class at each share
   * @param accuracy at each share
   * @param logitArea mean height of the curve; less is better
   * @param accuracyArea the same of accuracy
   * @param logitBehind by how much {@code logitArea} is above that of the first method, picture by
   *     picture: where the interval holds 0 the two cannot be told apart
   * @param accuracyBehind the same of accuracy
   */
  public record Row(
      String method,
      List<BootstrapMean> logit,
      List<BootstrapMean> accuracy,
      BootstrapMean logitArea,
      BootstrapMean accuracyArea,
      BootstrapMean logitBehind,
      BootstrapMean accuracyBehind) {
    public Row {
      logit = List.copyOf(logit);
      accuracy = List.copyOf(accuracy);
    }
  }

  /**
   * Curves of one picture.
   *
   * @param logit methods and random x shares
   * @param right the same, 1 where the label is the largest logit
   */
  @SuppressWarnings("ArrayRecordComponent") // Made for one measurement, never compared.
  private record Curves(double[][] logit, double[][] right) {}

  /**
   * Takes concepts away.
   *
   * @param methods names, one for each of the orders of a picture
   * @param steps equal ones from 0 to 1, at least 1
   * @param randomOrders a picture, at least 1
   * @throws IllegalArgumentException if there are no pictures, or orders are not those of the
   *     methods, of the same concepts
   */
  public static ConceptDeletion measure(
      List<String> methods, List<Picture> pictures, int steps, int randomOrders, Run run) {
    if (methods.isEmpty() || pictures.isEmpty() || steps < 1 || randomOrders < 1) {
      throw new IllegalArgumentException(
          "deletion: at least 1 method, picture, step and random order, found "
              + methods.size()
              + ", "
              + pictures.size()
              + ", "
              + steps
              + " and "
              + randomOrders);
    }
    pictures.forEach(p -> check(p, methods.size()));
    Curves[] curves = new Curves[pictures.size()];
    try (Progress.Stage stage = run.stage("deletion", curves.length)) {
      run.parallel(
          curves.length,
          i -> {
            curves[i] = curves(pictures.get(i), i, steps, randomOrders, run);
            stage.advance(1);
          });
    }
    List<Row> rows = new ArrayList<>();
    for (int m = 0; m <= methods.size(); m++) {
      rows.add(row(m < methods.size() ? methods.get(m) : RANDOM, curves, m, steps, run));
    }
    return new ConceptDeletion(
        IntStream.rangeClosed(0, steps).mapToObj(s -> (double) s / steps).toList(),
        rows,
        pictures.stream().mapToInt(p -> p.orders().get(0).size()).average().orElse(0));
  }

  private static void check(Picture picture, int methods) {
    if (picture.orders().size() != methods) {
      throw new IllegalArgumentException(
          "orders: one a method, " + methods + ", found " + picture.orders().size());
    }
    List<Integer> sorted = picture.orders().get(0).stream().sorted().toList();
    for (List<Integer> order : picture.orders()) {
      if (!order.stream().sorted().toList().equals(sorted)
          || order.stream().distinct().count() != order.size()
          || order.stream().anyMatch(k -> k < 0 || k >= picture.logits().concepts())) {
        throw new IllegalArgumentException(
            "orders: the same concepts once each, from 0 to "
                + (picture.logits().concepts() - 1)
                + ", found "
                + order);
      }
    }
  }

  private static Curves curves(Picture picture, int index, int steps, int randomOrders, Run run) {
    List<List<Integer>> orders = new ArrayList<>(picture.orders());
    int methods = orders.size();
    List<Integer> first = orders.get(0);
    RandomGenerator dice = run.random("deletion.orders." + index);
    for (int d = 0; d < randomOrders; d++) {
      orders.add(
          IntStream.of(ConceptOrder.random(first.size(), dice)).mapToObj(first::get).toList());
    }
    Tensor logits = picture.logits().logits(masks(orders, picture.logits().concepts(), steps));
    double[][] logit = new double[methods + 1][steps + 1];
    double[][] right = new double[methods + 1][steps + 1];
    for (int row = 0; row < logits.rows(); row++) {
      int order = row / (steps + 1);
      int m = Math.min(order, methods);
      double weight = order < methods ? 1 : 1.0 / randomOrders;
      logit[m][row % (steps + 1)] += weight * logits.get(row, picture.target());
      right[m][row % (steps + 1)] += Logits.argmax(logits, row) == picture.label() ? weight : 0;
    }
    return new Curves(logit, right);
  }

  private static Tensor masks(List<List<Integer>> orders, int r, int steps) {
    float[] masks = new float[orders.size() * (steps + 1) * r];
    Arrays.fill(masks, 1);
    int at = 0;
    for (List<Integer> order : orders) {
      for (int step = 0; step <= steps; step++, at += r) {
        long gone = Math.round((double) order.size() * step / steps);
        for (int i = 0; i < gone; i++) {
          masks[at + order.get(i)] = 0;
        }
      }
    }
    return Tensor.wrap(Shape.of(at / r, r), masks);
  }

  private static Row row(String method, Curves[] curves, int m, int steps, Run run) {
    List<BootstrapMean> logit = new ArrayList<>();
    List<BootstrapMean> accuracy = new ArrayList<>();
    for (int step = 0; step <= steps; step++) {
      int at = step;
      logit.add(mean(curves, c -> c.logit[m][at], run));
      accuracy.add(mean(curves, c -> c.right[m][at], run));
    }
    return new Row(
        method,
        logit,
        accuracy,
        mean(curves, c -> OrderCurves.area(c.logit[m]), run),
        mean(curves, c -> OrderCurves.area(c.right[m]), run),
        mean(curves, c -> OrderCurves.area(c.logit[m]) - OrderCurves.area(c.logit[0]), run),
        mean(curves, c -> OrderCurves.area(c.right[m]) - OrderCurves.area(c.right[0]), run));
  }

  private static BootstrapMean mean(Curves[] curves, ToDoubleFunction<Curves> value, Run run) {
    List<Double> values = new ArrayList<>();
    for (Curves c : curves) {
      values.add(value.applyAsDouble(c));
    }
    return BootstrapMean.of(values, run.random("compare.bootstrap"));
  }
}
