package dev.percept.methods.metric.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Grid;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.map.ConceptMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Maps of places at the size of the input: what every metric measures. */
public final class Places {
  private Places() {}

  /**
   * The attribution of each place: averaged over channels and, where the method sees coarser than
   * the input, up-sampled bilinearly, as its map would be shown.
   *
   * @param input the shape of one input, c x height x width
   * @return n x height x width
   * @throws IllegalArgumentException if a value is not finite or the map is finer than the input
   */
  public static Tensor of(Attribution attribution, Shape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException("input: expected c x height x width, found " + input);
    }
    Tensor coarse = attribution.places();
    int h = coarse.shape().dim(1);
    int w = coarse.shape().dim(2);
    int height = input.dim(1);
    int width = input.dim(2);
    if (h < 1 || w < 1 || h > height || w > width) {
      throw new IllegalArgumentException(
          "attribution: at most as fine as the input, "
              + height
              + " x "
              + width
              + ", found "
              + h
              + " x "
              + w);
    }
    checkFinite(coarse);
    if (h == height && w == width) {
      return coarse;
    }
    float[] values = new float[coarse.rows() * height * width];
    for (int i = 0; i < coarse.rows(); i++) {
      Tensor codes = coarse.row(i).reshape(h * w, 1);
      float[] map = ConceptMap.of(codes, new Grid(h, w), 0, height, width).values();
      System.arraycopy(map, 0, values, i * map.length, map.length);
    }
    return Tensor.wrap(Shape.of(coarse.rows(), height, width), values);
  }

  /** The maps themselves, if they can be measured. */
  static Tensor check(Tensor maps) {
    if (maps.shape().rank() != 3 || maps.shape().size() == 0) {
      throw new IllegalArgumentException(
          "maps: expected n x height x width with n at least 1, found " + maps.shape());
    }
    checkFinite(maps);
    return maps;
  }

  private static void checkFinite(Tensor maps) {
    for (int i = 0; i < maps.shape().size(); i++) {
      if (!Float.isFinite(maps.get(i))) {
        throw new IllegalArgumentException(
            "maps: every value must be finite, found " + maps.get(i) + " at " + i);
      }
    }
  }

  /** The maps themselves, if they belong to {@code inputs}. */
  static Tensor check(Tensor maps, Tensor inputs, Shape input) {
    check(maps);
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "score: expected input c x height x width, found " + input);
    }
    if (!inputs.shape().equals(input.batch(inputs.rows()))) {
      throw new IllegalArgumentException(
          "inputs: expected n x " + input + ", found " + inputs.shape());
    }
    Shape expected = Shape.of(inputs.rows(), input.dim(1), input.dim(2));
    if (!maps.shape().equals(expected)) {
      throw new IllegalArgumentException("maps: expected " + expected + ", found " + maps.shape());
    }
    return maps;
  }

  /** One number for each map. */
  static List<Double> each(Tensor maps, ToDoubleFunction<float[]> metric) {
    check(maps);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < maps.rows(); i++) {
      values.add(metric.applyAsDouble(maps.row(i).toArray()));
    }
    return values;
  }

  /**
   * Places with the largest value first. Equal values come in random order: row by row, a constant
   * map would sweep the picture from the top and score as if it knew something.
   */
  static int[] order(float[] map, RandomGenerator ties) {
    Integer[] places = new Integer[map.length];
    for (int i = 0; i < places.length; i++) {
      int other = ties.nextInt(i + 1);
      places[i] = places[other];
      places[other] = i;
    }
    Arrays.sort(places, (a, b) -> Float.compare(map[b] + 0f, map[a] + 0f));
    int[] order = new int[places.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = places[i];
    }
    return order;
  }
}
