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
 * @param grid its locations, row by row; null where its axes are not the batch, one of features and
 *     fixed locations, or its values not floating point: no cut is possible there
 * @param crossing tensors by which a path from input to logits goes around it; empty for a clean
 *     cut
 * @param nonNegative whether no value can be negative, by construction
 */
public record Cut(
    String tensor,
    String node,
    String operator,
    @Nullable List<Dim> dims,
    int channelAxis,
    @Nullable Grid grid,
    List<String> crossing,
    boolean nonNegative) {
  public Cut {
    dims = dims == null ? null : List.copyOf(dims);
    crossing = List.copyOf(crossing);
  }

  /** Whether every path from input to logits crosses this tensor. */
  public boolean clean() {
    return crossing.isEmpty();
  }

  /** Whether it has features and locations of a known number. */
  public boolean usable() {
    return grid != null;
  }

  /** Whether there is more than one location. */
  public boolean spatial() {
    return grid != null && grid.isSpatial();
  }

  /** p, the number of features; 0 where not usable. */
  public int features() {
    return grid != null && dims != null ? (int) dims.get(channelAxis).fixed() : 0;
  }

  /** L, the number of locations; 0 where not usable. */
  public int locations() {
    return grid == null ? 0 : grid.size();
  }

  /** The axes in words: {@code N x 64 x 56 x 56}, or {@code unknown}. */
  public String shape() {
    return Dim.words(dims);
  }
}
