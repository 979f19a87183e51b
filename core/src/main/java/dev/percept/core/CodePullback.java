package dev.percept.core;

/**
 * Codes of n activations and their vector-Jacobian product.
 *
 * @param codes n x r
 * @param gradients n x p
 * @param dependent rows whose derivative is approximate, because the concepts in use there all but
 *     depend on one another: how their codes share what they have in common is decided by rounding.
 *     0 where every derivative is exact
 */
public record CodePullback(Tensor codes, Tensor gradients, int dependent) {
  public CodePullback {
    if (codes.rows() != gradients.rows() || dependent < 0 || dependent > codes.rows()) {
      throw new IllegalArgumentException(
          "pullback of codes: expected a gradient a row and 0 to n dependent rows, found "
              + codes.shape()
              + ", "
              + gradients.shape()
              + " and "
              + dependent);
    }
  }
}
