package dev.percept.onnx;

import dev.percept.core.Grid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which axis of a tensor holds features, and how its other axes are laid out as locations. */
final class Locations {
  /** A class token before fewer patches than this is not guessed from their number. */
  private static final int FEWEST_PATCHES = 4;

  private final TensorShapes shapes;
  private final ChannelAxes channels;
  private final TokenLayouts layouts;

  /**
   * What is known of a tensor.
   *
   * @param features the axis that holds them
   * @param grid its locations; null where it has no batch, features and fixed locations
   * @param layout how the places are told from other tokens
   */
  record Found(int features, @Nullable Grid grid, Cut.Layout layout) {}

  Locations(TensorShapes shapes, ChannelAxes channels, TokenLayouts layouts) {
    this.shapes = shapes;
    this.channels = channels;
    this.layouts = layouts;
  }

  Found of(String tensor) {
    List<Dim> dims = shapes.dims(tensor);
    int axis = channels.of(tensor);
    List<Integer> places =
        dims == null || !shapes.type(tensor).isFloating() ? null : places(dims, axis);
    if (places == null) {
      return new Found(axis, null, Cut.Layout.PLAIN);
    }
    if (places.size() == 2) {
      return new Found(axis, new Grid(places.get(0), places.get(1)), Cut.Layout.PLAIN);
    }
    int all = places.stream().reduce(1, (a, b) -> a * b);
    boolean picture = shapes.input().size() == 4;
    Tokens tokens = layouts.of(tensor);
    Grid known =
        tokens == null || places.size() != 1 || tokens.axis() == axis ? null : tokens.grid(picture);
    if (known != null) {
      return new Found(axis, known, known.specials() > 0 ? Cut.Layout.GRAPH : Cut.Layout.PLAIN);
    }
    int side = square(all);
    if (picture && side > 0) {
      return new Found(axis, new Grid(side, side), Cut.Layout.PLAIN);
    }
    int without = square(all - 1);
    boolean guess = picture && places.size() == 1 && tokens == null && all > FEWEST_PATCHES;
    return guess && without > 0
        ? new Found(axis, new Grid(without, without, 1, 0), Cut.Layout.COUNT)
        : new Found(axis, new Grid(all, 1), Cut.Layout.PLAIN);
  }

  /** The sizes of all axes but the batch and the features; null where no cut is possible. */
  private @Nullable List<Integer> places(List<Dim> dims, int axis) {
    if (dims.size() < 2 || axis >= dims.size() || !shapes.isBatch(dims.get(0))) {
      return null;
    }
    List<Integer> places = new ArrayList<>();
    long size = 1;
    for (int i = 1; i < dims.size(); i++) {
      size *= dims.get(i).fixed();
      if (!dims.get(i).isFixed() || size < 1 || size > Integer.MAX_VALUE) {
        return null;
      }
      if (i != axis) {
        places.add((int) dims.get(i).fixed());
      }
    }
    return places;
  }

  private static int square(int all) {
    int side = (int) Math.round(Math.sqrt(all));
    return side * side == all ? side : 0;
  }
}
