package dev.percept.image;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which preprocessing a model was trained with, found from pictures whose class is known: the right
 * one is the one under which the model is right most often. Wrong preprocessing makes no error
 * message; the model merely answers worse, and its explanation explains something else.
 *
 * @param rows one per preset, best first
 * @param pictures how many pictures were asked
 * @param classes how many classes they are of
 * @param outputs how many classes the model tells apart; ranks are over all of them
 * @param decided whether the data single out one preset
 * @param verdict what follows, in a sentence or two
 */
public record PreprocessingCheck(
    List<Row> rows, int pictures, int classes, int outputs, boolean decided, String verdict) {

  /**
   * How the model does under one preset.
   *
   * @param normalization the preset
   * @param top1 share of pictures whose class has the largest logit, 0 to 1
   * @param top5 share of pictures whose class is among the five largest logits
   * @param low lower end of the 95 % interval of top1 (Wilson)
   * @param high upper end
   * @param behindBest top-1 of the best preset minus this one's, on the same pictures; all zero for
   *     the best. The intervals of all presets hold together in 95 % of data sets (Bonferroni)
   */
  public record Row(
      Normalization normalization,
      double top1,
      double top5,
      double low,
      double high,
      PairedDifference behindBest) {}

  /** The model under one normalisation. */
  @FunctionalInterface
  public interface Predictor {
    /**
     * Logits, n x outputs, of pictures {@code from} (inclusive) to {@code to} (exclusive) prepared
     * with {@code normalization}.
     */
    Tensor logits(Normalization normalization, int from, int to);
  }

  public PreprocessingCheck {
    rows = List.copyOf(rows);
  }

  /** The preset under which the model is right most often, decided or not. */
  public Normalization best() {
    return rows.get(0).normalization();
  }

  /**
   * Asks the model about every picture under every preset.
   *
   * @param presets at least one
   * @param truth the class of each picture, at least one
   * @param batch how many pictures to ask about at once
   * @throws IllegalArgumentException if there is no preset or picture, batch is below 1, or a class
   *     is not among the model's outputs
   */
  public static PreprocessingCheck run(
      List<Normalization> presets, List<Integer> truth, int batch, Predictor predictor, Run run) {
    if (presets.isEmpty() || truth.isEmpty() || batch < 1) {
      throw new IllegalArgumentException(
          "check: at least one preset, one picture and a batch of one, found "
              + presets.size()
              + ", "
              + truth.size()
              + ", "
              + batch);
    }
    List<int[]> ranks = new ArrayList<>();
    int[] outputs = new int[1];
    for (Normalization preset : presets) {
      int[] rank = new int[truth.size()];
      try (Progress.Stage stage = run.stage("check " + preset.name(), truth.size())) {
        for (int from = 0; from < rank.length; from += batch) {
          run.throwIfCancelled();
          int to = Math.min(rank.length, from + batch);
          Tensor logits = predictor.logits(preset, from, to);
          outputs[0] = logits.shape().dim(1);
          for (int i = from; i < to; i++) {
            rank[i] = rank(logits, i - from, truth.get(i));
          }
          stage.advance(to - from);
        }
      }
      ranks.add(rank);
    }
    return of(presets, ranks, truth, outputs[0]);
  }

  /**
   * The rank of class {@code truth} among all logits of a row, 1 being the largest. Equal logits
   * and values that are not numbers count against it: a model that answers everything alike has
   * recognised nothing.
   */
  static int rank(Tensor logits, int row, int truth) {
    int outputs = logits.shape().dim(1);
    if (truth < 0 || truth >= outputs) {
      throw new IllegalArgumentException(
          "class " + truth + " is not among the model's " + outputs + " outputs");
    }
    float own = logits.get(row, truth);
    int rank = 1;
    for (int c = 0; c < outputs; c++) {
      if (c != truth && !(logits.get(row, c) < own)) {
        rank++;
      }
    }
    return rank;
  }

  /** Judges ranks, one array per preset, one rank per picture. */
  static PreprocessingCheck of(
      List<Normalization> presets, List<int[]> ranks, List<Integer> truth, int outputs) {
    int n = truth.size();
    List<Integer> order = new ArrayList<>();
    for (int p = 0; p < presets.size(); p++) {
      order.add(p);
    }
    order.sort(
        Comparator.comparingInt((Integer p) -> -within(ranks.get(p), 1))
            .thenComparingInt(p -> -within(ranks.get(p), 5)));
    int[] best = ranks.get(order.get(0));
    double z = normalQuantile(0.025 / Math.max(1, presets.size() - 1));
    List<Row> rows = new ArrayList<>();
    for (int p : order) {
      double top1 = (double) within(ranks.get(p), 1) / n;
      double centre = (top1 + 1.96 * 1.96 / (2 * n)) / (1 + 1.96 * 1.96 / n);
      double half =
          1.96
              / (1 + 1.96 * 1.96 / n)
              * Math.sqrt(top1 * (1 - top1) / n + 1.96 * 1.96 / (4.0 * n * n));
      rows.add(
          new Row(
              presets.get(p),
              top1,
              (double) within(ranks.get(p), 5) / n,
              // At 0 and 1 an end is the share itself, but for the last digit.
              Math.max(0, Math.min(top1, centre - half)),
              Math.min(1, Math.max(top1, centre + half)),
              ranks.get(p) == best
                  ? new PairedDifference(0, 0, n, 0, 0, 0)
                  : PairedDifference.of(
                      onlyFirst(best, ranks.get(p)), onlyFirst(ranks.get(p), best), n, z)));
    }
    CheckVerdict verdict = CheckVerdict.of(rows, truth, outputs, z);
    int classes = (int) truth.stream().distinct().count();
    return new PreprocessingCheck(rows, n, classes, outputs, verdict.decided(), verdict.sentence());
  }

  private static int within(int[] ranks, int top) {
    return (int) Arrays.stream(ranks).filter(r -> r <= top).count();
  }

  private static int onlyFirst(int[] first, int[] second) {
    int count = 0;
    for (int i = 0; i < first.length; i++) {
      count += first[i] == 1 && second[i] != 1 ? 1 : 0;
    }
    return count;
  }

  /** z with upper tail p; Abramowitz and Stegun 26.2.23, off by at most 4.5e-4. */
  static double normalQuantile(double p) {
    double t = Math.sqrt(-2 * Math.log(p));
    return t
        - (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  }
}
