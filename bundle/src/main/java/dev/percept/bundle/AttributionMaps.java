package dev.percept.bundle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What 'percept attribute' writes to {@code attribution.json}. The maps themselves lie in {@code
 * maps.safetensors}, one tensor n x c x h x w a method, by the method's name.
 *
 * @param schema {@link #SCHEMA}
 * @param model name of the model's file
 * @param modelSha256 of its bytes
 * @param layer where class activation maps look
 * @param seed of all random choices
 * @param options of the command line that change the result
 * @param versions of programs
 * @param pictures in the order of the maps
 * @param methods in the order in which they were asked for
 * @param notes what the user should know, in sentences
 */
public record AttributionMaps(
    String schema,
    String model,
    String modelSha256,
    String layer,
    long seed,
    Map<String, String> options,
    Map<String, String> versions,
    List<Picture> pictures,
    List<Method> methods,
    List<String> notes) {
  /** Name and version of the form. */
  public static final String SCHEMA = "percept-attribution/1";

  public AttributionMaps {
    options = Map.copyOf(options);
    versions = Map.copyOf(versions);
    pictures = List.copyOf(pictures);
    methods = List.copyOf(methods);
    notes = List.copyOf(notes);
  }

  /**
   * A picture whose score was attributed.
   *
   * @param name of its file, below the folder that was given
   * @param file its view, as the model saw it, in this folder
   * @param target the class that the score is the logit of
   * @param label its name
   * @param score the logit
   * @param top the class that the model gives the highest logit
   * @param topLabel its name
   */
  public record Picture(
      String name, String file, int target, String label, double score, int top, String topLabel) {}

  /**
   * A method and how it was run.
   *
   * @param name of the method, and of its tensor
   * @param about what its maps say and what they do not
   * @param settings in words; empty where there are none
   * @param baseline in words; null where it has none
   * @param needsGradients whether it looked into the model
   * @param signed whether negative values say that a part lowers the score
   * @param forwards passes forward a picture
   * @param backwards passes backward a picture
   * @param secondsPerPicture measured, so it differs between equal runs
   * @param gaps of each picture, where values should add up to a known number; else null
   */
  public record Method(
      String name,
      String about,
      String settings,
      @Nullable String baseline,
      boolean needsGradients,
      boolean signed,
      long forwards,
      long backwards,
      double secondsPerPicture,
      @Nullable List<Gap> gaps) {}

  /**
   * How near a map comes to what it should add up to.
   *
   * @param sum of its values
   * @param expected score of the picture less score of the baseline
   */
  public record Gap(double sum, double expected) {}
}
