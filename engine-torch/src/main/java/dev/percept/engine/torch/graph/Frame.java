package dev.percept.engine.torch.graph;

import dev.percept.core.RectifierRule;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** The values of one execution, by slot. */
final class Frame {
  private final @Nullable Tensor[] live;
  private final @Nullable Kept[] known;
  private final List<@Nullable Kept> fixed;
  private final RectifierRule rule;
  private boolean readData;

  /**
   * @param live what depends on the data of the inputs
   * @param known what follows from the weights
   * @param fixed what follows from the shapes of the inputs
   */
  Frame(
      @Nullable Tensor[] live,
      @Nullable Kept[] known,
      List<@Nullable Kept> fixed,
      RectifierRule rule) {
    this.live = live;
    this.known = known;
    this.fixed = fixed;
    this.rule = rule;
  }

  RectifierRule rule() {
    return rule;
  }

  List<@Nullable Kept> fixed() {
    return fixed;
  }

  /** Whether a size was read from data: then shapes of inputs do not say everything. */
  boolean readData() {
    return readData;
  }

  void put(int slot, Tensor value) {
    live[slot] = value;
  }

  void fix(int slot, Kept value) {
    fixed.set(slot, value);
  }

  private @Nullable Kept kept(int slot) {
    Kept k = known[slot];
    return k != null ? k : fixed.get(slot);
  }

  /** Whether a value follows from weights and shapes. */
  boolean isFixed(int slot) {
    return kept(slot) != null;
  }

  /** A value where the graph is computed. */
  Tensor here(int slot) {
    Tensor value = live[slot];
    Kept k = value == null ? kept(slot) : null;
    if (value == null && k == null) {
      throw new IllegalStateException("a value is read before it is made");
    }
    return value != null ? value : java.util.Objects.requireNonNull(k).here();
  }

  /** A value on the host, for what is worked out there. */
  Tensor host(int slot) {
    Kept k = kept(slot);
    return k != null ? k.host() : here(slot);
  }

  /** A value whose numbers are read. */
  Kept numbers(int slot) {
    Kept k = kept(slot);
    if (k != null) {
      return k;
    }
    readData = true;
    Tensor value = here(slot);
    return new Kept(value, value);
  }
}
