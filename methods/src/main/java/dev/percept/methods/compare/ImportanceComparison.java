package dev.percept.methods.compare;

import dev.percept.core.Importance;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.ConceptOrder;
import dev.percept.methods.metric.MaskedLogits;
import dev.percept.methods.metric.attribution.BootstrapMean;
import dev.percept.methods.metric.attribution.Correlation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Several importances of the same concepts on the same pictures, marked by concept deletion,
 * insertion and µFidelity. Every picture's concepts go in the order of that picture's own
 * importance; a method whose values have no sign is given the mean sign of each concept, since
 * otherwise taking away what speaks against the class would count as a failure.
 *
 * <p>Deletion and insertion ask for the order alone; µFidelity asks for the values, so shares of
 * variance, which are squares, are not expected to reach 1 even where they are exact.
 *
 * @param marks one entry an importance
 * @param behind by how much the deletion of each is above that of the best one, a paired difference
 *     over pictures: where its interval holds 0 the two cannot be told apart
 * @param random random orders; for µFidelity random values. The gains of a second set of random
 *     orders show what differences mean nothing
 * @param agreement Spearman's rank correlation of the totals, importances x importances
 */
public record ImportanceComparison(
    List<Marks> marks, List<BootstrapMean> behind, Marks random, List<List<Double>> agreement) {
  public ImportanceComparison {
    marks = List.copyOf(marks);
    behind = List.copyOf(behind);
    agreement = agreement.stream().map(List::copyOf).toList();
  }

  /**
   * How much is asked.
   *
   * @param randomOrders random orders a picture, at least 1
   * @param subsets random subsets of concepts a picture, at least 2
   * @param share of the concepts that a subset takes away, more than 0 and less than 1
   */
  public record Options(int randomOrders, int subsets, double share) {
    /** 20 orders, 128 subsets of a quarter of the concepts. */
    public static final Options DEFAULT = new Options(20, 128, 0.25);

    public Options {
      if (randomOrders < 1) {
        throw new IllegalArgumentException("random orders: at least 1, found " + randomOrders);
      }
      if (subsets < 2) {
        throw new IllegalArgumentException("subsets: at least 2, found " + subsets);
      }
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("share: more than 0 and less than 1, found " + share);
      }
    }
  }

  /**
   * Marks importances.
   *
   * @param importances of the same r concepts on the same n pictures
   * @param examples the n pictures
   * @param target index of the logit
   * @throws IllegalArgumentException if there is nothing to compare or sizes differ
   */
  public static ImportanceComparison measure(
      List<Importance> importances,
      List<? extends MaskedLogits> examples,
      int target,
      Options options,
      Run run) {
    check(importances, examples);
    int n = examples.size();
    PictureMarks[] each = new PictureMarks[n];
    List<List<int[]>> orders = importances.stream().map(ConceptOrder::byImportance).toList();
    try (Progress.Stage stage = run.stage("comparison", n)) {
      run.parallel(
          n,
          e -> {
            each[e] = picture(importances, orders, examples.get(e), e, target, options, run);
            stage.advance(1);
          });
    }
    List<Marks> marks = new ArrayList<>();
    for (int i = 0; i <= importances.size(); i++) {
      marks.add(PictureMarks.mean(each, i, run));
    }
    return new ImportanceComparison(
        marks.subList(0, importances.size()),
        behind(each, marks.subList(0, importances.size()), run),
        marks.get(importances.size()),
        agreement(importances));
  }

  private static List<BootstrapMean> behind(PictureMarks[] each, List<Marks> marks, Run run) {
    int best = 0;
    for (int i = 1; i < marks.size(); i++) {
      best = marks.get(i).deletion().mean() < marks.get(best).deletion().mean() ? i : best;
    }
    List<BootstrapMean> behind = new ArrayList<>();
    for (int i = 0; i < marks.size(); i++) {
      behind.add(PictureMarks.behind(each, i, best, run));
    }
    return behind;
  }

  private static void check(List<Importance> importances, List<? extends MaskedLogits> examples) {
    if (importances.isEmpty() || examples.isEmpty()) {
      throw new IllegalArgumentException(
          "comparison: at least 1 importance and 1 picture, found "
              + importances.size()
              + " and "
              + examples.size());
    }
    int r = examples.get(0).concepts();
    for (Importance importance : importances) {
      if (importance.perExample().rows() != examples.size() || importance.concepts().size() != r) {
        throw new IllegalArgumentException(
            "importance "
                + importance.estimator()
                + ": expected "
                + examples.size()
                + " x "
                + r
                + ", found "
                + importance.perExample().shape());
      }
    }
    if (r < 2) {
      throw new IllegalArgumentException("concepts: at least 2 to have an order, found " + r);
    }
  }

  private static PictureMarks picture(
      List<Importance> importances,
      List<List<int[]>> orders,
      MaskedLogits example,
      int e,
      int target,
      Options options,
      Run run) {
    int r = example.concepts();
    RandomGenerator random = run.random("compare.orders." + e);
    List<int[]> all = new ArrayList<>();
    for (List<int[]> of : orders) {
      all.add(of.get(e));
    }
    // The first random order takes the part of a method, the others are what methods are set
    // beside.
    for (int d = 0; d <= options.randomOrders; d++) {
      all.add(ConceptOrder.random(r, random));
    }
    OrderCurves curves = OrderCurves.of(example, all, target);
    List<double[]> values = new ArrayList<>();
    for (Importance importance : importances) {
      values.add(signed(importance, e));
    }
    RandomGenerator dice = run.random("compare.values." + e);
    values.add(dice.doubles(r).toArray());
    List<Double> fidelity =
        SubsetDrops.of(example, target, options, run.random("compare.subsets." + e))
            .fidelity(values);
    return PictureMarks.of(curves, importances.size() + 1, fidelity);
  }

  /** What each concept is worth in one picture, with a sign. */
  private static double[] signed(Importance importance, int e) {
    int r = importance.concepts().size();
    double[] values = new double[r];
    for (int k = 0; k < r; k++) {
      double sign = importance.scale().signed() ? 1 : importance.concepts().get(k).sign();
      values[k] = sign * importance.perExample().get(e, k);
    }
    return values;
  }

  private static List<List<Double>> agreement(List<Importance> importances) {
    List<float[]> totals = new ArrayList<>();
    for (Importance importance : importances) {
      float[] of = new float[importance.concepts().size()];
      for (int k = 0; k < of.length; k++) {
        of[k] = (float) importance.concepts().get(k).total();
      }
      totals.add(of);
    }
    return totals.stream()
        .map(a -> totals.stream().map(b -> Correlation.spearman(a, b)).toList())
        .toList();
  }

  /** One logit of every mask. */
  static double[] column(Tensor logits, int target) {
    double[] column = new double[logits.rows()];
    for (int i = 0; i < column.length; i++) {
      column[i] = logits.get(i, target);
    }
    return column;
  }
}
