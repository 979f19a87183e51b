package dev.percept.methods.craft;

import dev.percept.core.Dictionary;
import dev.percept.core.Importance;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.AtomBank;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Concepts in the order of their importance, so that a concept's id is its rank in every file and
 * on every page.
 *
 * @param order {@code order.get(i)} is the concept of the bank that becomes concept i
 */
record Ranking(List<Integer> order) {

  /** The most important first; concepts of equal importance stay in the order of the bank. */
  static Ranking of(Importance importance) {
    return new Ranking(
        IntStream.range(0, importance.concepts().size())
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -importance.concepts().get(k).total()))
            .toList());
  }

  /** A bank with the same concepts in the new order. */
  AtomBank apply(AtomBank bank) {
    return bank.withDictionary(apply(bank.dictionary()));
  }

  private Dictionary apply(Dictionary dictionary) {
    int p = dictionary.features();
    float[] atoms = new float[order.size() * p];
    for (int i = 0; i < order.size(); i++) {
      dictionary.atoms().copyTo(order.get(i) * p, atoms, i * p, p);
    }
    return new Dictionary(Tensor.wrap(Shape.of(order.size(), p), atoms), dictionary.offset());
  }

  Importance apply(Importance importance) {
    return new Importance(
        importance.estimator(),
        importance.scale(),
        importance.designs(),
        importance.settled(),
        apply(importance.concepts()),
        columns(importance.perExample()));
  }

  private <T> List<T> apply(List<T> perConcept) {
    return order.stream().map(perConcept::get).toList();
  }

  /** Permutes the last axis. */
  Tensor columns(Tensor codes) {
    int r = order.size();
    float[] from = codes.toArray();
    float[] to = new float[from.length];
    for (int at = 0; at < from.length; at += r) {
      for (int i = 0; i < r; i++) {
        to[at + i] = from[at + order.get(i)];
      }
    }
    return Tensor.wrap(codes.shape(), to);
  }
}
