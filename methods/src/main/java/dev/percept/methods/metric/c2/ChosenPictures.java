package dev.percept.methods.metric.c2;

import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * On which pictures each concept is marked: those where it is most present.
 *
 * @param active for each concept in how many pictures it is there
 * @param pictures for each concept its pictures, the most present first; none where it is skipped
 * @param concepts for each picture the concepts that are marked on it, ascending
 */
record ChosenPictures(
    List<Integer> active, List<List<Integer>> pictures, List<List<Integer>> concepts) {

  static ChosenPictures of(Tensor presence, C2Score.Options options) {
    int n = presence.rows();
    int concepts = presence.shape().dim(1);
    if (!presence.isFinite()) {
      throw new IllegalArgumentException("presence: finite, found a value that is not");
    }
    List<Integer> active = new ArrayList<>();
    List<List<Integer>> pictures = new ArrayList<>();
    List<List<Integer>> byPicture = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      byPicture.add(new ArrayList<>());
    }
    for (int k = 0; k < concepts; k++) {
      int concept = k;
      List<Integer> there =
          IntStream.range(0, n)
              .filter(i -> presence.get(i, concept) > 0)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer i) -> -presence.get(i, concept)))
              .toList();
      active.add(there.size());
      List<Integer> chosen =
          there.size() < options.fewest()
              ? List.of()
              : List.copyOf(there.subList(0, options.of(there.size())));
      pictures.add(chosen);
      chosen.forEach(i -> byPicture.get(i).add(concept));
    }
    return new ChosenPictures(active, pictures, byPicture);
  }
}
