package dev.percept.engine.torch.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Steps in order, and after which of them each value is read for the last time. */
final class Steps {
  private final List<Step> steps;
  private final List<int[]> done = new ArrayList<>();

  /**
   * @param kept slots that are never given back
   */
  Steps(List<Step> steps, Set<Integer> kept) {
    this.steps = List.copyOf(steps);
    Set<Integer> seen = new HashSet<>(kept);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Set<Integer> last = new HashSet<>();
      for (int slot : steps.get(i).reads()) {
        last.add(slot);
      }
      // What nobody reads is given back at once.
      for (int slot : steps.get(i).writes()) {
        last.add(slot);
      }
      last.remove(-1);
      last.removeAll(seen);
      seen.addAll(last);
      done.add(last.stream().mapToInt(Integer::intValue).toArray());
    }
    Collections.reverse(done);
  }

  int size() {
    return steps.size();
  }

  Step step(int index) {
    return steps.get(index);
  }

  /**
   * Gives back what nobody reads after step {@code index}. Memory that gradients need is kept by
   * libtorch; this is the handle.
   */
  void release(int index, @Nullable Tensor[] live) {
    for (int slot : done.get(index)) {
      Tensor value = live[slot];
      if (value != null) {
        value.close();
        live[slot] = null;
      }
    }
  }
}
