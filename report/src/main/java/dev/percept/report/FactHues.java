package dev.percept.report;

import dev.percept.bundle.FactExplanation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hues of concepts. A concept keeps its hue on the whole page, and no two of the first concepts of
 * a class share one; where that cannot be, a concept has its number alone.
 */
final class FactHues {
  private static final int HUES = 6;

  private final Map<Integer, Integer> hues = new HashMap<>();

  FactHues(FactExplanation e) {
    for (FactExplanation.OfClass c : e.classes()) {
      List<Integer> first = new ArrayList<>();
      c.roles().stream().limit(HUES).forEach(r -> first.add(r.concept()));
      Set<Integer> taken = new HashSet<>();
      first.forEach(id -> taken.add(of(id)));
      // In the order of their numbers, so that ranks that change do not change colours.
      for (int id : first.stream().sorted().toList()) {
        if (!hues.containsKey(id)) {
          int free = 0;
          while (free < HUES && taken.contains(free)) {
            free++;
          }
          if (free < HUES) {
            hues.put(id, free);
            taken.add(free);
          }
        }
      }
    }
  }

  /** The hue of a concept of the last cut, -1 where it has none. */
  int of(int id) {
    return hues.getOrDefault(id, -1);
  }
}
