package dev.percept.methods.attribution;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Coalitions of d segments with weights of the Shapley kernel {@code (d − 1) / (C(d, s) s (d − s))}
 * for s present ones. Sizes are taken completely, the heaviest (1 and d − 1) first, as long as the
 * number of samples allows; the rest is drawn in proportion to the kernel, each coalition with its
 * complement, and shares the weight of the sizes that are left.
 *
 * @param d the number of segments
 * @param coalitions neither empty nor full
 * @param weights one a coalition
 * @param complete whether these are all there are
 */
record ShapleyDesign(int d, List<BitSet> coalitions, List<Double> weights, boolean complete) {
  static ShapleyDesign of(int d, int samples, RandomGenerator random) {
    List<BitSet> coalitions = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    int size = 1;
    for (; size <= d / 2; size++) {
      boolean middle = 2 * size == d;
      double each = count(d, size);
      if (coalitions.size() + (middle ? each : 2 * each) > samples) {
        break;
      }
      double weight = mass(d, size) / each;
      for (BitSet subset : Subsets.of(d, size)) {
        add(subset, weight, coalitions, weights);
        if (!middle) {
          add(complement(subset, d), weight, coalitions, weights);
        }
      }
    }
    boolean complete = size > d / 2;
    int pairs = (samples - coalitions.size()) / 2;
    if (!complete && pairs > 0) {
      draw(d, size, pairs, random, coalitions, weights);
    }
    return new ShapleyDesign(d, List.copyOf(coalitions), List.copyOf(weights), complete);
  }

  /** Weight of all coalitions of a size together. */
  private static double mass(int d, int size) {
    return (d - 1.0) / ((double) size * (d - size));
  }

  /** C(d, size), infinite where it is beyond all budgets. */
  private static double count(int d, int size) {
    double count = 1;
    for (int i = 1; i <= size; i++) {
      count = count * (d - size + i) / i;
    }
    return Math.rint(count);
  }

  private static void draw(
      int d,
      int smallest,
      int pairs,
      RandomGenerator random,
      List<BitSet> coalitions,
      List<Double> weights) {
    double left = 0;
    for (int s = smallest; s <= d - smallest; s++) {
      left += mass(d, s);
    }
    int[] order = new int[d];
    for (int i = 0; i < d; i++) {
      order[i] = i;
    }
    for (int k = 0; k < pairs; k++) {
      int size = smallest;
      for (double at = random.nextDouble() * left - mass(d, size);
          at > 0 && size < d - smallest;
          at -= mass(d, size)) {
        size++;
      }
      BitSet subset = new BitSet(d);
      for (int i = 0; i < size; i++) {
        int other = i + random.nextInt(d - i);
        int segment = order[other];
        order[other] = order[i];
        order[i] = segment;
        subset.set(segment);
      }
      add(subset, left / (2 * pairs), coalitions, weights);
      add(complement(subset, d), left / (2 * pairs), coalitions, weights);
    }
  }

  private static void add(
      BitSet subset, double weight, List<BitSet> coalitions, List<Double> weights) {
    coalitions.add(subset);
    weights.add(weight);
  }

  private static BitSet complement(BitSet subset, int d) {
    BitSet other = (BitSet) subset.clone();
    other.flip(0, d);
    return other;
  }

  /** The empty coalition, the full one, then all others. */
  BitSet[] withEnds() {
    BitSet full = new BitSet(d);
    full.set(0, d);
    List<BitSet> all = new ArrayList<>(List.of(new BitSet(d), full));
    all.addAll(coalitions);
    return all.toArray(BitSet[]::new);
  }
}
