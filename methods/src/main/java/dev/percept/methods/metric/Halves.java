package dev.percept.methods.metric;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What is found in two halves of the data that share no group; nothing where they are too small.
 */
record Halves(List<Tensor> atoms) {

  static Halves split(
      Tensor activations, int[] groups, ConceptExtractor extractor, int concepts, Run run) {
    int n = activations.rows();
    if (groups.length != n) {
      throw new IllegalArgumentException(
          "groups: one a row of activations, " + n + ", found " + groups.length);
    }
    SortedSet<Integer> distinct = new TreeSet<>();
    for (int g : groups) {
      distinct.add(g);
    }
    List<Integer> order = new ArrayList<>(distinct);
    shuffle(order, run.random("stability.halves"));
    SortedSet<Integer> first = new TreeSet<>(order.subList(0, order.size() / 2));
    List<Integer> left = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      (first.contains(groups[i]) ? left : right).add(i);
    }
    List<Tensor> atoms = new ArrayList<>();
    for (List<Integer> rows : List.of(left, right)) {
      Tensor half = rows(activations, rows);
      if (isTooSmall(half, concepts)) {
        return new Halves(List.of());
      }
      atoms.add(extractor.fit(half, run).dictionary().atoms());
    }
    return new Halves(atoms);
  }

  private static boolean isTooSmall(Tensor half, int concepts) {
    boolean zero = true;
    for (int i = 0; i < half.shape().size() && zero; i++) {
      zero = half.get(i) == 0;
    }
    return half.rows() < concepts || zero;
  }

  private static void shuffle(List<Integer> values, RandomGenerator random) {
    for (int i = values.size() - 1; i > 0; i--) {
      Collections.swap(values, i, random.nextInt(i + 1));
    }
  }

  private static Tensor rows(Tensor all, List<Integer> rows) {
    int p = all.shape().dim(1);
    FloatBuffer chosen = Tensor.allocateDirect(rows.size() * p);
    for (int row : rows) {
      chosen.put(all.row(row).buffer());
    }
    return Tensor.wrap(Shape.of(rows.size(), p), chosen.flip());
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
