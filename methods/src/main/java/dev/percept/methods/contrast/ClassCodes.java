package dev.percept.methods.contrast;

import dev.percept.core.Importance;
import dev.percept.core.Tensor;

/**
 * One of two classes, seen through concepts that were found in both together.
 *
 * @param codes n x L x r of every location of every example of the class, or n x r where there are
 *     no locations
 * @param importance of the class's own logit on these examples, n x r for each of them; of any
 *     scale, of which {@link Importance#shares()} are taken
 */
public record ClassCodes(Tensor codes, Importance importance) {
  public ClassCodes {
    int rank = codes.shape().rank();
    if ((rank != 2 && rank != 3) || codes.shape().size() == 0) {
      throw new IllegalArgumentException(
          "codes: expected n x L x r or n x r, at least 1 of each, found " + codes.shape());
    }
    if (!codes.isFinite()) {
      throw new IllegalArgumentException("codes: finite values only, found NaN or infinity");
    }
    int r = codes.shape().dim(rank - 1);
    Tensor each = importance.perExample();
    if (importance.concepts().size() != r
        || each.rows() != codes.rows()
        || each.shape().dim(1) != r) {
      throw new IllegalArgumentException(
          "importance: expected that of "
              + codes.rows()
              + " examples and "
              + r
              + " concepts, as the codes have, found "
              + each.shape());
    }
    importance = importance.shares();
  }

  /** n, the number of examples. */
  public int examples() {
    return codes.rows();
  }

  /** r, the number of concepts. */
  public int concepts() {
    return codes.shape().dim(codes.shape().rank() - 1);
  }

  /** The mean code of each concept in each example, over its locations: n x r. */
  double[][] means() {
    int r = concepts();
    int locations = codes.shape().size() / examples() / r;
    double[][] means = new double[examples()][r];
    for (int i = 0; i < codes.shape().size(); i++) {
      means[i / (r * locations)][i % r] += codes.get(i) / (double) locations;
    }
    return means;
  }

  /** The importance of each concept for each example: n x r. */
  double[][] importances() {
    int r = concepts();
    double[][] each = new double[examples()][r];
    for (int i = 0; i < examples() * r; i++) {
      each[i / r][i % r] = importance.perExample().get(i);
    }
    return each;
  }
}
