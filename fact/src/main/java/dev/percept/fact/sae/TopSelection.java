package dev.percept.fact.sae;

/**
 * The k largest positive values of a row. Of equal ones the first wins, so the answer is one and
 * does not depend on how it is found. Holds scratch memory: one for each thread.
 */
final class TopSelection {
  private final int k;
  private final float[] values;
  private final int[] indices;
  private int size;

  TopSelection(int k) {
    this.k = k;
    this.values = new float[k];
    this.indices = new int[k];
  }

  /** Looks at {@code row[from ... from + length − 1]}. */
  void select(float[] row, int from, int length) {
    size = 0;
    int at = 0;
    for (; at < length && size < k; at++) {
      float v = row[from + at];
      if (v > 0) {
        up(v, at);
      }
    }
    // A heap with the worst on top: most values are below it and cost one comparison. A later value
    // that only equals the worst loses.
    for (; at < length; at++) {
      float v = row[from + at];
      if (v > values[0]) {
        down(v, at);
      }
    }
    sortByIndex();
  }

  /** How many there are; below k where fewer are positive. */
  int size() {
    return size;
  }

  /** The index of the i-th, ascending. */
  int index(int i) {
    return indices[i];
  }

  /** Its value. */
  float value(int i) {
    return values[i];
  }

  private static boolean worse(float v, int at, float w, int other) {
    return v < w || (v == w && at > other);
  }

  private void up(float v, int at) {
    int node = size++;
    while (node > 0) {
      int parent = (node - 1) >> 1;
      if (!worse(v, at, values[parent], indices[parent])) {
        break;
      }
      set(node, values[parent], indices[parent]);
      node = parent;
    }
    set(node, v, at);
  }

  private void down(float v, int at) {
    int node = 0;
    while (true) {
      int child = 2 * node + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size
          && worse(values[child + 1], indices[child + 1], values[child], indices[child])) {
        child++;
      }
      if (!worse(values[child], indices[child], v, at)) {
        break;
      }
      set(node, values[child], indices[child]);
      node = child;
    }
    set(node, v, at);
  }

  private void set(int node, float v, int at) {
    values[node] = v;
    indices[node] = at;
  }

  /** Shell's sort: k is small, and values move with their indices. */
  private void sortByIndex() {
    for (int gap = size / 2; gap > 0; gap /= 2) {
      for (int i = gap; i < size; i++) {
        int index = indices[i];
        float value = values[i];
        int j = i;
        for (; j >= gap && indices[j - gap] > index; j -= gap) {
          set(j, values[j - gap], indices[j - gap]);
        }
        set(j, value, index);
      }
    }
  }
}
