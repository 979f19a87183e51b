package dev.percept.zoo.reviews.exam;

import dev.percept.core.Span;
import dev.percept.core.Tensor;
import java.util.List;

/**
 * Concepts of one class, shown word by word.
 *
 * @param words of each text, from left to right
 * @param sources where the concepts come from: the method that takes the exam first, then what it
 *     is compared with
 */
public record WordMaps(List<List<Span>> words, List<Source> sources) {

  /**
   * Concepts of one origin.
   *
   * @param name of the origin
   * @param importance one value a concept, at least 0
   * @param ways the same ways for every source, in the same order
   */
  public record Source(String name, List<Double> importance, List<Way> ways) {
    public Source {
      importance = List.copyOf(importance);
      ways = List.copyOf(ways);
    }

    /** The concept that matters most, the first of several. */
    int first() {
      int best = 0;
      for (int k = 1; k < importance.size(); k++) {
        best = importance.get(k) > importance.get(best) ? k : best;
      }
      return best;
    }
  }

  /**
   * How much of each concept a word carries, worked out in one way.
   *
   * @param name of the way
   * @param values words x r, one tensor a text; larger is more
   */
  public record Way(String name, List<Tensor> values) {
    public Way {
      values = List.copyOf(values);
    }
  }

  public WordMaps {
    words = words.stream().map(List::copyOf).toList();
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources: at least 1, found none");
    }
    for (Source source : sources) {
      for (Way way : source.ways()) {
        check(words, source, way);
      }
    }
  }

  private static void check(List<List<Span>> words, Source source, Way way) {
    if (way.values().size() != words.size()) {
      throw new IllegalArgumentException(
          way.name() + ": one tensor a text, " + words.size() + ", found " + way.values().size());
    }
    for (int i = 0; i < words.size(); i++) {
      Tensor values = way.values().get(i);
      if (values.shape().rank() != 2
          || values.rows() != words.get(i).size()
          || values.shape().dim(1) != source.importance().size()
          || !values.isFinite()) {
        throw new IllegalArgumentException(
            way.name()
                + ": expected "
                + words.get(i).size()
                + " x "
                + source.importance().size()
                + " finite values, found "
                + values.shape());
      }
    }
  }
}
