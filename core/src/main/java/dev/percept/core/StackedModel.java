package dev.percept.core;

/**
 * One network cut at several places, one behind the other, so that a concept of a late cut can be
 * taken apart at an earlier one. Cut 0 is the last; every other lies before the one of the number
 * below it. Safe for use from several threads; a batch of n gives what n single inputs give.
 */
public interface StackedModel extends AutoCloseable {
  /** How many cuts there are, at least 1. */
  int cuts();

  /**
   * The network cut at {@code cut}; of no use once this is closed.
   *
   * @throws IllegalArgumentException if there is no such cut
   */
  SplitModel at(int cut);

  /**
   * What the network does between a cut and the next one behind it.
   *
   * @param from 1 to {@link #cuts()} − 1
   * @param activations at cut {@code from}, n x L x p
   * @return activations at cut {@code from − 1}
   */
  Activations onward(int from, Tensor activations);

  @Override
  void close();
}
