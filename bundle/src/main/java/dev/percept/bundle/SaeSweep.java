package dev.percept.bundle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code sweep.json} of {@code percept sae train}: autoencoders of several sizes in one network,
 * what the network does with each, and which was taken.
 *
 * @param schema {@link #SCHEMA}
 * @param model name of the model file
 * @param modelSha256 its hash
 * @param layer where it is cut
 * @param features p there
 * @param trained pictures that autoencoders were trained on
 * @param heldOut pictures that figures are of
 * @param positions of each picture that they were trained on
 * @param weighting how these were drawn: {@code exact}, {@code estimated} or {@code uniform}
 * @param accuracy of the network alone; NaN where no classes are known
 * @param maxDrop what it was allowed to lose
 * @param points one entry a checkpoint, those of one training together
 * @param chosen index of the one that was taken
 * @param stability of its latents; null where it was not measured
 * @param notes sentences for the reader
 * @param options of the command, by name without dashes, no path
 * @param seed the seed
 * @param versions of Percept, Java and the engines
 */
public record SaeSweep(
    String schema,
    String model,
    String modelSha256,
    String layer,
    int features,
    int trained,
    int heldOut,
    int positions,
    String weighting,
    double accuracy,
    double maxDrop,
    List<Point> points,
    int chosen,
    @Nullable Stability stability,
    List<String> notes,
    Map<String, String> options,
    long seed,
    Map<String, String> versions) {
  /** The name and version of this format. */
  public static final String SCHEMA = "percept.sae-sweep/1.0";

  public SaeSweep {
    if (!schema.equals(SCHEMA)) {
      throw new IllegalArgumentException("schema: expected " + SCHEMA + ", found " + schema);
    }
    points = List.copyOf(points);
    notes = List.copyOf(notes);
    options = Map.copyOf(options);
    versions = Map.copyOf(versions);
    if (chosen < 0 || chosen >= points.size()) {
      throw new IllegalArgumentException(
          "chosen: one of " + points.size() + " points, found " + chosen);
    }
  }

  /**
   * A checkpoint.
   *
   * @param name of its training
   * @param kind {@code topk}, {@code batchtopk} or {@code jumprelu}
   * @param latents how many
   * @param k how many were to speak
   * @param rate highest learning rate
   * @param epoch passes over the data
   * @param best whether it is the best of its training
   * @param l0 latents that speak at a location
   * @param l0Picture latents that speak anywhere in a picture
   * @param r2 share of the variance that is kept
   * @param accuracy of the network with it; NaN where no classes are known
   * @param kept share of the answers that stay
   * @param dead latents that never speak
   * @param alwaysOn latents that speak in more than 60 % of the pictures
   */
  public record Point(
      String name,
      String kind,
      int latents,
      int k,
      double rate,
      int epoch,
      boolean best,
      double l0,
      double l0Picture,
      double r2,
      double accuracy,
      double kept,
      int dead,
      int alwaysOn) {}

  /**
   * Whether latents came back.
   *
   * @param starts trainings from other starts
   * @param halves trainings on other pictures
   * @param random mean cosine to a random dictionary
   * @param random95 below which 95 % of these lie
   * @param latents one entry a latent
   */
  public record Stability(
      int starts, int halves, double random, double random95, List<Latent> latents) {
    public Stability {
      latents = List.copyOf(latents);
    }
  }

  /**
   * A latent.
   *
   * @param prevalence share of the pictures in which it speaks
   * @param starts mean cosine to its partners from other starts
   * @param halves mean cosine to its partners on other pictures
   * @param badge {@code stable}, {@code partly}, {@code not} or {@code dead}
   */
  public record Latent(double prevalence, double starts, double halves, String badge) {}
}
