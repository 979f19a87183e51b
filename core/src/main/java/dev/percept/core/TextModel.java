package dev.percept.core;

/**
 * A network of texts, cut where its head has stopped looking at single tokens: one location, {@code
 * n x 1 x p}.
 *
 * <p>An input is {@code 3 x T}, T = {@link #maxTokens()}: rows {@link #IDS}, {@link #MASK} (1 for a
 * token, 0 for padding behind the last one) and {@link #TYPES}. Identities are whole numbers in
 * float32, exact up to 16,777,216. Padding never changes a result: columns that are padding in all
 * texts of a piece do not go through the model where it takes any length, and where it fixes the
 * length the identity 0 and what the file says about padding stand there.
 */
public interface TextModel extends SplitModel {
  /** Row of the identities of tokens. */
  int IDS = 0;

  /** Row of the attention mask. */
  int MASK = 1;

  /** Row of the token types, also called segments. */
  int TYPES = 2;

  /** The number of rows of an input. */
  int ROWS = 3;

  /** T, the longest text that goes in, special tokens included. */
  default int maxTokens() {
    return inputShape().dim(1);
  }

  /**
   * What the cut would hold if the head read each token alone, in place of the one that it reads or
   * of the mean of all: {@code n x T x p}, zero at padding. Comparable with activations at the cut,
   * so it can be encoded by the same bank and projected on the same directions. For a mean over
   * tokens these are the terms whose mean it is (up to what lies between the mean and the cut).
   */
  Tensor tokens(Tensor inputs);
}
