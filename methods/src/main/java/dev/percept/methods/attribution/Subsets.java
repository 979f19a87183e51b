package dev.percept.methods.attribution;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** All subsets of a size, in lexicographic order. */
final class Subsets {
  private Subsets() {}

  static List<BitSet> of(int d, int size) {
    List<BitSet> all = new ArrayList<>();
    int[] chosen = new int[size];
    for (int i = 0; i < size; i++) {
      chosen[i] = i;
    }
    while (true) {
      BitSet subset = new BitSet(d);
      for (int c : chosen) {
        subset.set(c);
      }
      all.add(subset);
      int moving = size - 1;
      while (moving >= 0 && chosen[moving] == d - size + moving) {
        moving--;
      }
      if (moving < 0) {
        return all;
      }
      chosen[moving]++;
      for (int i = moving + 1; i < size; i++) {
        chosen[i] = chosen[i - 1] + 1;
      }
    }
  }
}
