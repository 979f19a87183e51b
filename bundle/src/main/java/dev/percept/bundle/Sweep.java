package dev.percept.bundle;

import java.util.List;
import java.util.Map;

/**
 * {@code sweep.json}: what an explanation of one class is worth as its settings change, in one
 * model or in two beside each other. A function of models, pictures, options and seed.
 *
 * @param schema {@link #SCHEMA}
 * @param options of the command, by name without dashes, no path
 * @param seed the seed
 * @param sides one entry a model, the one that was asked for first
 * @param notes sentences for the reader
 * @param versions of Percept, Java and the engines
 */
public record Sweep(
    String schema,
    Map<String, String> options,
    long seed,
    List<Side> sides,
    List<String> notes,
    Map<String, String> versions) {
  /** The name and version of this format; readers refuse a newer major version. */
  public static final String SCHEMA = "percept.sweep/1.0";

  /** Names of figures, in the order in which they are shown. */
  public static final List<String> FIGURES =
      List.of(
          "crop-r2",
          "picture-r2",
          "consistency",
          "stability",
          "carrying",
          "effective",
          "kept",
          "right",
          "exam-auroc",
          "exam-rank");

  public Sweep {
    sides = List.copyOf(sides);
    notes = List.copyOf(notes);
  }

  /**
   * One model.
   *
   * @param model name of the model file
   * @param modelSha256 its hash
   * @param preprocessing name of the normalisation of pixels
   * @param height of its input, in pixels
   * @param width of its input
   * @param ownPatches sides of the squares that a vision transformer sees as one token, in pixels
   *     of its input, ascending; empty where it is none or does not tell
   * @param ownPatchesFrom {@code convolution}, {@code attention} or {@code none}: what tells them
   * @param target the class
   * @param fingerprint of the pictures
   * @param pictures how many
   * @param extractor how concepts were found
   * @param points one entry a point of the grid: layers outermost, then pictures, patches, concepts
   */
  public record Side(
      String model,
      String modelSha256,
      String preprocessing,
      int height,
      int width,
      List<Integer> ownPatches,
      String ownPatchesFrom,
      Bundle.Label target,
      String fingerprint,
      int pictures,
      String extractor,
      List<Point> points) {
    public Side {
      ownPatches = List.copyOf(ownPatches);
      points = List.copyOf(points);
    }
  }

  /**
   * One point of the grid.
   *
   * @param layer where the model is cut
   * @param cell side of the square of input pixels that one location there stands for; 0 where
   *     there is one location
   * @param pictures that concepts were found in
   * @param patch side of a crop, in pixels of the input
   * @param concepts how many
   * @param crops that concepts were found in
   * @param estimator of importance
   * @param settled whether the order of importance was settled
   * @param figures by name, of those of {@link Sweep#FIGURES} that were measured
   */
  public record Point(
      String layer,
      int cell,
      int pictures,
      int patch,
      int concepts,
      int crops,
      String estimator,
      boolean settled,
      Map<String, Value> figures) {
    public Point {
      figures = Map.copyOf(figures);
    }
  }

  /**
   * A figure.
   *
   * @param value NaN where it is not known
   * @param low lower end of its 95 % interval; NaN where there is none
   * @param high upper end
   * @param chance the same for concepts by chance; NaN where it is not known or means nothing
   */
  public record Value(double value, double low, double high, double chance) {}

  /**
   * A point on disk, from which an interrupted sweep goes on.
   *
   * @param schema {@link #SCHEMA}
   * @param key everything that its figures are a function of
   * @param point the figures
   * @param seconds that it took
   */
  public record Stored(String schema, String key, Point point, double seconds) {}
}
