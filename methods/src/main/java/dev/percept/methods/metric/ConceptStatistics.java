package dev.percept.methods.metric;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/** How often a concept is there, and how far the model relies on it rightly. */
public final class ConceptStatistics {
  /** A code counts as active above this share of the concept's largest code. */
  public static final double ACTIVE = 0.05;

  private ConceptStatistics() {}

  /**
   * The strongest code of each concept in each example.
   *
   * @param codes n x L x r
   * @return n x r
   */
  public static Tensor strongest(Tensor codes) {
    int n = codes.rows();
    int locations = codes.shape().dim(1);
    int r = codes.shape().dim(2);
    float[] strongest = new float[n * r];
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < locations; l++) {
        for (int k = 0; k < r; k++) {
          float code = codes.get((i * locations + l) * r + k);
          strongest[i * r + k] = l == 0 ? code : Math.max(strongest[i * r + k], code);
        }
      }
    }
    return Tensor.wrap(Shape.of(n, r), strongest);
  }

  /**
   * Prevalence: in how many examples the strongest code exceeds {@value #ACTIVE} of the concept's
   * largest.
   *
   * @param strongest n x r, see {@link #strongest}
   */
  public static List<Share> prevalence(Tensor strongest) {
    int n = strongest.rows();
    List<Share> shares = new ArrayList<>();
    for (int k = 0; k < strongest.shape().dim(1); k++) {
      double largest = 0;
      for (int i = 0; i < n; i++) {
        largest = Math.max(largest, strongest.get(i, k));
      }
      int active = 0;
      for (int i = 0; i < n; i++) {
        active += strongest.get(i, k) > ACTIVE * largest ? 1 : 0;
      }
      shares.add(new Share(active, n));
    }
    return shares;
  }

  /**
   * Reliability: of the examples where the concept contributes most (and more than nothing), how
   * many the model predicts as the class.
   *
   * @param contributions n x r
   * @param predicted n values: whether the model predicts the class
   */
  public static List<Share> reliability(Tensor contributions, boolean[] predicted) {
    int n = contributions.rows();
    int r = contributions.shape().dim(1);
    if (predicted.length != n) {
      throw new IllegalArgumentException(
          "predicted: one an example, " + n + ", found " + predicted.length);
    }
    int[] leads = new int[r];
    int[] right = new int[r];
    for (int i = 0; i < n; i++) {
      int most = 0;
      for (int k = 1; k < r; k++) {
        most = contributions.get(i, k) > contributions.get(i, most) ? k : most;
      }
      if (contributions.get(i, most) > 0) {
        leads[most]++;
        right[most] += predicted[i] ? 1 : 0;
      }
    }
    List<Share> shares = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      shares.add(new Share(right[k], leads[k]));
    }
    return shares;
  }
}
