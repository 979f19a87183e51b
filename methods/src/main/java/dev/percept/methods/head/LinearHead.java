package dev.percept.methods.head;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A linear classifier on features of a frozen network: multinomial logistic regression with an L2
 * penalty that cross-validation chooses, standardised inside. How well it does is said by rows that
 * had no part in anything: each fold is predicted by a fit to the others whose penalty was chosen
 * by cross-validation within them (nested), so the choice flatters nothing.
 *
 * @param folds how many, at least 3
 * @param penalties λ to choose from, ascending, above 0
 */
public record LinearHead(int folds, List<Double> penalties) {
  /** 5 folds, six penalties from 1e-4 to 10. */
  public static final LinearHead DEFAULT =
      new LinearHead(5, List.of(1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0));

  public LinearHead {
    penalties = List.copyOf(penalties);
    if (folds < 3) {
      throw new IllegalArgumentException("folds: at least 3, found " + folds);
    }
    if (penalties.isEmpty()
        || !penalties.stream().allMatch(v -> v > 0 && Double.isFinite(v))
        || !penalties.equals(penalties.stream().sorted().distinct().toList())) {
      throw new IllegalArgumentException("penalties: ascending, above 0, found " + penalties);
    }
  }

  /**
   * What was trained.
   *
   * @param weights classes x p
   * @param bias one a class; they sum to what standardised features have in common
   * @param penalty λ of the fit to all rows
   * @param losses mean {@code −log p(y|x)} of rows left out, by penalty
   * @param predicted the class of each row by a fit that has not seen it
   */
  public record Trained(
      Tensor weights, Tensor bias, double penalty, List<Double> losses, List<Integer> predicted) {
    public Trained {
      losses = List.copyOf(losses);
      predicted = List.copyOf(predicted);
    }
  }

  /**
   * Trains on rows of features.
   *
   * @param features n x p
   * @param labels n classes from 0 on, each of at least as many groups as there are folds
   * @param groups n names; rows of one group are never apart
   * @throws IllegalArgumentException if numbers differ, there is one class only, a class has too
   *     few groups, or a feature is not finite
   */
  public Trained train(Tensor features, List<Integer> labels, List<String> groups, Run run) {
    int classes = check(features, labels, groups);
    int[] y = labels.stream().mapToInt(Integer::intValue).toArray();
    Folds parts = Folds.draw(y, groups, classes, folds, run);
    List<int[]> pairs = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      for (int g = f; g < folds; g++) {
        pairs.add(new int[] {f, g});
      }
    }
    // Of a fold f (itself the pair f, f) the log-probabilities of its rows, by penalty.
    double[][][] loss = new double[folds][folds][penalties.size()];
    int[][] answers = new int[penalties.size()][y.length];
    try (Progress.Stage stage = run.stage("linear head", (long) pairs.size() + 1)) {
      run.parallel(
          pairs.size(),
          i -> {
            int f = pairs.get(i)[0];
            int g = pairs.get(i)[1];
            path(features, y, classes, parts, f, g, loss, answers, run);
            stage.advance(1);
          });
      int[] predicted = new int[y.length];
      for (int f = 0; f < folds; f++) {
        int chosen = inner(loss, f);
        for (int row : parts.in(f)) {
          predicted[row] = answers[chosen][row];
        }
      }
      List<Double> losses =
          IntStream.range(0, penalties.size())
              .mapToObj(l -> IntStream.range(0, folds).mapToDouble(f -> loss[f][f][l]).sum())
              .map(sum -> sum / y.length)
              .toList();
      int best = least(losses);
      List<Integer> all = IntStream.range(0, y.length).boxed().toList();
      int strongest = penalties.size() - 1;
      LogisticRegression.Fit fit =
          new LogisticRegression(penalties.get(strongest))
              .fit(features, y, classes, all, new double[0], run);
      for (int l = strongest - 1; l >= best; l--) {
        fit =
            new LogisticRegression(penalties.get(l))
                .fit(features, y, classes, all, fit.standardised(), run);
      }
      stage.advance(1);
      return trained(fit, classes, features.shape().dim(1), penalties.get(best), losses, predicted);
    }
  }

  /** Fits without two folds from the largest penalty to the smallest, each from the one before. */
  private void path(
      Tensor features,
      int[] y,
      int classes,
      Folds parts,
      int f,
      int g,
      double[][][] loss,
      int[][] answers,
      Run run) {
    double[] start = new double[0];
    List<Integer> rows = parts.without(f, g);
    for (int l = penalties.size() - 1; l >= 0; l--) {
      LogisticRegression.Fit fit =
          new LogisticRegression(penalties.get(l)).fit(features, y, classes, rows, start, run);
      start = fit.standardised();
      for (int row : parts.in(f)) {
        double[] logits = fit.logits(features, row);
        loss[g][f][l] += surprise(logits, y[row]);
        if (f == g) {
          answers[l][row] = argmax(logits);
        }
      }
      for (int row : f == g ? List.<Integer>of() : parts.in(g)) {
        loss[f][g][l] += surprise(fit.logits(features, row), y[row]);
      }
    }
  }

  /** The penalty that does best within all folds but {@code f}. */
  private int inner(double[][][] loss, int f) {
    return least(
        IntStream.range(0, penalties.size())
            .mapToObj(
                l ->
                    IntStream.range(0, folds)
                        .filter(g -> g != f)
                        .mapToDouble(g -> loss[f][g][l])
                        .sum())
            .toList());
  }

  /** Of equal losses that of the larger penalty. */
  private static int least(List<Double> losses) {
    return IntStream.range(0, losses.size())
        .boxed()
        .min(Comparator.<Integer>comparingDouble(losses::get).thenComparing(l -> -l))
        .orElseThrow();
  }

  private static Trained trained(
      LogisticRegression.Fit fit,
      int classes,
      int p,
      double penalty,
      List<Double> losses,
      int[] predicted) {
    float[] weights = new float[classes * p];
    float[] bias = new float[classes];
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < p; j++) {
        weights[c * p + j] = (float) fit.weight(c, j);
      }
      bias[c] = (float) fit.bias(c);
    }
    return new Trained(
        Tensor.wrap(Shape.of(classes, p), weights),
        Tensor.wrap(Shape.of(classes), bias),
        penalty,
        losses,
        IntStream.of(predicted).boxed().toList());
  }

  private static double surprise(double[] logits, int label) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : logits) {
      max = Math.max(max, v);
    }
    double sum = 0;
    for (double v : logits) {
      sum += Math.exp(v - max);
    }
    return Math.log(sum) + max - logits[label];
  }

  private static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private int check(Tensor features, List<Integer> labels, List<String> groups) {
    int n = features.rows();
    if (features.shape().rank() != 2 || labels.size() != n || groups.size() != n) {
      throw new IllegalArgumentException(
          "features, labels and groups: n x p and n of each, found "
              + features.shape()
              + ", "
              + labels.size()
              + " and "
              + groups.size());
    }
    if (!features.isFinite()) {
      throw new IllegalArgumentException("features: finite, found one that is not");
    }
    int classes = labels.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    if (classes < 2) {
      throw new IllegalArgumentException("classes: at least 2, found " + classes);
    }
    for (int c = 0; c < classes; c++) {
      HashSet<String> own = new HashSet<>();
      for (int i = 0; i < n; i++) {
        if (labels.get(i) == c) {
          own.add(groups.get(i));
        }
      }
      if (own.size() < folds) {
        throw new IllegalArgumentException(
            "class "
                + c
                + ": at least as many different examples as folds, "
                + folds
                + ", found "
                + own.size());
      }
    }
    return classes;
  }
}
