package dev.percept.methods.metric;

import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the crops of a concept look alike to the model: mean cosine of the activations of two
 * crops, weighted by both codes.
 *
 * @param concept of crops drawn by their codes
 * @param random of crops drawn evenly: the exact mean over all pairs
 */
public record Consistency(double concept, double random) {

  /** By how much the concept's crops are more alike than any crops. */
  public double excess() {
    return concept - random;
  }

  /**
   * How much of the way from random crops to crops that are all the same the concept's crops go: 0
   * at random, 1 at most. Comparable between layers, whose crops are more or less alike to begin
   * with; {@link #excess} is not.
   */
  public double agreement() {
    return random < 1 ? excess() / (1 - random) : 0;
  }

  /**
   * Consistency of every concept. A concept that is active in fewer than two crops has no pairs: it
   * is given the value of random crops, and so an excess of 0.
   *
   * @param activations n x p, at least 2 rows
   * @param codes n x r, at least 0
   */
  public static List<Consistency> of(Tensor activations, Tensor codes) {
    return of(activations, codes, random(activations));
  }

  /**
   * How alike any rows are: the mean cosine over all pairs.
   *
   * @param activations n x p, at least 2 rows
   */
  public static double random(Tensor activations) {
    if (activations.rows() < 2) {
      throw new IllegalArgumentException(
          "activations: at least 2 rows, found " + activations.rows());
    }
    double[] even = new double[activations.rows()];
    Arrays.fill(even, 1);
    return meanCosine(Cosine.unit(activations), even, 0);
  }

  /**
   * As {@link #of(Tensor, Tensor)}, beside crops that are not among the rows.
   *
   * @param random how alike random crops are, from {@link #random}
   */
  public static List<Consistency> of(Tensor activations, Tensor codes, double random) {
    int n = activations.rows();
    if (n < 2 || codes.rows() != n) {
      throw new IllegalArgumentException(
          "activations and codes: the same number of rows, at least 2, found "
              + n
              + " and "
              + codes.rows());
    }
    double[][] unit = Cosine.unit(activations);
    List<Consistency> all = new ArrayList<>();
    double[] weights = new double[n];
    for (int k = 0; k < codes.shape().dim(1); k++) {
      for (int i = 0; i < n; i++) {
        weights[i] = Math.max(0, codes.get(i, k));
      }
      all.add(new Consistency(meanCosine(unit, weights, random), random));
    }
    return all;
  }

  /** Σ_{i≠j} w_i w_j cos_ij / Σ_{i≠j} w_i w_j, by way of the weighted sum of the unit rows. */
  private static double meanCosine(double[][] unit, double[] weights, double otherwise) {
    double[] sum = new double[unit[0].length];
    double total = 0;
    double squares = 0;
    double own = 0;
    for (int i = 0; i < unit.length; i++) {
      double w = weights[i];
      double length = 0;
      for (int j = 0; j < sum.length; j++) {
        sum[j] += w * unit[i][j];
        length += unit[i][j] * unit[i][j];
      }
      total += w;
      squares += w * w;
      own += w * w * length;
    }
    double cosines = -own;
    for (double s : sum) {
      cosines += s * s;
    }
    double pairs = total * total - squares;
    return pairs > 1e-9 * squares ? cosines / pairs : otherwise;
  }
}
