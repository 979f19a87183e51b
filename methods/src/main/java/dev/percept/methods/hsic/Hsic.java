package dev.percept.methods.hsic;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * HSIC sensitivity indices (Novello, Fel and Vigouroux, NeurIPS 2022): how far outputs depend on
 * each coordinate of a design, on cells of a picture's mask and on a concept's mask alike. Works
 * with any design whose coordinates are independent, one that already exists included; n outputs
 * are enough for any number of coordinates.
 *
 * <p>The biased estimate is {@code tr(K H L H) / n²} with {@code H = I − 11ᵀ/n}. The published
 * programs divide by n instead, so theirs grows with n: theirs is this times n. They also take the
 * median of the outputs themselves for the bandwidth of the output kernel, which changes when a
 * constant is added to a logit (the two that are compared in the tests even take different medians
 * of an even number of outputs); {@link Kernel#rbf()} takes the median distance. The unbiased
 * estimate is that of Song et al. (JMLR 2012), which may be below 0.
 *
 * <p>Takes time O(n² d), and memory for {@value #ENTRIES} kernel values, whatever n is.
 *
 * <p>An index says that an output depends on a coordinate, not in which direction or by how much of
 * its variance: for those see total Sobol indices.
 *
 * @param input kernel of each coordinate
 * @param output kernel of the outputs
 * @param unbiased whether the unbiased estimate is wanted
 */
public record Hsic(Kernel input, Kernel output, boolean unbiased) {
  /** Entries of the outputs' kernel matrix that are held at once. */
  private static final int ENTRIES = 1 << 20;

  private static final int FEWEST = 4;

  /**
   * For masks of 0 and 1, as Novello et al. recommend: binary, and RBF with the median distance.
   */
  public static Hsic ofBinaryMasks() {
    return new Hsic(Kernel.binary(), Kernel.rbf(), false);
  }

  /** For masks from 0 to 1: Sobolev, and RBF with the median distance. */
  public static Hsic ofRealMasks() {
    return new Hsic(Kernel.sobolev(), Kernel.rbf(), false);
  }

  /** The same, unbiased. */
  public Hsic withoutBias() {
    return new Hsic(input, output, true);
  }

  /**
   * Measures all coordinates, on the threads of {@code run}; nothing is random.
   *
   * @param design n x d
   * @param outputs n
   * @return d indices
   * @throws IllegalArgumentException if there are fewer than 4 outputs or not one a row, or a value
   *     is not finite or not one that its kernel is for
   */
  public List<HsicIndex> measure(Tensor design, float[] outputs, Run run) {
    if (design.shape().rank() != 2 || design.rows() != outputs.length) {
      throw new IllegalArgumentException(
          "hsic: expected a design n x d and n outputs, found "
              + design.shape()
              + " and "
              + outputs.length
              + " outputs");
    }
    int n = outputs.length;
    if (n < FEWEST) {
      throw new IllegalArgumentException("hsic outputs: at least " + FEWEST + ", found " + n);
    }
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = outputs[i];
    }
    int d = design.shape().dim(1);
    Side[] x = new Side[d];
    run.parallel(d, k -> x[k] = Side.of(input, column(design, k), unbiased));
    Side of = Side.of(output, y, unbiased);
    double[] products = new double[d];
    double[] squares = new double[d];
    double ownSquares = 0;
    int rows = Math.max(1, ENTRIES / n);
    for (int from = 0; from < n; from += rows) {
      int first = from;
      double[][] block = of.block(first, Math.min(n, first + rows));
      ownSquares += Side.squares(block, first);
      run.parallel(d, k -> x[k].add(block, first, k, products, squares));
    }
    Independence.Moments own = of.moments(ownSquares);
    return IntStream.range(0, d)
        .mapToObj(k -> index(products[k], x[k].moments(squares[k]), own, n))
        .toList();
  }

  private HsicIndex index(double product, Independence.Moments x, Independence.Moments y, int n) {
    double scale = Math.sqrt(x.squares()) * Math.sqrt(y.squares());
    // Kernel values are of order 1, so what is left of a constant's n² of them is rounding.
    double rounding = 1e-10 * n;
    if (!(Math.sqrt(x.squares()) > rounding && Math.sqrt(y.squares()) > rounding)) {
      return new HsicIndex(0, 0, 0, 0);
    }
    double pairs = unbiased ? (double) n * (n - 3) : (double) n * n;
    Independence chance = Independence.of(x, y, n);
    return new HsicIndex(
        product / pairs,
        product / scale,
        chance.mean() / scale,
        (chance.mean() + reach(chance) * chance.deviation()) / scale);
  }

  /** An unbiased estimate has mean 0, to which no gamma distribution fits: the normal one then. */
  private double reach(Independence chance) {
    return unbiased ? 1.645 : chance.reach();
  }

  private static double[] column(Tensor design, int k) {
    double[] column = new double[design.rows()];
    for (int i = 0; i < column.length; i++) {
      column[i] = design.get(i, k);
    }
    return column;
  }
}
