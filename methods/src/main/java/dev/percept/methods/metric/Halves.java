package dev.percept.methods.metric;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is found in two halves of the data that share no group; nothing where they are too small.
 */
record Halves(List<Tensor> atoms) {

  Halves {
    atoms = List.copyOf(atoms);
  }

  /** The rows of each half; empty where they are too small to be factorised. */
  static List<Tensor> data(Tensor activations, int[] groups, int concepts, Run run) {
    int n = activations.rows();
    if (groups.length != n) {
      throw new IllegalArgumentException(
          "groups: one a row of activations, " + n + ", found " + groups.length);
    }
    GroupSplit split = GroupSplit.of(groups, 0.5, run.random("stability.halves"));
    List<Tensor> halves = new ArrayList<>();
    for (List<Integer> rows : List.of(split.first(), split.second())) {
      Tensor half = GroupSplit.rows(activations, rows);
      if (isTooSmall(half, concepts)) {
        return List.of();
      }
      halves.add(half);
    }
    return halves;
  }

  private static boolean isTooSmall(Tensor half, int concepts) {
    boolean zero = true;
    for (int i = 0; i < half.shape().size() && zero; i++) {
      zero = half.get(i) == 0;
    }
    return half.rows() < concepts || zero;
  }

  /** The stability of every concept of {@code reference}, given that over seeds. */
  List<Stability.OfConcept> concepts(Tensor reference, double[] seeds) {
    List<Stability.OfConcept> concepts = new ArrayList<>();
    if (atoms.isEmpty()) {
      for (double s : seeds) {
        concepts.add(new Stability.OfConcept(s, OptionalDouble.empty(), OptionalDouble.empty()));
      }
      return concepts;
    }
    Match left = Match.of(reference, atoms.get(0));
    Match right = Match.of(reference, atoms.get(1));
    double[][] across = Cosine.pairs(atoms.get(0), atoms.get(1));
    for (int k = 0; k < seeds.length; k++) {
      double both = (left.cosine(k) + right.cosine(k)) / 2;
      double between = across[left.partner()[k]][right.partner()[k]];
      concepts.add(
          new Stability.OfConcept(seeds[k], OptionalDouble.of(both), OptionalDouble.of(between)));
    }
    return concepts;
  }
}
