package dev.percept.app.fact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which pictures are explained one by one: of each class some from the most certain to the least,
 * and its mistakes, the widest first, so that not only good examples are seen.
 */
final class TracePicker {
  private static final int RIGHT = 6;
  private static final int WRONG = 4;

  private final FactSubject subject;
  private final FactSample sample;

  TracePicker(FactSubject subject, FactSample sample) {
    this.subject = subject;
    this.sample = sample;
  }

  /** Of these classes, those that were asked for first. */
  List<Integer> pick(List<Integer> classes) {
    Set<Integer> picked = new LinkedHashSet<>(subject.asked());
    for (int c : classes) {
      List<Integer> right =
          IntStream.range(0, sample.size())
              .filter(i -> sample.predicted().get(i) == c && !wrong(i))
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -sample.logits().get(i, c)))
              .toList();
      picked.addAll(spread(right, RIGHT));
      List<Integer> mistakes =
          IntStream.range(0, sample.size())
              .filter(i -> wrong(i))
              .filter(i -> sample.predicted().get(i) == c || subject.truth().get(i) == c)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -margin(i)))
              .toList();
      mistakes.stream().limit(WRONG).forEach(picked::add);
    }
    return List.copyOf(picked);
  }

  private boolean wrong(int i) {
    int truth = subject.truth().get(i);
    return truth >= 0 && truth != sample.predicted().get(i);
  }

  private double margin(int i) {
    return sample.logits().get(i, sample.predicted().get(i))
        - (double) sample.logits().get(i, subject.truth().get(i));
  }

  /** At most {@code n} of a list, from its first to its last in equal steps. */
  static List<Integer> spread(List<Integer> list, int n) {
    if (list.size() <= n) {
      return list;
    }
    List<Integer> some = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      some.add(list.get((int) Math.round((double) i * (list.size() - 1) / (n - 1))));
    }
    return some;
  }
}
