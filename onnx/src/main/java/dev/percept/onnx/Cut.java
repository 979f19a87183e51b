package dev.percept.onnx;

import dev.percept.core.Grid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor on the way from the input to the logits.
 *
 * @param tensor its name
 * @param node the name of the node that makes it, empty where it has none
 * @param operator the operator that makes it, for example {@code Relu}
 * @param dims its axes; null where they are not known
 * @param channelAxis the axis that holds the features
 * @param crossing tensors by which a path from input to logits goes around it; empty for a clean
 *     cut
 * @param usable whether its axes are the batch, one of features and locations, all known, and its
 *     values floating point
 * @param nonNegative whether no value can be negative, by construction
 */
public record Cut(
    String tensor,
    String node,
    String operator,
    @Nullable List<Dim> dims,
    int channelAxis,
    List<String> crossing,
    boolean usable,
    boolean nonNegative) {
  public Cut {
    dims = dims == null ? null : List.copyOf(dims);
    crossing = List.copyOf(crossing);
  }

  /** Whether every path from input to logits crosses this tensor. */
  public boolean clean() {
    return crossing.isEmpty();
  }

  /** Whether there is more than one location. */
  public boolean spatial() {
    return usable && locations() > 1;
  }

  /** p, the number of features; 0 where not usable. */
  public int features() {
    return usable && dims != null ? (int) dims.get(channelAxis).fixed() : 0;
  }

  /** L, the number of locations; 0 where not usable. */
  public int locations() {
    if (!usable || dims == null) {
      return 0;
    }
    long n = 1;
    for (int i = 1; i < dims.size(); i++) {
      n *= i == channelAxis ? 1 : dims.get(i).fixed();
    }
    return (int) n;
  }

  /**
   * The locations, row by row. The two axes of a feature map; tokens are laid out as a square where
   * their number is one, and as one column otherwise.
   *
   * @throws IllegalStateException if the cut is not usable
   */
  public Grid grid() {
    if (!usable || dims == null) {
      throw new IllegalStateException(tensor + ": no shape of features and locations");
    }
    if (dims.size() == 4) {
      int rows = channelAxis == 1 ? 2 : 1;
      int columns = channelAxis == 3 ? 2 : 3;
      return new Grid((int) dims.get(rows).fixed(), (int) dims.get(columns).fixed());
    }
    int side = (int) Math.round(Math.sqrt(locations()));
    return side * side == locations() ? new Grid(side, side) : new Grid(locations(), 1);
  }

  /** The axes in words: {@code N x 64 x 56 x 56}, or {@code unknown}. */
  public String shape() {
    return dims == null
        ? "unknown"
        : dims.isEmpty() ? "scalar" : String.join(" x ", dims.stream().map(Dim::toString).toList());
  }
}
