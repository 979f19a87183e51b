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
 * @param grid its locations: places row by row, and tokens that are none; null where its axes are
 *     not the batch, one of features and fixed locations, or its values not floating point: no cut
 *     is possible there
 * @param layout how it is known which locations are places
 * @param reaches whether what its places hold can reach the logits; not so behind the last
 *     attention of a transformer whose head reads the class token alone
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
    Layout layout,
    boolean reaches,
    List<String> crossing,
    boolean nonNegative) {
  /** How it is known which locations are places of the picture and which other tokens. */
  public enum Layout {
    /** All are places: a feature map, a vector, a sequence without tokens of its own. */
    PLAIN,
    /** The graph joins tokens that do not depend on the picture to its patches. */
    GRAPH,
    /** Their number is one more than a square: taken for a class token before the patches. */
    COUNT
  }

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

  /** Whether there is more than one place. */
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

  /** P, the number of locations that are places of the picture; 0 where not usable. */
  public int places() {
    return grid == null ? 0 : grid.places();
  }

  /** The axes in words: {@code N x 64 x 56 x 56}, or {@code unknown}. */
  public String shape() {
    return Dim.words(dims);
  }
}
